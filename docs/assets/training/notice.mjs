/** What stands beside the training? Why nothing is recorded, or what went wrong and what to do about it. */

import { element, paragraphs } from "./elements.mjs";

export class Notice {
  /** @param {HTMLElement} root @param {string} look @param {"status" | "alert"} role */
  constructor(root, look, role) {
    this.root = element("div", { class: look, role, hidden: "" });
    root.append(this.root);
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** @param {string} says @param {...HTMLElement} actions */
  show(says, ...actions) {
    this.root.hidden = false;
    this.root.replaceChildren(...paragraphs(says, actions));
  }
}
