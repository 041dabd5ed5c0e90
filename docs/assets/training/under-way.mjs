/** Where did somebody stop? Said only of an attempt that the register knows as theirs and that can still be carried on. */

import { UNREADABLE } from "./carrying-on.mjs";
import { element } from "./elements.mjs";
import { Notice } from "./notice.mjs";

/** @import { Confirmed } from "./confirmed.mjs" */
/** @import { Kept, KeptAttempts } from "./kept-attempts.mjs" */
/** @import { Section } from "./quiz.mjs" */
/** @import { Outbox } from "./outbox.mjs" */
/** @import { Register } from "./register.mjs" */

export class UnderWay {
  /** @param {KeptAttempts} attempts @param {Outbox} outbox @param {Register} register @param {Confirmed} confirmed */
  constructor(attempts, outbox, register, confirmed) {
    this.attempts = attempts;
    this.outbox = outbox;
    this.register = register;
    this.confirmed = confirmed;
  }

  /**
   * @param {HTMLElement} place
   * @param {Section[]} sections what the training asks to read
   * @param {string} digest of its course
   * @param {string} training the address of its page
   */
  async show(place, sections, digest, training) {
    // Where nothing is kept, nothing is under way.
    const { kept, unreadable } = await this.attempts.all().catch(() => ({ kept: [], unreadable: 0 }));
    const own = await this.#own(kept, digest);
    if (!own && !unreadable) return;
    if (own) place.replaceChildren();
    const notice = new Notice(place, "notice", "status");
    if (!own) return notice.show(UNREADABLE);
    const onward = element("a", { class: "button", href: training }, "Carry on");
    notice.show(`${stopped(own)}, with ${this.#confirmed(sections)}.`, onward);
  }

  /** The newest of theirs that has answers and is not about to be recorded. @param {Kept[]} kept @param {string} digest */
  async #own(kept, digest) {
    const { finished } = await this.outbox.all().catch(() => ({ finished: [] }));
    const waiting = new Set(finished.map(({ seed }) => seed));
    for (const one of kept.filter(({ seed }) => !waiting.has(seed))) {
      if (!("ticket" in one.standing) || one.digest !== digest || !one.answers.length) continue;
      if ((await this.register.check(one.standing)) === "stands") return one;
    }
    return undefined;
  }

  /** @param {Section[]} sections */
  #confirmed(sections) {
    const read = sections.length - this.confirmed.missing(sections).length;
    return `${read} of ${sections.length} sections confirmed`;
  }
}

/** @param {Kept} attempt */
function stopped({ answers, at }) {
  if (at === "result") return "You have answered every question on this device";
  return `You stopped at question ${at === "feedback" ? answers.length : answers.length + 1} on this device`;
}
