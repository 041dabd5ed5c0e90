/** How do other trusts answer the same question? Told in one line, if it is known and they differ. */

/** @typedef {[headline: string, trusts: number, named: string[]]} Answer */
/** @typedef {{trusts: Record<string, string>, variants: Record<string, Answer[]>}} Answers of one scenario */

const MOST_NAMED = 5;
const AND = new Intl.ListFormat("en-GB", { type: "conjunction" });

export class Elsewhere {
  /** @type {Map<string, Promise<Answers | null>>} */
  #scenarios = new Map();

  /** @param {string} address of the folder with a file for each scenario @param {string} trust the reader's own */
  constructor(address, trust) {
    this.address = address;
    this.trust = trust;
  }

  /**
   * The line on a question, empty where there is nothing to tell.
   *
   * @param {string} question its id
   * @param {string} own how the reader's own trust answers
   * @returns {Promise<string>}
   */
  async line(question, own) {
    const answers = await this.#answers(question.split("/")[0] ?? "");
    const parts = answers?.variants[question]?.flatMap((answer) => this.#part(answer, own, answers.trusts)) ?? [];
    return parts.length ? `At other trusts: ${parts.join(" · ")}` : "";
  }

  /** @param {string} scenario */
  #answers(scenario) {
    const known = this.#scenarios.get(scenario) ?? fetched(`${this.address}${scenario}.json`);
    this.#scenarios.set(scenario, known);
    return known;
  }

  /** @param {Answer} answer @param {string} own @param {Record<string, string>} names @returns {string[]} */
  #part([headline, trusts, named], own, names) {
    const others = trusts - (headline === own ? 1 : 0);
    const shown = named.filter((one) => one !== this.trust).slice(0, MOST_NAMED);
    const more = others - shown.length;
    const who = shown.map((one) => names[one] ?? one);
    return others > 0 ? [`${headline} (${AND.format(more > 0 ? [...who, `${more} more`] : who)})`] : [];
  }
}

/** @param {string} address @returns {Promise<Answers | null>} */
async function fetched(address) {
  try {
    const response = await fetch(address);
    return response.ok ? await response.json() : null;
  } catch {
    return null; // It is an extra: nobody is told that it is missing.
  }
}
