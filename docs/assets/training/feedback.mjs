/** What follows an answer? Whether it was right, and what the policy says. */

import { button, element, meet } from "./elements.mjs";
import { provisionList } from "./provisions.mjs";

/** @import { Explanation, Provision } from "./quiz.mjs" */

export class Feedback {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** @param {Explanation} feedback @param {string} onward @param {() => void} goOn */
  show({ right, chosen, right_option, headline, says, provisions, note }, onward, goOn) {
    const answers = [element("p", {}, `You chose: ${chosen}`)];
    if (!right) answers.push(element("p", { class: "right-answer" }, `The right answer: ${right_option}`));
    this.root.hidden = false;
    this.root.replaceChildren(
      element("h2", {}, right ? "Right." : "Not this time."),
      ...answers,
      element("p", { class: "muted" }, "What the policy answers:"),
      element("p", { class: "verdict" }, headline),
      ...says.map((one) => element("p", {}, one)),
      ...(note ? [element("p", { class: "note" }, note)] : []),
      ...(provisions.length ? [this.#fold(provisions)] : []),
      button(onward, goOn),
    );
    meet(this.root);
  }

  /** @param {Provision[]} provisions */
  #fold(provisions) {
    return element("details", {}, element("summary", {}, "What the policy says"), provisionList(provisions));
  }
}
