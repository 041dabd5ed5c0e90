/** Is the attempt on record? Its answers go to the register, and the result says what became of them. */

import { digestOf, sectionsOf } from "./course.mjs";
import { button, element, link } from "./elements.mjs";
import { SIGN_IN } from "./register.mjs";

/** @import { Attempt } from "./attempt.mjs" */
/** @import { Confirmed } from "./confirmed.mjs" */
/** @import { Given, Section } from "./quiz.mjs" */
/** @import { Receipt, Register, Ticket } from "./register.mjs" */
/** @import { ResultView } from "./result-view.mjs" */

/** @typedef {{ticket: Ticket, answers: Given[], sections: Section[]}} Sending with the sections the course asks to read */

export class Recording {
  /** @param {ResultView} result @param {Register} register @param {Confirmed} confirmed @param {() => void} restart */
  constructor(result, register, confirmed, restart) {
    this.result = result;
    this.register = register;
    this.confirmed = confirmed;
    this.restart = restart;
  }

  /** Sends a finished attempt, or says why not. @param {Attempt} attempt @param {boolean} passed */
  record({ course, standing, answers }, passed) {
    if (!("ticket" in standing)) {
      return this.result.say(standing.says, ...(standing.link ? [link(standing.link)] : []), this.#anotherTry());
    }
    this.confirmed.holdFor(digestOf(course));
    const sending = { ticket: standing, answers, sections: sectionsOf(course) };
    if (passed) this.#onceRead(sending);
    else this.#deliver(sending);
  }

  /** A pass is recorded once every section has been confirmed. @param {Sending} sending */
  #onceRead(sending) {
    const missing = this.confirmed.missing(sending.sections);
    if (missing.length) this.result.askToConfirm(missing, this.confirmed, () => this.#deliver(sending));
    else this.#deliver(sending);
  }

  /** @param {Sending} sending */
  async #deliver(sending) {
    this.result.say("Sending your answers to the register…");
    const missing = this.confirmed.missing(sending.sections);
    const confirmed = sending.sections.filter((one) => !missing.includes(one)).map(({ id }) => id);
    const delivery = await this.register.deliver(sending.ticket, sending.answers, confirmed);
    if (delivery.kind === "recorded") this.#recorded(delivery.receipt);
    else if (delivery.kind === "refused") {
      this.result.say(`Not recorded. ${delivery.says}`, button("Start again", this.restart));
    } else {
      const signIn = delivery.signedOut ? [element("a", { href: SIGN_IN.to, target: "_blank" }, "Sign in in a new tab")] : [];
      const why = delivery.says || "The register cannot be reached. Keep this page open and try again.";
      this.result.say(`Not recorded yet. ${why}`, ...signIn, button("Try again", () => this.#deliver(sending)));
    }
  }

  /** The register believes only its own grading, and so does this page. @param {Receipt} receipt */
  #recorded({ attempt, result, completion }) {
    this.result.grade(result);
    if (completion) this.confirmed.forget();
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
