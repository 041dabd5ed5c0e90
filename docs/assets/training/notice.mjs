/** What stands beside the training? Why nothing is recorded, or what went wrong and what to do about it. */

import { element, paragraphs } from "./elements.mjs";

/** The place stands there from the beginning, empty: a screen reader only tells of changes in a place it knows. */
export class Notice {
  /** @param {HTMLElement} root @param {string} look @param {"status" | "alert"} role */
  constructor(root, look, role) {
    this.look = look;
    this.root = element("div", { role });
    root.append(this.root);
  }

  hide() {
    this.root.replaceChildren();
  }

  /** @param {string} says @param {...HTMLElement} actions */
  show(says, ...actions) {
    this.root.replaceChildren(element("div", { class: this.look }, ...paragraphs(says, actions)));
  }
}
