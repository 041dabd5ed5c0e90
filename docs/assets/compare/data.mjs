/** What do the trusts answer? The cases once, and a file for each trust that is compared. */

/** @typedef {[string, string[]]} Answer verdict, and the refs it rests on */
/** @typedef {{says: string[], told: number, query: string}} Case */
/** @typedef {{id: string, asks: string, url: string, words: Record<string, [string, string]>, cases: Case[]}} Question */
/** @typedef {{id: string, label: string, url: string, cases: [string, number][]}} Topic */
/** @typedef {{questions: Question[], topics: Topic[], duties: Record<string, [string, string]>}} Cases */
/** @typedef {{ref: string, duty: string, topic: string, text: string}} Provision */
/**
 * @typedef {{trust: string, short: string, policy: string, answers: Record<string, Answer[]>,
 *   provisions: Provision[]}} Policy
 */
/** @typedef {{id: string, name: string, short: string, policy: string}} Trust */

/** The trusts, the cases and what each trust answers; all of it is fetched once. */
export class Data {
  /** @type {Map<string, Promise<Policy>>} */
  #policies = new Map();

  /** @param {HTMLElement} root */
  constructor(root) {
    /** @type {Promise<Trust[]>} */
    this.trusts = read(root.dataset.trusts ?? "");
    /** @type {Promise<Cases>} */
    this.cases = read(root.dataset.cases ?? "");
    this.trusts.catch(() => {}); // Told to whoever asks.
    this.cases.catch(() => {});
  }

  /** @param {Trust} trust @returns {Promise<Policy>} */
  policy(trust) {
    const known = this.#policies.get(trust.id) ?? read(`${trust.policy}answers.json`);
    this.#policies.set(trust.id, known);
    known.catch(() => this.#policies.delete(trust.id));
    return known;
  }
}

/** @param {string} address */
async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} did not arrive`);
  return response.json();
}
