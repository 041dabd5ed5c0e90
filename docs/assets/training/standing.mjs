/** Does this attempt count? A line beside it says why not, or what is missing for it. */

import { button, link } from "./elements.mjs";
import { Notice } from "./notice.mjs";
import { SIGN_IN } from "./register.mjs";

/** @import { CarriedOn } from "./carrying-on.mjs" */
/** @import { Practice, Register, Ticket } from "./register.mjs" */

export class Standing {
  /** @param {HTMLElement} root @param {Register} register @param {() => void} restart */
  constructor(root, register, restart) {
    this.notice = new Notice(root, "notice", "status");
    this.register = register;
    this.trust = root.dataset.trust ?? "";
    this.restart = restart;
  }

  hide() {
    this.notice.hide();
  }

  /** A ticket, or why there is none. Throws CourseChanged. @returns {Promise<Ticket | Practice>} */
  async ask() {
    const standing = await this.register.standing(this.trust);
    if ("ticket" in standing) this.hide();
    else this.notice.show(standing.says, ...this.#wayOut(standing));
    return standing;
  }

  /** @param {CarriedOn} carried */
  sayOf({ attempt: { standing }, check }) {
    if ("says" in standing) this.notice.show(standing.says, ...(standing.link ? [link(standing.link)] : []));
    if (check === "signed-out") {
      this.notice.show("You are signed out. Carry on: your answers are kept. To have them recorded, sign in.", link(SIGN_IN));
    }
    if (check === "unknown") {
      this.notice.show("The register does not answer. Carry on: your answers are kept, and sent when it does.");
    }
  }

  /** @param {Practice} practice */
  #wayOut(practice) {
    if (practice.again) return [button("Start again", this.restart, "button secondary")];
    return practice.link ? [link(practice.link)] : [];
  }
}
