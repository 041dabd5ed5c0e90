/** What do people say instead? The words of all policies, and the lines of the vocabulary, ready to be looked up. */

import { Kin } from "./spelling.mjs";
import { stem, tokens } from "./words.mjs";

/** @typedef {{words: string, small: string[], alike: string[], leads: string[], duties: string[]}} Words of words.json */
/** @typedef {{said: string[], term: string}} Phrase its stems, and the term that stands for it */

/** @param {string} text */
export function stems(text) {
  return tokens(text).map(stem);
}

export class Sayings {
  /** @param {Words} data */
  constructor({ words, small, alike, leads, duties }) {
    /** @type {Map<string, string>} every stem, and a word of which it is the stem; the commonest first */
    this.forms = new Map();
    for (const word of words.split(" ")) if (!this.forms.has(stem(word))) this.forms.set(stem(word), word);
    this.small = new Set(small);
    /** @type {Map<string, string>} */
    this.terms = new Map();
    /** @type {Map<string, Phrase[]>} by the first stem, the longest first */
    this.phrases = new Map();
    /** @type {Map<string, string>} the term of each phrase by all its stems */
    this.whole = new Map();
    for (const [name, ...others] of lines(alike)) this.#learn([name, ...others], stems(name).join(" "));
    /** @type {Map<string, string[]>} by the stems of what leads there: of a line of `alike` its name leads for all, another word for itself */
    this.leads = new Map();
    for (const [name, ...others] of lines(leads)) {
      const said = stems(name);
      this.leads.set(said.join(" "), [...(this.leads.get(said.join(" ")) ?? []), ...others]);
      if (said.length > 1) this.#phrase(said, this.termOf(said));
    }
    for (const [duty, ...others] of lines(duties)) {
      for (const words of others.map(tokens)) this.#phrase(words.map(stem), `duty:${duty}`);
    }
    for (const known of this.phrases.values()) known.sort((one, other) => other.said.length - one.said.length);
    /** @type {Set<string>} all that can be meant by a word with a slip */
    this.known = new Set([...this.forms.keys(), ...this.terms.keys()]);
    /** @type {Kin | undefined} */
    this.kinship = undefined;
  }

  /** All known words by their kinship; only a word that is not known needs it. */
  get kin() {
    return (this.kinship ??= new Kin(this.known));
  }

  /** The term that stands for some stems: that of all that means the same. @param {string[]} said */
  termOf(said) {
    const text = said.join(" ");
    return (said.length === 1 ? this.terms : this.whole).get(text) ?? text;
  }

  /** Every phrase that begins at a place, the longest first. @param {string[]} said @param {number} place */
  phrasesAt(said, place) {
    const known = this.phrases.get(said[place]) ?? [];
    return known.filter((phrase) => phrase.said.every((one, at) => said[place + at] === one));
  }

  /** @param {string[]} words @param {string} term */
  #learn(words, term) {
    for (const said of words.map(stems)) {
      if (said.length > 1) this.#phrase(said, term);
      else if (!this.terms.has(said[0])) this.terms.set(said[0], term);
    }
  }

  /** @param {string[]} said @param {string} term */
  #phrase(said, term) {
    const text = said.join(" ");
    if (this.whole.has(text)) return;
    this.whole.set(text, term);
    const known = this.phrases.get(said[0]);
    if (known) known.push({ said, term });
    else this.phrases.set(said[0], [{ said, term }]);
  }
}

/** @param {string[]} data @returns {string[][]} */
function lines(data) {
  return data.map((line) => line.split("|"));
}
