/** Which attempts has this browser kept? Each as far as it has come, and without anybody's name. */

import { inStorage, settled } from "./storage.mjs";

/** @import { Attempt } from "./attempt.mjs" */
/** @import { Given } from "./quiz.mjs" */
/** @import { Practice, Ticket } from "./register.mjs" */

/** @typedef {"question" | "feedback" | "result"} Stage what stood on the screen */
/**
 * @typedef {{seed: string, trust: string, digest: string, standing: Ticket | Practice, answers: Given[], at: Stage,
 *   moment: number}} Kept with the time it was kept, in milliseconds
 */

/** The attempt has gone on in another tab: what this one knows is not the newest. */
export class GoneOn extends Error {}

/** The attempts of one trust's training. */
export class KeptAttempts {
  /** @param {string} trust */
  constructor(trust) {
    this.trust = trust;
  }

  /**
   * The attempts, newest first, and how many could not be read and have been set aside. Throws StorageDenied.
   *
   * @returns {Promise<{kept: Kept[], unreadable: number}>}
   */
  async all() {
    return inStorage(["attempts", "aside"], async (attempts, aside) => {
      const found = await settled(attempts.getAll());
      const unreadable = found.filter((one) => !isKept(one));
      for (const one of unreadable) {
        aside.add(one);
        attempts.delete(one.seed);
      }
      const kept = found.filter((one) => isKept(one) && one.trust === this.trust);
      return { kept: kept.sort((one, other) => other.moment - one.moment), unreadable: unreadable.length };
    });
  }

  /**
   * Keeps an attempt. Throws GoneOn if other answers are kept than those known here, and StorageDenied.
   *
   * @param {Attempt} attempt
   * @param {string} digest of its course
   * @param {Stage} at
   * @param {Given[]} known the answers this page kept last
   */
  async keep({ seed, standing, answers }, digest, at, known) {
    const kept = { seed, trust: this.trust, digest, standing, answers, at, moment: Date.now() };
    await inStorage(["attempts"], async (attempts) => {
      const before = await settled(attempts.get(seed));
      if (before && JSON.stringify(before.answers) !== JSON.stringify(known)) throw new GoneOn();
      attempts.put(kept);
    });
  }

  /** @param {string} seed */
  async forget(seed) {
    await inStorage(["attempts"], async (attempts) => attempts.delete(seed));
  }

  /** Keeps it where no page takes it up again. @param {string} seed */
  async setAside(seed) {
    await inStorage(["attempts", "aside"], async (attempts, aside) => {
      const found = await settled(attempts.get(seed));
      if (found) aside.add(found);
      attempts.delete(seed);
    });
  }
}

/** @param {any} found @returns {found is Kept} */
function isKept(found) {
  const { says, ticket, seed, course_digest, expires_at } = found?.standing ?? {};
  const standing = typeof says === "string" ? [says] : [ticket, seed, course_digest, expires_at];
  const texts = [found?.seed, found?.trust, found?.digest, ...standing];
  const whole = texts.every((one) => typeof one === "string") && Number.isFinite(found.moment);
  return whole && ["question", "feedback", "result"].includes(found.at) && areAnswers(found.answers);
}

/** @param {any} answers @returns {answers is Given[]} */
export function areAnswers(answers) {
  /** @param {any} one */
  const isAnswer = (one) => typeof one?.question === "string" && typeof one.chosen === "string";
  return Array.isArray(answers) && answers.every(isAnswer);
}
