/** Has somebody begun a trust's training in this browser? Looked up, and nothing of it changed. */

import { areAnswers } from "../training/kept-attempts.mjs";
import { inStorage, settled } from "../training/storage.mjs";

/**
 * How many answers the newest attempt holds, or that it is finished; 0 if there is none.
 *
 * @param {string} trust
 * @returns {Promise<number | "finished">}
 */
export async function begunAt(trust) {
  try {
    const all = await inStorage(["attempts"], async (attempts) => settled(attempts.getAll()));
    const own = all.filter((one) => one?.trust === trust && areAnswers(one.answers));
    const [newest] = own.sort((one, other) => other.moment - one.moment);
    if (!newest) return 0;
    return newest.at === "result" ? "finished" : newest.answers.length;
  } catch {
    return 0; // A browser that keeps nothing.
  }
}
