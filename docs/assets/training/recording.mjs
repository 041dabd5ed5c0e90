/** Is the attempt on record? Its answers go to the register, and the result says what became of them. */

import { sectionsOf } from "./course.mjs";
import { button, element, link } from "./elements.mjs";
import { longDate } from "./long-date.mjs";
import { SIGN_IN } from "./register.mjs";
import { Retry } from "./retry.mjs";

/** @import { Attempt } from "./attempt.mjs" */
/** @import { Confirmed } from "./confirmed.mjs" */
/** @import { OpenTab } from "./open-tab.mjs" */
/** @import { Finished, Outbox } from "./outbox.mjs" */
/** @import { Section } from "./quiz.mjs" */
/** @import { ReceiptFile } from "./receipt-file.mjs" */
/** @import { Delivery, Receipt } from "./register.mjs" */
/** @import { ResultView } from "./result-view.mjs" */

export class Recording {
  /**
   * @param {ResultView} result
   * @param {Outbox} outbox
   * @param {OpenTab} openTab
   * @param {Confirmed} confirmed
   * @param {() => void} restart
   * @param {ReceiptFile} receipt what a pass ends with where there is no register
   */
  constructor(result, outbox, openTab, confirmed, restart, receipt) {
    this.result = result;
    this.outbox = outbox;
    this.openTab = openTab;
    this.confirmed = confirmed;
    this.restart = restart;
    this.receipt = receipt;
    this.kept = false;
    /** What is on its way from this page. @type {Finished | null} */
    this.sending = null;
    this.busy = false;
    this.told = "";
  }

  /** Sends a finished attempt, or says why not. @param {Attempt} attempt @param {boolean} passed */
  record(attempt, passed) {
    const { course, digest, standing } = attempt;
    this.#stop();
    if (!("ticket" in standing)) {
      if (standing.receipt && passed) return this.receipt.offer(attempt);
      return this.result.say(standing.says, ...(standing.link ? [link(standing.link)] : []), this.#anotherTry());
    }
    this.confirmed.holdFor(digest);
    const sections = sectionsOf(course);
    if (passed) this.#onceRead(attempt, sections);
    else this.#deliver(attempt, sections);
  }

  /** A pass is recorded once every section has been confirmed. @param {Attempt} attempt @param {Section[]} sections */
  #onceRead(attempt, sections) {
    const missing = this.confirmed.missing(sections);
    if (missing.length) this.result.askToConfirm(missing, this.confirmed, () => this.#deliver(attempt, sections));
    else this.#deliver(attempt, sections);
  }

  /** Puts it into the outbox before it goes anywhere. @param {Attempt} attempt @param {Section[]} sections */
  async #deliver({ seed, standing, answers }, sections) {
    if (this.sending || !("ticket" in standing)) return;
    const { ticket, course_digest, expires_at } = standing;
    const missing = this.confirmed.missing(sections);
    const confirmed = sections.filter((one) => !missing.includes(one)).map(({ id }) => id);
    const { trust } = this.confirmed;
    const finished = { ticket, seed, trust, course_digest, expires_at, answers, confirmed };
    this.sending = finished;
    this.result.say("Sending your answers to the register…");
    this.kept = await this.outbox.add(finished).then(
      () => true,
      () => false,
    );
    this.retry = new Retry(() => this.#send(finished));
    await this.#send(finished);
  }

  /** @param {Finished} finished */
  async #send(finished) {
    if (this.busy || this.sending !== finished) return;
    this.busy = true;
    const delivery = await this.outbox.deliver(finished);
    this.busy = false;
    if (this.sending === finished) this.#tell(delivery, finished);
  }

  #stop() {
    this.retry?.stop();
    this.sending = null;
    this.told = "";
  }

  /** @param {Delivery} delivery @param {Finished} finished */
  #tell(delivery, finished) {
    if (delivery.kind === "recorded") {
      this.#stop();
      return this.#recorded(delivery.receipt);
    }
    if (delivery.kind === "refused") {
      this.#stop();
      const again = button("Start again", () => this.outbox.forget(finished).finally(this.restart));
      return this.result.say(`Not recorded. ${delivery.says}`, again);
    }
    const says = this.#why(delivery);
    if (says === this.told) return; // Said once, whatever was tried since.
    this.told = says;
    const signedOut = delivery.kind === "waiting" && delivery.signedOut;
    const signIn = signedOut ? [element("a", { href: SIGN_IN.to, target: "_blank" }, "Sign in in a new tab")] : [];
    this.result.say(`Not recorded yet. ${says}`, ...signIn, button("Try again", () => this.#again(finished)));
  }

  /** @param {Finished} finished */
  #again(finished) {
    this.told = "";
    this.result.say("Sending your answers to the register…");
    return this.#send(finished);
  }

  /** Why it waits, and what to do. @param {Exclude<Delivery, {kind: "recorded" | "refused"}>} delivery */
  #why(delivery) {
    const open = "Keep this tab open.";
    if (delivery.kind === "foreign") {
      const who = "Somebody else began this training, so it cannot be recorded as yours.";
      return `${who} ${this.kept ? "It is kept for them" : open}: sign out, and they sign in here.`;
    }
    if (delivery.says) return this.kept ? delivery.says : `${delivery.says} ${open}`;
    const kept = "Your answers are kept in this browser, and sent as soon as it can be.";
    return `The register cannot be reached. ${this.kept ? kept : open}`;
  }

  /** The register believes only its own grading, and so does this page. @param {Receipt} receipt */
  #recorded({ attempt, result, completion, certificate }) {
    this.openTab.release();
    this.result.grade(result, completion !== null);
    const until = completion ? ` Your training counts until ${longDate(completion.expires_on)}.` : "";
    const onward = result.passed ? whatNow(certificate) : [this.#anotherTry()];
    this.result.say(`Recorded. Receipt ${attempt}.${until}`, ...onward);
  }

  #anotherTry() {
    return button("Try again", this.restart, "button secondary");
  }
}

/** @param {string | null} certificate its address */
function whatNow(certificate) {
  const ask = element("a", { class: "button", href: "/my/#rights" }, "Ask for posting rights");
  return certificate ? [ask, link({ text: "Print your certificate", to: certificate })] : [ask];
}
