/** What do people say instead? The words of all policies, and the lines of the vocabulary, ready to be looked up. */

import { Kin } from "./spelling.mjs";
import { stem, tokens } from "./words.mjs";

/** @typedef {{words: string, small: string[], ordinary: string, alike: string[], swaps: string[], leads: string[], duties: string[]}} Words of words.json */
/** @typedef {{said: string[], swapped: string[], term: string}} Phrase its stems, what they are within a phrase, and the term that stands for it */
/** @typedef {{text: string, term: string}} Told a phrase as it is written, and the term that stands for it */

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
    /** @type {Map<string, Told[]>} those that have not been taken apart, by the same: few of them are ever asked for */
    this.told = new Map();
    /** @type {Map<string, string>} the same by the first word, which many phrases have in common */
    this.firsts = new Map();
    /** @type {Map<string, string>} by its term, what a word is within a phrase: "text a kid" is "message a pupil" */
    this.swaps = new Map();
    for (const [name, ...others] of lines(swaps)) for (const one of others) this.swaps.set(stems(one).join(" "), stems(name).join(" "));
    /** @type {Told[]} */
    const told = [];
    for (const words of lines(alike).map(lengthened)) {
      const term = stems(words[0]).join(" ");
      for (const text of words) {
        const said = text.includes(" ") ? [] : stems(text);
        if (said.length !== 1) told.push({ text, term });
        else if (!this.terms.has(said[0])) this.terms.set(said[0], term);
      }
    }
    for (const one of told) this.#tell(one);
    /** @type {Map<string, string[]>} by the stems of what leads there: of a line of `alike` its name leads for all, another word for itself */
    this.leads = new Map();
    for (const [name, ...others] of lines(leads)) {
      const said = stems(name);
      this.leads.set(said.join(" "), [...(this.leads.get(said.join(" ")) ?? []), ...others]);
      if (said.length > 1) this.#tell({ text: name, term: said.join(" ") });
    }
    for (const [duty, ...others] of lines(duties)) {
      for (const words of others) this.#tell({ text: words, term: `duty:${duty}` });
    }
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
    const whole = said.length === 1 ? undefined : this.phrasesAt(said, 0).find((one) => one.said.length === said.length);
    return whole?.term ?? this.terms.get(said.join(" ")) ?? said.join(" ");
  }

  /** Every phrase that begins at a place, the longest first. @param {string[]} said @param {number} place */
  phrasesAt(said, place) {
    const known = this.#beginning(this.#swapped(said[place]));
    return known.filter(({ swapped }) => swapped.every((one, at) => place + at < said.length && this.#swapped(said[place + at]) === one));
  }

  /** @param {string} one a stem */
  #swapped(one) {
    return this.swaps.get(this.terms.get(one) ?? one) ?? one;
  }

  /** @param {Told} one */
  #tell(one) {
    const word = one.text.split(" ", 1)[0];
    let first = this.firsts.get(word);
    if (first === undefined) this.firsts.set(word, (first = this.#swapped(stems(word)[0])));
    const told = this.told.get(first);
    if (told) told.push(one);
    else this.told.set(first, [one]);
  }

  /** The phrases that begin with a word; of two that are the same the one that was told first. @param {string} first */
  #beginning(first) {
    const known = this.phrases.get(first);
    if (known) return known;
    /** @type {Map<string, Phrase>} */
    const found = new Map();
    for (const { text, term } of this.told.get(first) ?? []) {
      const said = stems(text);
      const swapped = said.map((one) => this.#swapped(one));
      if (!found.has(swapped.join(" "))) found.set(swapped.join(" "), { said, swapped, term });
    }
    const phrases = [...found.values()].sort((one, other) => other.said.length - one.said.length);
    this.phrases.set(first, phrases);
    return phrases;
  }
}

/** Gives what begins like the one before its first words back: "out of bed", "=2 hours". @param {string[]} line */
function lengthened(line) {
  let before = "";
  return line.map((text) => {
    if (!text.startsWith("=")) return (before = text);
    const own = text.indexOf(" ");
    let end = -1;
    for (let words = Number(text.slice(1, own)); words > 0; words--) end = before.indexOf(" ", end + 1);
    return (before = (end < 0 ? before : before.slice(0, end)) + text.slice(own));
  });
}

/** @param {string[]} data @returns {string[][]} */
function lines(data) {
  return data.map((line) => line.split("|"));
}
