/** What follows an answer? Whether it was right, what to do and why, and in a fold all that the policy says. */

import { element, linkInNewTab, meet } from "./elements.mjs";
import { provisionList, wayToProvision } from "./provisions.mjs";

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
   * @param {HTMLElement[]} actions how to go on, what most will want first
   * @param {string} [note] what there is to know of this answer
   */
  show(feedback, elsewhere, actions, note = "") {
    const { right, chosen, right_option, headline } = feedback;
    const answers = [element("p", {}, `You chose: ${chosen}`)];
    if (!right) answers.push(element("p", { class: "right-answer" }, `The right answer: ${right_option}`));
    this.root.hidden = false;
    this.root.replaceChildren(
      element("h2", {}, right ? "Right." : "Not this time."),
      ...(note ? [element("p", { class: "muted" }, note)] : []),
      ...answers,
      element("p", { class: "muted" }, "What the policy answers:"),
      element("p", { class: "verdict" }, headline),
      ...sentences(feedback),
      ...fold(feedback),
      element("p", { class: "actions" }, ...actions),
      lineOf(elsewhere),
    );
    meet(this.root);
  }
}

/** What to do and why; the last sentence leads to the provision that decides. @param {Explanation} feedback */
function sentences({ says, deciding }) {
  const all = says.map((one) => element("p", {}, one));
  if (deciding) all.at(-1)?.append(" ", wayToProvision(deciding, linkInNewTab));
  return all;
}

/** @param {Explanation} feedback */
function fold({ further, note, provisions }) {
  const more = [
    ...further.map((one) => element("p", {}, one)),
    ...(note ? [element("p", { class: "note" }, note)] : []),
    ...(provisions.length ? [provisionList(provisions, linkInNewTab)] : []),
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
