/** What finished training waits in this browser? It is sent from whatever page is open, and a line says what became of it. */

import { button, link } from "./elements.mjs";
import { Notice } from "./notice.mjs";
import { SIGN_IN } from "./register.mjs";
import { Retry } from "./retry.mjs";

/** @import { Finished, Outbox } from "./outbox.mjs" */
/** @import { Delivery } from "./register.mjs" */

const UNREADABLE =
  "A finished training in this browser cannot be read, so it was not sent. Open the training: it is sent from there, " +
  "or you take it again.";

const PASSED = "You have passed.";
const NOT_PASSED = "You have not passed yet: take it again when you like.";

export class Waiting {
  /** @param {HTMLElement} root @param {Outbox} outbox */
  constructor(root, outbox) {
    this.root = root;
    this.outbox = outbox;
    /** @type {Set<string | undefined>} */
    this.taken = new Set();
  }

  /** Sends all that waits. @param {string} [except] a ticket the page itself takes care of */
  async send(except) {
    // Where nothing is kept, nothing waits.
    const { finished: all, unreadable } = await this.outbox.all().catch(() => ({ finished: [], unreadable: 0 }));
    if (unreadable) new Notice(this.root, "notice", "status").show(UNREADABLE);
    this.taken.add(except);
    for (const finished of all.filter(({ ticket }) => !this.taken.has(ticket))) {
      this.taken.add(finished.ticket);
      new Sending(this.root, this.outbox, finished).again();
    }
  }
}

/** One finished training on its way. */
class Sending {
  #busy = false;
  #told = "";

  /** @param {HTMLElement} root @param {Outbox} outbox @param {Finished} finished */
  constructor(root, outbox, finished) {
    this.outbox = outbox;
    this.finished = finished;
    this.notice = new Notice(root, "notice", "status");
    this.retry = new Retry(() => this.again());
  }

  async again() {
    if (this.#busy) return;
    this.#busy = true;
    const delivery = await this.outbox.deliver(this.finished);
    this.#busy = false;
    if (delivery.kind === "recorded" || delivery.kind === "refused") this.retry.stop();
    this.#tell(delivery);
  }

  /** @param {Delivery} delivery */
  #tell(delivery) {
    const { says, actions } = this.#words(delivery);
    if (says !== this.#told) this.notice.show(says, ...actions);
    this.#told = says;
  }

  /** @param {Delivery} delivery @returns {{says: string, actions: HTMLElement[]}} */
  #words(delivery) {
    if (delivery.kind === "recorded") {
      const { attempt, result } = delivery.receipt;
      const says = `Your finished training is recorded. Receipt ${attempt}. ${result.passed ? PASSED : NOT_PASSED}`;
      return { says, actions: [link({ text: "Go to My training", to: "/my/" })] };
    }
    if (delivery.kind === "refused") {
      const again = button("Start again", () => this.#leave(this.#training));
      return { says: `Your finished training is not recorded. ${delivery.says}`, actions: [again] };
    }
    if (delivery.kind === "foreign") return this.#foreign();
    const says = `A finished training waits in this browser and is not recorded yet. ${this.#why(delivery)}`;
    return { says, actions: [delivery.signedOut ? link(SIGN_IN) : button("Send it now", () => this.again())] };
  }

  /** @param {{says: string, signedOut: boolean}} delivery */
  #why({ says, signedOut }) {
    if (signedOut) return "Sign in, and it is sent.";
    return says || "The register cannot be reached. It is sent as soon as it can be.";
  }

  #foreign() {
    const says = "Somebody else has finished a training in this browser, and it is not recorded yet.";
    if (Date.parse(this.finished.expires_at) > Date.now()) {
      return { says: `${says} It is kept for them: to have it recorded, they sign in here.`, actions: [] };
    }
    const remove = button("Remove it", () => this.#leave(location.href), "button secondary");
    return { says: `${says} It is too late now: they take the training again.`, actions: [remove] };
  }

  get #training() {
    return `/handbook/${encodeURIComponent(this.finished.trust)}/training/`;
  }

  /** @param {string} to */
  async #leave(to) {
    this.retry.stop();
    await this.outbox.forget(this.finished).catch(() => {}); // Then it is told again.
    location.assign(to);
  }
}
