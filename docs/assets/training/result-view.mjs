/** How did the attempt end? With what the score means, how it went by topic, and what to read again. */

import { button, element, linkInNewTab, meet, paragraphs } from "./elements.mjs";
import { provisionList } from "./provisions.mjs";
import { ReadingList, sectionList } from "./reading-list.mjs";

/** @import { Confirmed } from "./confirmed.mjs" */
/** @import { Result, Section, Topic } from "./quiz.mjs" */

const TO_CONFIRM = {
  says: "Not recorded yet. Read these sections and tick them, and your training is recorded.",
  does: "Record my training",
};

export class ResultView {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = element("section", { class: "result", "aria-labelledby": "training-result", hidden: "" });
    this.heading = element("h2", { id: "training-result" });
    this.recording = element("div", { class: "recording", role: "status" });
    this.details = element("div");
    this.root.append(this.heading, this.recording, this.details);
    // The page moves after the first click, and the second of a double click would follow whatever link comes there.
    this.root.addEventListener("click", (event) => event.detail > 1 && event.preventDefault());
    root.append(this.root);
  }

  hide() {
    this.root.hidden = true;
  }

  /** @param {Result} result */
  show(result) {
    this.recording.replaceChildren();
    this.grade(result);
    this.details.replaceChildren(...this.#reread(result), this.#topics(result.topics));
    this.root.hidden = false;
    meet(this.heading);
  }

  /** @param {Result} result @param {boolean} [counts] once it is on record */
  grade({ passed, score, pass_mark }, counts = false) {
    this.heading.textContent = passed
      ? `${counts ? "You are ready. " : ""}You have passed: ${percent(score)}.`
      : score < pass_mark
        ? `Not passed yet: ${percent(score)} of the ${percent(pass_mark)} you need.`
        : `Not passed yet: ${percent(score)}, but a question that has to be right is still wrong.`;
  }

  /**
   * Names what is still to be read, to be ticked right here, and goes on once all of it is.
   *
   * @param {Section[]} sections
   * @param {Confirmed} confirmed
   * @param {() => void} goOn
   * @param {{says: string, does: string}} words
   */
  askToConfirm(sections, confirmed, goOn, words = TO_CONFIRM) {
    const list = sectionList(sections);
    const ticks = new ReadingList(list, confirmed);
    const says = "Tick every section that you have read.";
    const error = element("p", { class: "field-error", id: "confirm-error", hidden: "" }, says);
    const unmark = () => {
      for (const box of ticks.boxes) for (const name of ["aria-describedby", "aria-invalid"]) box.removeAttribute(name);
    };
    list.addEventListener("change", unmark);
    const record = button(words.does, () => {
      const missing = ticks.firstMissing;
      if (!missing) return goOn();
      error.hidden = false;
      unmark();
      missing.setAttribute("aria-describedby", error.id);
      missing.setAttribute("aria-invalid", "true");
      missing.focus();
    });
    this.tell(element("p", {}, words.says), list, error, element("p", {}, record));
  }

  /** The rules behind what was missed. @param {Result} result @returns {HTMLElement[]} */
  #reread({ passed, reread }) {
    if (!reread.length) return [];
    const says = passed
      ? "These rules decide what you missed."
      : "These rules decide what you missed. Read them again, then try again: you can do so as often as you like.";
    return [element("h3", {}, "What to reread"), element("p", {}, says), provisionList(reread, linkInNewTab)];
  }

  /** @param {Topic[]} topics */
  #topics(topics) {
    const rows = topics.map(({ label, right, of, url }) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, linkInNewTab({ text: label, to: url })),
        element("td", {}, `${right}\u00a0of\u00a0${of}`),
      ),
    );
    const caption = element("caption", {}, "Right answers by topic");
    return element("table", { class: "data-table" }, caption, element("tbody", {}, ...rows));
  }

  /** @param {string} says @param {...HTMLElement} actions */
  say(says, ...actions) {
    this.tell(...paragraphs(says, actions));
  }

  /** What becomes of the attempt. Whoever pressed what stood there before is led to the heading. @param {...HTMLElement} parts */
  tell(...parts) {
    const pressed = this.recording.contains(document.activeElement);
    this.recording.replaceChildren(...parts);
    if (pressed) meet(this.heading);
  }
}

/** @param {number} share in percent */
function percent(share) {
  return `${share}%`;
}
