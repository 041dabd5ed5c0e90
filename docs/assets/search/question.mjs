/** What is asked? A question in people's own words becomes the terms of the index, each with how much it counts. */

import { meant } from "./spelling.mjs";
import { stem, tokens } from "./words.mjs";

/** @typedef {import("./sayings.mjs").Sayings} Sayings */
/** @typedef {{typed: string, weight: number, terms: Map<string, number>}} Asked one thing that is asked, and how well each term fits it */
/** @typedef {{asked: Asked[], unknown: string[], mended: Map<string, string>}} Question with the words nothing is known of, and those whose slips were mended */

const REFERENCE = /^(?=.*\d)[\w]+([./][\w]+)+$|^\d+[a-z]$/;
// Y7, yr 9: how schools write a year group.
const YEAR = /\b[yY](?:[rR]s?)?\s?(\d{1,2})\b/g;
const IN_CAPITALS = /^\W*IT\W*$/;
const COMPUTING = "ict";
const LEADS_TO = 0.35;
// A word within a phrase still counts by itself: "WhatsApp group".
const IN_PHRASE = 0.5;
const PLAIN_IN_PHRASE = 0.2;
// A word that is in a policy by chance, and not of the field, says less of what is meant.
const PLAIN = 0.45;
const BESIDE_OTHERS = 0.15;
const A_REFERENCE = 4;
const BEGINS_WITH = 0.8;
const BEGUN = 3;
const COMPLETIONS = 3;

/** @param {string} query @param {Sayings} sayings @returns {Question} */
export function understood(query, sayings) {
  return new Reader(query, sayings).question;
}

class Reader {
  /** @param {string} query @param {Sayings} sayings */
  constructor(query, sayings) {
    this.sayings = sayings;
    /** @type {Question} */
    this.question = { asked: [], unknown: [], mended: new Map() };
    const parts = query.replace(YEAR, " year $1 ").split(/\s+/);
    for (const part of parts.map((one) => one.toLowerCase()).filter((one) => REFERENCE.test(one))) {
      this.#ask(part, A_REFERENCE, [`ref:${part}`]);
    }
    const words = parts.filter((one) => !REFERENCE.test(one.toLowerCase()));
    this.typed = words.flatMap(tokens);
    // In capitals among other letters it is no small word: "ask IT".
    this.it = words.some((one) => IN_CAPITALS.test(one)) && /[a-z]/.test(query);
    this.said = this.typed.map(stem);
    this.#read();
  }

  #read() {
    /** @type {[string, string][]} */
    const duties = [];
    for (let place = 0; place < this.said.length; ) {
      const found = this.sayings.phrasesAt(this.said, place);
      const length = found[0]?.said.length ?? 1;
      const whole = this.typed.slice(place, place + length);
      for (const { term, said } of found.filter((one) => one.said.length === length)) {
        if (term.startsWith("duty:")) duties.push([whole.join(" "), term]);
        else if (said.length > 1) this.#ask(whole.join(" "), 1, [term], said.join(" "));
      }
      for (const word of whole) this.#word(word, length > 1);
      place += length;
    }
    const alone = !this.question.asked.length && !this.question.unknown.length;
    for (const [words, term] of duties) this.#ask(words, alone ? 1 : BESIDE_OTHERS, [term]);
    if (!this.question.asked.length && !this.question.unknown.length) {
      for (const [at, word] of this.typed.entries()) this.#ask(word, 1, [this.said[at]]);
    }
  }

  /** @param {string} word @param {boolean} inPhrase */
  #word(word, inPhrase) {
    const { known, leads, small, terms } = this.sayings;
    if (word === "it" && this.it && !inPhrase) this.#ask(word, 1, [this.sayings.termOf([stem(COMPUTING)])]);
    if (small.has(word)) return;
    const said = stem(word);
    const term = this.sayings.termOf([said]);
    const ofTheField = terms.has(said) || leads.has(said) || leads.has(term);
    const weight = ofTheField ? (inPhrase ? IN_PHRASE : 1) : inPhrase ? PLAIN_IN_PHRASE : PLAIN;
    if (known.has(said) || ofTheField || /\d/.test(word)) this.#ask(word, weight, [term], said);
    else if (!inPhrase) this.#guess(word, said);
  }

  /** A word we do not have: it may be one with a slip in it, or the beginning of one. @param {string} word @param {string} said */
  #guess(word, said) {
    const { forms, known, ordinary } = this.sayings;
    if (ordinary.has(word)) {
      this.question.unknown.push(word);
      return;
    }
    const longer = [...forms.entries()].filter(([, form]) => word.length >= BEGUN && form.startsWith(word));
    if (longer.length) {
      const terms = longer.slice(0, COMPLETIONS).map(([one]) => this.sayings.termOf([one]));
      this.#ask(word, BEGINS_WITH, terms);
      return;
    }
    const right = this.sayings.kin.ofTheRoot(said) ?? meant(said, known) ?? this.sayings.kin.ofTheSound(said);
    const found = right === undefined ? this.sayings.kin.halves(word) : [right];
    if (!found) {
      this.question.unknown.push(word);
      return;
    }
    this.question.mended.set(word, found.map((one) => forms.get(one) ?? one).join(" "));
    for (const one of found) this.#ask(word, 1, [this.sayings.termOf([one])], one);
  }

  /** @param {string} typed @param {number} weight @param {string[]} terms @param {string} [said] its stems */
  #ask(typed, weight, terms, said) {
    const same = this.question.asked.find((one) => one.terms.get(terms[0]) === 1);
    if (same) {
      same.weight = Math.max(same.weight, weight);
      return;
    }
    const fits = new Map(terms.map((term) => [term, 1]));
    for (const one of new Set([...(said ? [said] : []), ...terms])) {
      for (const other of this.sayings.leads.get(one) ?? []) this.#lead(other, fits);
    }
    this.question.asked.push({ typed, weight, terms: fits });
  }

  /** @param {string} text @param {Map<string, number>} fits */
  #lead(text, fits) {
    const words = tokens(text);
    const whole = words.length > 1 ? this.sayings.phrasesAt(words.map(stem), 0).find((one) => one.said.length === words.length) : undefined;
    const terms = whole ? [whole.term] : words.filter((one) => !this.sayings.small.has(one)).map((one) => this.sayings.termOf([stem(one)]));
    for (const term of terms) if (!fits.has(term)) fits.set(term, LEADS_TO / Math.sqrt(terms.length));
  }
}
