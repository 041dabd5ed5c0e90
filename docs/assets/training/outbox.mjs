/** What is finished and not on record yet? It waits here until the register has said that it is, however often it is sent. */

import { Confirmed } from "./confirmed.mjs";
import { areAnswers } from "./kept-attempts.mjs";
import { inStorage, settled } from "./storage.mjs";

/** @import { Given } from "./quiz.mjs" */
/** @import { Delivery, Register } from "./register.mjs" */

/**
 * @typedef {{ticket: string, seed: string, trust: string, course_digest: string, expires_at: string, answers: Given[],
 *   confirmed: string[]}} Finished the answers to a ticket, and the ids of the sections confirmed
 */

const LOCK = "clearpost.outbox";

export class Outbox {
  /** @param {Register} register */
  constructor(register) {
    this.register = register;
  }

  /**
   * All that waits, and how many could not be read and have been set aside. Throws StorageDenied.
   *
   * @returns {Promise<{finished: Finished[], unreadable: number}>}
   */
  async all() {
    return inStorage(["outbox", "aside"], async (outbox, aside) => {
      const found = await settled(outbox.getAll());
      const unreadable = found.filter((one) => !isFinished(one));
      for (const one of unreadable) {
        aside.add(one);
        outbox.delete(one.ticket);
      }
      return { finished: found.filter(isFinished), unreadable: unreadable.length };
    });
  }

  /** Throws StorageDenied: then it can only be sent from this page. @param {Finished} finished */
  async add(finished) {
    await inStorage(["outbox"], async (outbox) => outbox.put(finished));
  }

  /**
   * Sends what is finished, one tab at a time, and forgets it once it is on record.
   *
   * Sent again, it gets the receipt it had: so a tab that comes second hears the same.
   *
   * @param {Finished} finished
   * @returns {Promise<Delivery>}
   */
  async deliver(finished) {
    return oneAtATime(async () => {
      const delivery = await this.register.deliver(finished, finished.answers, finished.confirmed);
      if (delivery.kind !== "recorded") return delivery;
      if (delivery.receipt.completion) new Confirmed(finished.trust, finished.course_digest).forget();
      await this.forget(finished).catch(() => {}); // Kept, it would be sent again, and that is harmless.
      return delivery;
    });
  }

  /** Forgets it and the attempt it came from. @param {Finished} finished */
  async forget({ ticket, seed }) {
    await inStorage(["outbox", "attempts"], async (outbox, attempts) => {
      outbox.delete(ticket);
      attempts.delete(seed);
    });
  }
}

/**
 * @template Value
 * @param {() => Promise<Value>} work
 * @returns {Promise<Value>}
 */
async function oneAtATime(work) {
  let begun = false;
  try {
    return await navigator.locks.request(LOCK, () => {
      begun = true;
      return work();
    });
  } catch (error) {
    // There are locks on safe connections only, and none where nothing may be kept; the register counts a ticket once.
    if (begun) throw error;
    return work();
  }
}

/** @param {any} found @returns {found is Finished} */
function isFinished(found) {
  const texts = [found?.ticket, found?.seed, found?.trust, found?.course_digest, found?.expires_at];
  const lists = areAnswers(found?.answers) && Array.isArray(found.confirmed);
  return lists && [...texts, ...found.confirmed].every((one) => typeof one === "string");
}
