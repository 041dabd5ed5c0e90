/** Is the attempt on record? Its answers go to the register, and the result says what became of them. */

import { button, element, link } from "./elements.mjs";
import { SIGN_IN } from "./register.mjs";

/** @import { Attempt } from "./attempt.mjs" */
/** @import { Given } from "./quiz.mjs" */
/** @import { Receipt, Register, Ticket } from "./register.mjs" */
/** @import { ResultView } from "./result-view.mjs" */

export class Recording {
  /** @param {ResultView} result @param {Register} register @param {() => void} restart */
  constructor(result, register, restart) {
    this.result = result;
    this.register = register;
    this.restart = restart;
  }

  /** Sends a finished attempt, or says why not. @param {Attempt} attempt */
  record({ standing, answers }) {
    if ("ticket" in standing) this.#deliver(standing, answers);
    else this.result.say(standing.says, ...(standing.link ? [link(standing.link)] : []), this.#anotherTry());
  }

  /** @param {Ticket} ticket @param {Given[]} answers */
  async #deliver(ticket, answers) {
    this.result.say("Sending your answers to the register…");
    const delivery = await this.register.deliver(ticket, answers);
    if (delivery.kind === "recorded") this.#recorded(delivery.receipt);
    else if (delivery.kind === "refused") {
      this.result.say(`Not recorded. ${delivery.says}`, button("Start again", this.restart));
    } else {
      const signIn = delivery.signedOut ? [element("a", { href: SIGN_IN.to, target: "_blank" }, "Sign in in a new tab")] : [];
      const why = delivery.says || "The register cannot be reached. Keep this page open and try again.";
      this.result.say(`Not recorded yet. ${why}`, ...signIn, button("Try again", () => this.#deliver(ticket, answers)));
    }
  }

  /** The register believes only its own grading, and so does this page. @param {Receipt} receipt */
  #recorded({ attempt, result, completion }) {
    this.result.grade(result);
    const until = completion ? ` Your training counts until ${longDate(completion.expires_on)}.` : "";
    const onward = result.passed ? link({ text: "Ask for the right to post.", to: "/my/" }) : this.#anotherTry();
    this.result.say(`Recorded. Receipt ${attempt}.${until}`, onward);
  }

  #anotherTry() {
    return button("Try again", this.restart, "button secondary");
  }
}

/** @param {string} day as ISO 8601 has it @returns {string} as in "14 January 2027" */
function longDate(day) {
  const how = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return new Intl.DateTimeFormat("en-GB", how).format(new Date(day));
}
