/** What does the quiz ask, explain and find? The answer of `quiz.engine.play`, and its parts by name. */

/** @import { Engine } from "./engine-client.mjs" */

/** @typedef {{key: string, text: string}} Option */
/** @typedef {{id: string, story: string, asks: string, options: Option[], again: boolean}} Question */
/** @typedef {{ref: string, duty: string, label: string, text: string, clause: string, url: string}} Provision */
/**
 * @typedef {{question: string, right: boolean, chosen: string, right_option: string, headline: string, says: string[],
 *   deciding: Provision | null, further: string[], provisions: Provision[], note: string | null}} Explanation
 */
/** @typedef {{id: string, title: string, url: string}} Section what the trust asks to read */
/** @typedef {{label: string, right: number, of: number, url: string}} Topic */
/** @typedef {{passed: boolean, score: number, pass_mark: number, topics: Topic[], reread: Provision[]}} Result */
/**
 * @typedef {{asked: number, total: number, question: Question | null, feedback: Explanation | null,
 *   similar: Question | null, result: Result | null}} State what the engine says after some answers; `similar` is for
 *   practice after a mistake
 */
/** @typedef {{feedback: Explanation | null, similar: Question | null}} Practised what it says after some practice */
/** @typedef {{question: string, chosen: string}} Given */

/**
 * @param {Engine} engine
 * @param {string} course as JSON text
 * @param {string} seed draws the questions
 * @param {Given[]} answers in the order asked
 * @returns {Promise<State>}
 */
export async function play(engine, course, seed, answers) {
  return JSON.parse(await engine.call("play", course, seed, JSON.stringify(answers)));
}

/**
 * @param {Engine} engine
 * @param {{course: string, seed: string, answers: Given[]}} attempt whose last answer is a mistake
 * @param {Given[]} tried the answers to similar questions since
 * @returns {Promise<Practised>}
 */
export async function another(engine, { course, seed, answers }, tried) {
  return JSON.parse(await engine.call("another", course, seed, JSON.stringify(answers), JSON.stringify(tried)));
}
