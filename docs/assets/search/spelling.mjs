/** Which word did somebody mean? The nearest one we have, by slips of the keyboard. */

import { stem } from "./words.mjs";

// Shorter words are too near to one another to guess.
const SHORTEST = 4;
const MIDDLING = 6;
const LONG = 8;
// People rarely get the first letter wrong.
const FIRST_LETTER = 0.5;
const PIECES_ALIKE = 0.34;
// What is left of a word without its ending, or of each half of two words in one, still has to say something.
const ROOT = 4;
const HALF = 4;
const ENDINGS = /(ation|ition|ion|iti|ment|abl|ibl|ator|er|or|al|nes|ful|ism|ist|ous|anc|enc|ent|ant|iv|i)$/;
// As people write what they hear: copywrite, fone, privasy.
/** @type {[RegExp, string][]} */
const SOUNDS = [
  [/^kn/, "n"], [/wr/g, "r"], [/ph/g, "f"], [/gh(?=t|$)/g, ""], [/sch/g, "sk"], [/tch/g, "ch"], [/dg(?=[eiy])/g, "j"],
  [/ch/g, "C"], [/sh/g, "S"], [/th/g, "T"], [/ck/g, "k"], [/c(?=[eiy])/g, "s"], [/c/g, "k"], [/qu?/g, "k"], [/x/g, "ks"], [/z/g, "s"],
  [/^[aeiouy]/, "A"], [/(?!^)[aeiouyhw]/g, ""], [/(.)\1+/g, "$1"],
];
// A few sounds, or letters, are too many words'.
const SOUNDS_ENOUGH = 3;
const HEARD = 5;
// How many letters of a word that sounds the same may be others: one in three.
const ANOTHER = 3;

/**
 * How many slips apart two words are: a letter more, less, other, or two in the wrong order.
 *
 * @param {string} one @param {string} other @param {number} most more are not counted out
 */
function slips(one, other, most) {
  /** @type {number[][]} */
  const rows = [Array.from({ length: other.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + Number(!same));
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    rows.push(row);
  }
  return rows[one.length][other.length];
}

/**
 * The word that was meant, or undefined where none is near enough.
 *
 * @param {string} wrong
 * @param {Iterable<string>} words the commonest first
 */
export function meant(wrong, words) {
  if (wrong.length < SHORTEST) return undefined;
  const most = wrong.length < LONG ? 1 : 2;
  /** @type {string | undefined} */
  let best;
  let fewest = Infinity;
  for (const word of words) {
    if (Math.abs(word.length - wrong.length) > most || word.length < SHORTEST - 1) continue;
    if (wrong.length < MIDDLING && anotherLetter(wrong, word)) continue;
    const apart = slips(wrong, word, most) + (word[0] === wrong[0] ? 0 : FIRST_LETTER);
    if (apart <= most && apart < fewest) [best, fewest] = [word, apart];
  }
  return best;
}

/** Whether two words differ in one letter alone: short ones are then mostly two words, as "form" and "farm". @param {string} one @param {string} other */
function anotherLetter(one, other) {
  return one.length === other.length && [...one].filter((letter, place) => letter !== other[place]).length === 1;
}

/** Known words by what they share with others, made when a word is first not known. */
export class Kin {
  /** @param {Iterable<string>} words stems, the commonest first */
  constructor(words) {
    this.words = new Set(words);
    /** @type {Map<string, string>} */
    this.byRoot = new Map();
    for (const word of this.words) {
      const rooted = root(word);
      if (!this.byRoot.has(rooted)) this.byRoot.set(rooted, word);
    }
  }

  /** A word of the same root: anonymity, for anonymous. @param {string} word @returns {string | undefined} */
  ofTheRoot(word) {
    const rooted = root(word);
    return rooted.length < ROOT ? undefined : this.byRoot.get(rooted);
  }

  /** The word that sounds the same, the likest of several. @param {string} word @returns {string | undefined} */
  ofTheSound(word) {
    const heard = sound(word);
    if (word.length < HEARD || heard.length < SOUNDS_ENOUGH) return undefined;
    const most = Math.floor((word.length + 1) / ANOTHER);
    const near = [...this.words].filter((one) => Math.abs(one.length - word.length) <= most && sound(one) === heard);
    const apart = near.map((one) => ({ one, slips: slips(word, one, most) }));
    return apart.filter((one) => one.slips <= most).sort((one, other) => one.slips - other.slips)[0]?.one;
  }

  /** Two words that were written as one. @param {string} word @returns {[string, string] | undefined} */
  halves(word) {
    for (let at = word.length - HALF; at >= HALF; at--) {
      const [one, other] = [stem(word.slice(0, at)), stem(word.slice(at))];
      if (this.words.has(one) && this.words.has(other)) return [one, other];
    }
    return undefined;
  }
}

/** @param {string} said a stem */
function root(said) {
  const bare = said.replace(ENDINGS, "");
  return bare.length < ROOT ? said : bare;
}

/** @param {string} word */
function sound(word) {
  return SOUNDS.reduce((text, [from, to]) => text.replace(from, to), word);
}

/** Words that share enough letters to be worth offering, the nearest first. @param {string} wrong @param {Iterable<string>} words @param {number} most */
export function near(wrong, words, most) {
  const asked = pairs(wrong);
  const scored = [...words].map((word) => ({ word, alike: shared(asked, pairs(word)) }));
  const found = scored.filter(({ word, alike }) => alike >= PIECES_ALIKE && word.length >= SHORTEST);
  return found.sort((one, other) => other.alike - one.alike).slice(0, most).map(({ word }) => word);
}

/** @param {string} word */
function pairs(word) {
  return new Set(Array.from(word.slice(1), (letter, place) => word[place] + letter));
}

/** @param {Set<string>} one @param {Set<string>} other */
function shared(one, other) {
  const both = [...one].filter((pair) => other.has(pair)).length;
  return (2 * both) / (one.size + other.size || 1);
}
