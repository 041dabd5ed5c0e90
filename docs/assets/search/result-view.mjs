/** How is a clause shown among the results? Its title leads to it; the provisions that answer stand below, with their duty. */

import { element } from "./elements.mjs";

/** @typedef {import("./index.mjs").Clause} Clause */
/** @typedef {import("./index.mjs").Hit} Hit */
/** @typedef {(word: string) => boolean} Marks tells the words to mark */

const COLOURED = /^((must|should)(-not)?|may)$/;
const MOST_PROVISIONS = 3;
const LONG = 240;
const WORD = /[\p{L}\p{N}'’]+/gu;

/**
 * @param {Hit} hit @param {Clause} clause
 * @param {Marks} marks @param {Map<string, string>} duties what each is called
 * @param {boolean} own whether it is the reader's trust @param {string} [duty] the only one that is asked for
 */
export function resultRow(hit, clause, marks, duties, own, duty) {
  const link = document.createElement("a");
  link.href = `/handbook/${hit.trust}/#${clause.ref}`;
  link.textContent = clause.title;
  const trust = own ? element("strong", "", `${hit.name}, your trust`) : hit.name;
  const provisions = shown(hit.places, clause, duty).map((one) => provision(...one, marks, duties));
  return element(
    "li",
    "",
    element("h2", "", link),
    element("p", "muted", trust, ` · ${clause.ref} · ${clause.topic}`),
    element("ul", "found-provisions", ...provisions),
  );
}

/** The provisions that fit best, in the order of the document. @param {number[]} places @param {Clause} clause @param {string} [duty] */
function shown(places, { provisions }, duty) {
  const all = places.length ? places : [...provisions.keys()];
  const wanted = all.filter((place) => !duty || provisions[place]?.[1] === duty);
  const best = (wanted.length ? wanted : all).slice(0, MOST_PROVISIONS);
  return best.sort((one, other) => one - other).flatMap((place) => provisions.slice(place, place + 1));
}

/** @param {string} ref @param {string} duty @param {string} text @param {Marks} marks @param {Map<string, string>} duties */
function provision(ref, duty, text, marks, duties) {
  const look = COLOURED.test(duty) ? duty : "plain";
  const badge = element("span", `badge badge-${look}`, duties.get(duty) ?? duty);
  return element("li", "", badge, " ", ...marked(excerpt(text, marks), marks), " ", element("span", "muted number", ref));
}

/** A long text from its first sentence with a word that was asked for. @param {string} text @param {Marks} marks */
function excerpt(text, marks) {
  if (text.length <= LONG) return text;
  const first = [...text.matchAll(WORD)].find(([word]) => marks(word))?.index ?? 0;
  const start = first > LONG / 2 ? text.lastIndexOf(". ", first) + 1 : 0;
  const end = text.length > start + LONG ? text.lastIndexOf(" ", start + LONG) : text.length;
  return `${start ? "… " : ""}${text.slice(start, end).trim()}${end < text.length ? " …" : ""}`;
}

/** @param {string} text @param {Marks} marks @returns {(Node | string)[]} */
function marked(text, marks) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(WORD)) {
    if (!marks(match[0])) continue;
    parts.push(text.slice(done, match.index), element("mark", "", match[0]));
    done = match.index + match[0].length;
  }
  return [...parts, text.slice(done)];
}
