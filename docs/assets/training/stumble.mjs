/** What if the training cannot go on? It says what went wrong and offers what helps; the answer chosen stays chosen. */

import { button, meet } from "./elements.mjs";
import { faultOf } from "./fault.mjs";
import { Notice } from "./notice.mjs";

/** @typedef {{engine: () => void, attempt: () => void, restart: () => void}} Anew what can be had or begun anew */

export class Stumble {
  /** @param {HTMLElement} root @param {Anew} anew */
  constructor(root, anew) {
    this.notice = new Notice(root, "notice error", "alert");
    this.anew = anew;
  }

  hide() {
    this.notice.hide();
  }

  /** Says it to whoever has not asked for anything yet. @param {unknown} error */
  say(error) {
    this.over(error, () => {});
  }

  /** Says it to whoever waits for an answer. @param {unknown} error @param {() => void} retry */
  tell(error, retry) {
    this.over(error, retry);
    meet(this.notice.root);
  }

  /** @param {unknown} error @param {() => void} retry what to do again once the cause is gone */
  over(error, retry) {
    const { says, mend } = faultOf(error);
    if (mend === "attempt") return this.notice.show(says, button("Start again", this.anew.restart));
    const again = () => {
      this.hide();
      if (mend === "engine") this.anew.engine();
      if (mend === "course" || mend === "place") this.anew.attempt();
      if (mend !== "place") retry();
    };
    this.notice.show(says, button(mend === "place" ? "Carry on here" : "Try again", again));
  }
}
