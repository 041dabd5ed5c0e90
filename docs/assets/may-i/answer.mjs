/** What can be said already? The answer of `quiz.engine.consult`, and its parts by name. */

/** @import { Engine } from "../training/engine-client.mjs" */
/** @import { Provision } from "../training/quiz.mjs" */

/** @typedef {boolean | number | string | string[]} FactValue */
/** @typedef {Record<string, FactValue>} Facts */
/** @typedef {Record<string, string[]>} Asks facts by name, of a set its members, else [] */
/** @typedef {{verdict: string, assumed: Facts, advice: {to: string} | null}} Ruling */
/**
 * @typedef {{headline: string, says: string[], further: string[], deciding: Provision | null,
 *   provisions: Provision[], note: string | null}} Words
 */
/**
 * @typedef {{asks: Asks, open: string[], settled: boolean, ruling: Ruling, in_short: string, conditions: string[],
 *   explained: Words}} Answer
 */

/**
 * @param {Engine} engine
 * @param {string} positions a trust's, as JSON text
 * @param {string} decision
 * @param {Facts} given
 * @returns {Promise<Answer>}
 */
export async function consult(engine, positions, decision, given) {
  return JSON.parse(await engine.call("consult", positions, decision, JSON.stringify(given)));
}
