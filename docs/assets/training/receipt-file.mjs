/**
 * How does a training end where there is no register? With a receipt, saved as a file for the manager.
 *
 * The name is typed for the file and goes nowhere else; this browser does not keep it.
 */

import { digestOf, sectionsOf } from "./course.mjs";
import { download } from "./download.mjs";
import { element, paragraphs } from "./elements.mjs";

/** @import { Attempt } from "./attempt.mjs" */
/** @import { Confirmed } from "./confirmed.mjs" */
/** @import { KeptAttempts } from "./kept-attempts.mjs" */
/** @import { Section } from "./quiz.mjs" */
/** @import { ResultView } from "./result-view.mjs" */

/** @typedef {(course: string, seed: string, finished: string) => Promise<string>} Maker `quiz.engine.receipt` */
/** @typedef {{course: string, seed: string, finished: object, file: string}} Finished all of a receipt but the name */

const TO_CONFIRM = {
  says: "No receipt yet. Read these sections and tick them, and you can save it.",
  does: "Go on to my receipt",
};

const AFTER_SAVING = "Send it to your manager. If you cannot find the file, save it again before you close this page.";

export class ReceiptFile {
  /** @param {ResultView} result @param {Confirmed} confirmed @param {KeptAttempts} attempts @param {Maker} make */
  constructor(result, confirmed, attempts, make) {
    this.result = result;
    this.confirmed = confirmed;
    this.attempts = attempts;
    this.make = make;
  }

  /** Offers the receipt of an attempt that has passed, once every section is confirmed. @param {Attempt} attempt */
  offer({ course, seed, answers }) {
    this.confirmed.holdFor(digestOf(course));
    const sections = sectionsOf(course);
    const at = new Date().toISOString();
    const finished = { answers, confirmed: sections.map(({ id }) => id), finished_at: at };
    const file = `receipt-${JSON.parse(course).trust}-${at.slice(0, 10)}-${seed.slice(0, 6)}.json`;
    const ask = () => this.#ask({ course, seed, finished, file });
    const missing = this.confirmed.missing(sections);
    if (missing.length) this.result.askToConfirm(missing, this.confirmed, ask, TO_CONFIRM);
    else ask();
  }

  /** @param {Finished} finished */
  #ask(finished) {
    const error = element("p", { class: "field-error", id: "receipt-error" });
    const name = element("input", {
      type: "text",
      id: "receipt-name",
      autocomplete: "off",
      maxlength: "200",
      "aria-describedby": "receipt-hint",
    });
    const saved = element("div", { class: "saved" });
    const form = element(
      "form",
      { class: "receipt" },
      ...paragraphs("Save your receipt, and send the file to your manager. Nothing has been sent.", []),
      element(
        "div",
        { class: "field" },
        element("label", { for: "receipt-name" }, "Your name or e-mail address"),
        element("p", { class: "hint", id: "receipt-hint" }, "As your manager’s staff list has it. It goes into the file only."),
        name,
      ),
      element("p", {}, element("button", { class: "button", type: "submit" }, "Save my receipt")),
      saved,
      element("p", { class: "muted" }, "It proves that these answers pass. It does not prove who gave them, or when."),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const wrong = name.value.trim() ? await this.#save(finished, name.value) : "Type your name or e-mail address.";
      error.textContent = wrong;
      if (wrong) name.before(error);
      else error.remove();
      name.setAttribute("aria-describedby", wrong ? "receipt-hint receipt-error" : "receipt-hint");
      name.setAttribute("aria-invalid", String(Boolean(wrong)));
      if (wrong) name.focus();
      saved.replaceChildren(...(wrong ? [] : paragraphs(`Saved as ${finished.file}. ${AFTER_SAVING}`, [])));
    });
    this.result.tell(form);
  }

  /** @param {Finished} finished @param {string} name @returns {Promise<string>} what is wrong, if anything */
  async #save({ course, seed, finished, file }, name) {
    try {
      download(file, await this.make(course, seed, JSON.stringify({ ...finished, name })), "application/json");
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    // Whoever comes next begins afresh.
    this.confirmed.forget();
    await this.attempts.forget(seed).catch(() => {}); // Where nothing is kept.
    return "";
  }
}
