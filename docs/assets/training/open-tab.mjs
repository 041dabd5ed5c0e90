/** What if this browser keeps nothing? Then the tab has to stay open: the page says so, and asks before it closes. */

import { Notice } from "./notice.mjs";

const SAYS = "This browser cannot keep your answers: keep this tab open until you have finished.";

export class OpenTab {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.notice = new Notice(root, "notice", "status");
    /** @param {Event} event */
    this.hold = (event) => event.preventDefault();
  }

  /** Says it, and from the first answer on asks before the tab closes. @param {boolean} answered */
  ask(answered) {
    this.notice.show(SAYS);
    if (answered) addEventListener("beforeunload", this.hold);
  }

  /** Nothing would be lost any more. */
  release() {
    this.notice.hide();
    removeEventListener("beforeunload", this.hold);
  }
}
