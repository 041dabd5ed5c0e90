/** Which words are in a text, and which of them are one word? The same as handbook/search/words.py, which made the index. */

const WORD = /[\p{L}\p{N}]+/gu;
const LETTERS = /^\p{L}+$/u;
const APOSTROPHE = /['’`]/g;
// A letter before a hyphen belongs to the word behind it: e-mail, e-safety.
const LETTER_AND_HYPHEN = /(?<![\p{L}\p{N}_])(\p{L})[-‐‑](?=\p{L})/gu;
// Year 9s, the under-13s.
const NUMBERS = /^[0-9]+s$/;
const SHORT = 3;
// What stays of a word without "ly": reply and bully end in it, and are whole.
const WITHOUT_LY = 4;
/** @type {[ending: string, shortest: number][]} */
const ENDINGS = [["ing", SHORT], ["ed", SHORT], ["ly", WITHOUT_LY]];
// They look like forms of other words, and are none.
const WHOLE = new Set(["evening", "mate", "news", "outing"]);

/** The words of a text in small letters, without apostrophes. @param {string} text @returns {string[]} */
export function tokens(text) {
  return text.toLowerCase().replace(APOSTROPHE, "").replace(LETTER_AND_HYPHEN, "$1").match(WORD) ?? [];
}

/** @type {Map<string, string>} */
const stemmed = new Map();

/** What all forms of a word have in common: post for posts, posted and posting. @param {string} word @returns {string} */
export function stem(word) {
  const known = stemmed.get(word);
  if (known !== undefined) return known;
  const found = withoutForm(word);
  stemmed.set(word, found);
  return found;
}

/** @param {string} word */
function withoutForm(word) {
  if (WHOLE.has(word)) return word;
  if (NUMBERS.test(word)) return word.slice(0, -1);
  const plain = LETTERS.test(word);
  if (word.length <= SHORT || !plain) return plain && /^.[^s]s$/.test(word) ? word.slice(0, -1) : word;
  const one = singular(word);
  return WHOLE.has(one) ? one : bare(withoutTense(one));
}

/** @param {string} word */
function singular(word) {
  if (word.endsWith("ies") && word.length > SHORT + 1) return `${word.slice(0, -3)}y`;
  if (/(sses|shes|ches|xes|zes)$/.test(word)) return word.slice(0, -2);
  return /(ss|us|is)$/.test(word) || !word.endsWith("s") ? word : word.slice(0, -1);
}

/** @param {string} word */
function withoutTense(word) {
  for (const [ending, shortest] of ENDINGS) {
    const rest = word.slice(0, -ending.length);
    if (word.endsWith(ending) && rest.length >= shortest && /[aeiouy]/.test(rest)) {
      return rest.replace(/([bdgmnprt])\1$/, "$1");
    }
  }
  return word;
}

/** @param {string} word */
function bare(word) {
  if (word.endsWith("e") && word.length > SHORT) return word.slice(0, -1);
  return word.endsWith("y") && word.length > SHORT ? `${word.slice(0, -1)}i` : word;
}
