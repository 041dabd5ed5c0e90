/** Which trusts are there, and what does each one's policy decide? */

/** @typedef {{id: string, name: string, short: string, policy: string, positions: string}} Trust */
/** @typedef {{text: string, matters: Record<string, import("./answer.mjs").Asks>, roles: Record<string, string>}} Positions */

/** Something the page needs did not arrive. */
export class NotArrived extends Error {}

/** The trusts of the handbook; what each of them decides is fetched once. */
export class Trusts {
  /** @type {Map<string, Promise<Positions>>} */
  #positions = new Map();

  /** @param {string} address where the list of trusts lies */
  constructor(address) {
    /** @type {Promise<Trust[]>} */
    this.all = textAt(address).then((text) => JSON.parse(text));
    this.all.catch(() => {}); // Told to whoever asks.
  }

  /** @param {Trust} trust @returns {Promise<Positions>} */
  positions(trust) {
    const known = this.#positions.get(trust.id) ?? textAt(trust.positions).then(read);
    this.#positions.set(trust.id, known);
    known.catch(() => this.#positions.delete(trust.id));
    return known;
  }
}

/** @param {string} text @returns {Positions} */
function read(text) {
  const { matters, roles } = JSON.parse(text);
  return { text, matters, roles };
}

/** @param {string} address @returns {Promise<string>} */
async function textAt(address) {
  try {
    const response = await fetch(address);
    if (response.ok) return await response.text();
  } catch {
    // The same to the reader as an answer that is none.
  }
  throw new NotArrived();
}
