/** What do people say instead? The words of all policies, and the lines of the vocabulary, ready to be looked up. */

import { Kin } from "./spelling.mjs";
import { stem, tokens } from "./words.mjs";

/** @typedef {{words: string, small: string[], ordinary: string, alike: string[], swaps: string[], leads: string[], duties: string[]}} Words of words.json */
/** @typedef {{said: string[], term: string}} Phrase its stems, and the term that stands for it */

/** @param {string} text */
export function stems(text) {
  return tokens(text).map(stem);
}

export class Sayings {
  /** @param {Words} data */
  constructor({ words, small, ordinary, alike, swaps, leads, duties }) {
    /** @type {Map<string, string>} every stem, and a word of which it is the stem; the commonest first */
    this.forms = new Map();
    for (const word of words.split(" ")) if (!this.forms.has(stem(word))) this.forms.set(stem(word), word);
    this.small = new Set(small);
    /** Words that are right as they stand, though nothing is known of them. */
    this.ordinary = new Set(ordinary.split(" "));
    /** @type {Map<string, string>} */
    this.terms = new Map();
    /** @type {Map<string, Phrase[]>} by what the first word is within a phrase, the longest first */
    this.phrases = new Map();
    /** @type {Map<string, string>} the term of each phrase by all its words */
    this.whole = new Map();
    /** @type {Map<string, string>} by its term, what a word is within a phrase: "text a kid" is "message a pupil" */
    this.swaps = new Map();
    for (const [name, ...others] of lines(swaps)) for (const one of others) this.swaps.set(stems(one).join(" "), stems(name).join(" "));
    const said = lines(alike).map(lengthened).flatMap(([name, ...others]) => [name, ...others].map((one) => ({ said: stems(one), term: stems(name).join(" ") })));
    for (const { said: [word, ...more], term } of said) if (!more.length && !this.terms.has(word)) this.terms.set(word, term);
    for (const one of said) if (one.said.length > 1) this.#learn(one);
    /** @type {Map<string, string[]>} by the stems of what leads there: of a line of `alike` its name leads for all, another word for itself */
    this.leads = new Map();
    for (const [name, ...others] of lines(leads)) {
      const said = stems(name);
      this.leads.set(said.join(" "), [...(this.leads.get(said.join(" ")) ?? []), ...others]);
      if (said.length > 1) this.#learn({ said, term: this.termOf(said) });
    }
    for (const [duty, ...others] of lines(duties)) {
      for (const words of others) this.#learn({ said: stems(words), term: `duty:${duty}` });
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
    const term = said.length === 1 ? this.terms.get(said[0]) : this.whole.get(this.#swapped(said).join(" "));
    return term ?? said.join(" ");
  }

  /** Every phrase that begins at a place, the longest first. @param {string[]} said @param {number} place */
  phrasesAt(said, place) {
    const from = this.#swapped(said.slice(place));
    const known = this.phrases.get(from[0]) ?? [];
    return known.filter((phrase) => this.#swapped(phrase.said).every((one, at) => from[at] === one));
  }

  /** @param {string[]} said */
  #swapped(said) {
    return said.map((one) => this.swaps.get(this.terms.get(one) ?? one) ?? one);
  }

  /** @param {Phrase} phrase */
  #learn(phrase) {
    const swapped = this.#swapped(phrase.said);
    const text = swapped.join(" ");
    if (this.whole.has(text)) return;
    this.whole.set(text, phrase.term);
    const known = this.phrases.get(swapped[0]);
    if (known) known.push(phrase);
    else this.phrases.set(swapped[0], [phrase]);
  }
}

/** Gives what begins like the one before its first words back: "out of bed", "=2 hours". @param {string[]} line */
function lengthened(line) {
  /** @type {string[]} */
  let before = [];
  return line.map((text) => {
    const [first, ...others] = text.split(" ");
    before = first.startsWith("=") ? [...before.slice(0, Number(first.slice(1))), ...others] : [first, ...others];
    return before.join(" ");
  });
}

/** @param {string[]} data @returns {string[][]} */
function lines(data) {
  return data.map((line) => line.split("|"));
}
