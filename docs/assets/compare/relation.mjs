/** Is one policy stricter than another in some cases? The same rules as in handbook/strictness.py. */

/** @typedef {"stricter" | "looser" | "mixed" | "silent" | "same"} Relation */

const STRICTNESS = ["allowed", "advised-against", "allowed-if", "ask-first", "forbidden"];

/** Says whether a verdict can be compared. @param {string} verdict */
export const speaks = (verdict) => STRICTNESS.includes(verdict);

/** By how many steps is the first verdict stricter? 0 where one of them does not speak. @param {string} one @param {string} other */
export function difference(one, other) {
  return speaks(one) && speaks(other) ? STRICTNESS.indexOf(one) - STRICTNESS.indexOf(other) : 0;
}

/**
 * How does the first list of verdicts stand to the second, where both speak?
 *
 * @param {string[]} one
 * @param {string[]} other
 * @returns {Relation}
 */
export function relation(one, other) {
  if (one.every((verdict, place) => verdict === other[place])) return "same";
  const both = one.map((_, place) => place).filter((place) => speaks(one[place]) && speaks(other[place]));
  if (!both.length) return "silent";
  const steps = both.map((place) => difference(one[place], other[place]));
  const stricter = steps.some((step) => step > 0);
  const looser = steps.some((step) => step < 0);
  if (stricter && looser) return "mixed";
  return stricter ? "stricter" : looser ? "looser" : "same";
}

/** The strictest first. @param {string} one @param {string} other */
export const byStrictness = (one, other) => STRICTNESS.indexOf(other) - STRICTNESS.indexOf(one);
