/** What follows an answer? Whether it was right, what to do and why, and in a fold all that the policy says. */

import { button, element, meet } from "./elements.mjs";
import { provisionList } from "./provisions.mjs";

/** @import { Explanation } from "./quiz.mjs" */

export class Feedback {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /**
   * @param {Explanation} feedback
   * @param {Promise<string>} elsewhere what other trusts say; it comes when it comes, and moves nothing
   * @param {string} onward
   * @param {() => void} goOn
   */
  show(feedback, elsewhere, onward, goOn) {
    const { right, chosen, right_option, headline } = feedback;
    const answers = [element("p", {}, `You chose: ${chosen}`)];
    if (!right) answers.push(element("p", { class: "right-answer" }, `The right answer: ${right_option}`));
    this.root.hidden = false;
    this.root.replaceChildren(
      element("h2", {}, right ? "Right." : "Not this time."),
      ...answers,
      element("p", { class: "muted" }, "What the policy answers:"),
      element("p", { class: "verdict" }, headline),
      ...sentences(feedback),
      ...fold(feedback),
      button(onward, goOn),
      lineOf(elsewhere),
    );
    meet(this.root);
  }
}

/** What to do and why; the last sentence leads to the provision that decides. @param {Explanation} feedback */
function sentences({ says, deciding }) {
  const all = says.map((one) => element("p", {}, one));
  if (deciding) all.at(-1)?.append(" ", wayTo(deciding));
  return all;
}

/** An answer given is not to be lost on the way. @param {{clause: string, ref: string, url: string}} deciding */
function wayTo({ clause, ref, url }) {
  const newTab = element("span", { class: "visually-hidden" }, " (new tab)");
  return element("a", { href: url, target: "_blank" }, `${clause} (${ref})`, newTab);
}

/** @param {Explanation} feedback */
function fold({ further, note, provisions }) {
  const more = [
    ...further.map((one) => element("p", {}, one)),
    ...(note ? [element("p", { class: "note" }, note)] : []),
    ...(provisions.length ? [provisionList(provisions)] : []),
  ];
  return more.length ? [element("details", {}, element("summary", {}, "What the policy says"), ...more)] : [];
}

/** @param {Promise<string>} elsewhere */
function lineOf(elsewhere) {
  const line = element("p", { class: "elsewhere muted", hidden: "" });
  elsewhere.then((says) => {
    line.textContent = says;
    line.hidden = !says;
  });
  return line;
}
