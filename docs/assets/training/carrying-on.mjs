/** Which attempt is carried on? One kept in this browser that is the reader's own, of this course, and may still count. */

import { attemptAt } from "./attempt.mjs";
import { courseAt, digestOf } from "./course.mjs";

/** @import { Attempt } from "./attempt.mjs" */
/** @import { Kept, KeptAttempts, Stage } from "./kept-attempts.mjs" */
/** @import { Check, Register } from "./register.mjs" */

/** @typedef {{attempt: Attempt, at: Stage, check: Check | "practice"}} CarriedOn */
/** @typedef {{kept: Kept, check: Check | "practice"}} Candidate */

export const UNREADABLE = "The attempt saved in this browser cannot be read. It is set aside: begin again.";
const FOREIGN =
  "Somebody else has begun this training in this browser. Their answers are kept. To carry on, they sign in here. " +
  "What you answer now is yours.";
const PRACTICE = { says: "You began this as practice, so it is not recorded. Start again, and it is." };
/** @type {Partial<Record<Check | "practice", string>>} */
const ASIDE = {
  expired: "Too much time has passed since you began. Your answers are set aside: begin again with new questions.",
  changed: "The training has changed since you began. Your answers are set aside: begin again.",
  used: "The training you began is recorded already. To take it again, begin again.",
};

/**
 * The attempt to carry on, and what to say of those that are not. Throws CourseMissing and StorageDenied.
 *
 * @param {KeptAttempts} attempts
 * @param {Kept[]} all of them, the newest first
 * @param {Register} register
 * @param {string} address of the course
 * @returns {Promise<{carried: CarriedOn | null, says: string[], foreign: boolean}>} `foreign` where one is somebody else's
 */
export async function carriedOn(attempts, all, register, address) {
  const course = await courseAt(address, "no-cache");
  const digest = digestOf(course);
  const says = new Set();
  let foreign = false;
  /** @type {Candidate[]} */
  const candidates = [];
  for (const kept of all) {
    const check = await checked(kept, register, digest);
    if (check in ASIDE) {
      if (kept.answers.length) says.add(ASIDE[check]);
      await attempts.setAside(kept.seed);
    } else if (check === "foreign") {
      foreign = true;
      if (kept.answers.length && kept.at !== "result") says.add(FOREIGN);
    } else if (kept.answers.length || check !== "signed-out") candidates.push({ kept, check });
  }
  const chosen = candidates.sort((one, other) => rank(one) - rank(other))[0];
  if (!chosen) return { carried: null, says: [...says], foreign };
  const { seed, trust, answers, at } = chosen.kept;
  const practice = chosen.check === "practice" && ((await register.practice(trust)) ?? PRACTICE);
  const attempt = attemptAt(course, seed, practice || chosen.kept.standing, answers);
  return { carried: { attempt, at, check: chosen.check }, says: [...says], foreign };
}

/** @param {Kept} kept @param {Register} register @param {string} digest @returns {Promise<Check | "practice">} */
async function checked({ standing, digest: begunWith, at }, register, digest) {
  const check = "ticket" in standing ? await register.check(standing) : "practice";
  // The register has it, and its answer was lost on the way: sent again, it is given again.
  if (check === "used" && at === "result") return "stands";
  return check !== "foreign" && check !== "used" && begunWith !== digest ? "changed" : check;
}

/** What is known to be the reader's own comes first, what holds no answer yet last. @param {Candidate} candidate */
function rank({ kept, check }) {
  if (!kept.answers.length) return 2;
  return check === "stands" ? 0 : 1;
}
