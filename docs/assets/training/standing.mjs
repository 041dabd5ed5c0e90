/** Does this attempt count? A line beside it says why not, or what is missing for it. */

import { button, link, part } from "./elements.mjs";
import { Notice } from "./notice.mjs";
import { SIGN_IN } from "./register.mjs";

/** @import { CarriedOn } from "./carrying-on.mjs" */
/** @import { Practice, Register, Ticket } from "./register.mjs" */

export class Standing {
  /** @param {HTMLElement} root @param {Register} register @param {() => void} restart */
  constructor(root, register, restart) {
    this.root = root;
    this.notice = new Notice(root, "notice", "status");
    this.register = register;
    this.trust = root.dataset.trust ?? "";
    this.restart = restart;
    this.inVain = false;
  }

  /**
   * Moves what makes an attempt count for nothing above the questions: who sees it only at the end has lost ten minutes.
   *
   * At first it stands below: above, it would push away the question that is being read.
   */
  rise() {
    if (this.inVain) part(this.root, ".progress", HTMLElement).after(this.notice.root);
  }

  hide() {
    this.notice.hide();
  }

  /** A ticket, or why there is none. Throws CourseChanged. @returns {Promise<Ticket | Practice>} */
  async ask() {
    const standing = await this.register.standing(this.trust);
    if ("ticket" in standing) this.hide();
    else this.#practise(standing, this.#wayOut(standing));
    return standing;
  }

  /** @param {CarriedOn} carried */
  sayOf({ attempt: { standing }, check }) {
    if ("says" in standing) {
      this.#practise(standing, standing.link ? [link(standing.link)] : []);
      this.rise();
    }
    if (check === "signed-out") {
      this.notice.show("You are signed out. Carry on: your answers are kept. To have them recorded, sign in.", link(SIGN_IN));
    }
    if (check === "unknown") {
      this.notice.show("The register does not answer. Carry on: your answers are kept, and sent when it does.");
    }
  }

  /** @param {Practice} practice @param {HTMLElement[]} actions */
  #practise({ says, receipt }, actions) {
    this.inVain = !receipt;
    this.notice.show(says, ...actions);
  }

  /** @param {Practice} practice */
  #wayOut(practice) {
    if (practice.again) return [button("Start again", this.restart, "button secondary")];
    return practice.link ? [link(practice.link)] : [];
  }
}
