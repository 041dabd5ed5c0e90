/** Where is what was asked? Reads the index that handbook/search/files.py wrote: only the pieces a question needs. */

import { Names } from "./named.mjs";
import { understood } from "./question.mjs";
import { scored } from "./ranking.mjs";
import { Sayings } from "./sayings.mjs";

/** @typedef {import("./question.mjs").Question} Question */
/** @typedef {import("./ranking.mjs").Postings} Postings */
/** @typedef {[id: string, name: string, clauses: number]} Contents of a volume, one trust after the other */
/** @typedef {{pieces: number, trusts: Contents[]}} Volume */
/**
 * @typedef {import("./sayings.mjs").Words & {version: string, together: number, volumes: Volume[]}} Whole of words.json
 */
/** @typedef {{ref: string, title: string, topic: string, provisions: [ref: string, duty: string, text: string][]}} Clause */
/** @typedef {{trust: string, name: string, number: number, score: number, places: number[]}} Hit a clause by its place in its trust */
/** @typedef {{trust?: string, topic?: string, duty?: string}} Filters */
/** @typedef {(term: string) => string} FileOf where the postings of a term are */
/** @typedef {{question: Question, hits: Hit[], counts: Record<string, number>, left: number[], only?: string}} Found with the number of clauses by trust, the volumes that were not looked at, and the one trust that could be searched */

const FOLDER = "/handbook/search/";
// What is further behind the best of its trust, or of all, is left out.
const OF_THE_TRUSTS_BEST = 0.2;
const OF_THE_BEST = 0.1;
// One's own trust comes first with what is not further behind the best of all.
const OWN_FIRST = 0.1;
// How far each further clause of a trust stands back.
const AGAIN = 0.15;
const SPEAKING = 4;

export class Index {
  /** @param {(address: string) => Promise<any>} read gives the JSON at an address */
  constructor(read) {
    this.read = read;
    /** @type {Map<string, Promise<any>>} */
    this.kept = new Map();
  }

  /** @returns {Promise<Whole & {sayings: Sayings, names: Names}>} */
  whole() {
    return this.#once("words", async () => {
      const words = await this.read(`${FOLDER}words.json`);
      const names = words.volumes.flatMap((/** @type {Volume} */ { trusts }) => trusts.map(([id, name]) => [id, name]));
      return { ...words, sayings: new Sayings(words), names: new Names(names) };
    });
  }

  /**
   * The clauses that answer a question, those of the trust it names or else of one's own first.
   *
   * @param {string} query @param {Filters} filters @param {string | null} mine @param {number[]} [which] volumes to look at
   * @returns {Promise<Found>}
   */
  async find(query, filters, mine, which) {
    const { volumes, sayings, names } = await this.whole();
    const { ids, rest } = names.in(query);
    const question = understood(rest, sayings);
    const own = ids.length ? ids : mine ? [mine] : [];
    const nearest = filters.trust || own[0];
    const first = Math.max(0, volumes.findIndex(({ trusts }) => trusts.some(([id]) => id === nearest)));
    const looked = which ?? [first];
    const found = await Promise.all(
      looked.map((volume) => {
        const { trusts, pieces } = volumes[volume];
        const file = (/** @type {string} */ term) => `${FOLDER}index/${volume}/${piece(term, pieces)}.json`;
        return this.#search(trusts, file, question, filters);
      }),
    );
    const hits = found.flatMap((one) => one.hits);
    const ordered = ownFirst(hits.filter(({ trust }) => !filters.trust || trust === filters.trust), own);
    const others = filters.trust ? [] : [...volumes.keys()].filter((volume) => !looked.includes(volume));
    return { question, hits: ordered, counts: Object.assign({}, ...found.map((one) => one.counts)), left: others };
  }

  /**
   * The clauses of one trust, from the small index it has of its own: of a large handbook a browser keeps no other
   * (handbook/offline.py).
   *
   * @param {string} query @param {Filters} filters @param {string} trust
   * @returns {Promise<Found>}
   */
  async findOwn(query, filters, trust) {
    const { volumes, sayings, names } = await this.whole();
    const question = understood(names.in(query).rest, sayings);
    const contents = volumes.flatMap(({ trusts }) => trusts).filter(([id]) => id === trust);
    const file = `/handbook/${trust}/search/index.json`;
    const { hits, counts } = await this.#search(contents, () => file, question, filters);
    return { question, hits: ownFirst(hits, [trust]), counts, left: [], only: trust };
  }

  /** @param {Hit} hit @returns {Promise<Clause>} */
  async clause({ trust, number }) {
    const { together } = await this.whole();
    const file = `/handbook/${trust}/search/${Math.floor(number / together)}.json`;
    const clauses = await this.#once(file, () => this.read(file));
    return clauses[number % together];
  }

  /** @param {Contents[]} trusts @param {FileOf} file @param {Question} question @param {Filters} filters */
  async #search(trusts, file, { asked }, { topic, duty }) {
    const narrow = [...(topic ? [`topic:${topic}`] : []), ...(duty ? [`duty:${duty}`] : [])];
    const wanted = [...narrow, ...asked.flatMap(({ terms }) => [...terms.keys()])];
    const postings = await this.#postings(file, [...new Set(wanted)]);
    const clauses = trusts.reduce((sum, [, , number]) => sum + number, 0);
    const all = asked.length ? scored(asked, postings, clauses) : everything(narrow, postings);
    const allowed = narrow.map((term) => new Set(postings.get(term)?.clauses));
    return worthwhile(placed(all, trusts), ({ clause }) => allowed.every((one) => one.has(clause)));
  }

  /** @param {FileOf} file @param {string[]} terms @returns {Promise<Map<string, Postings>>} */
  async #postings(file, terms) {
    const { version } = await this.whole();
    const files = new Map(terms.map((term) => [term, file(term)]));
    const read = await Promise.all(
      [...files].map(async ([term, file]) => {
        const found = await this.#once(file, () => this.read(file));
        if (found.version !== version) throw new Error(`${file} is of another version than words.json.`);
        return /** @type {const} */ ([term, found.terms[term]]);
      }),
    );
    return new Map(read.filter(([, text]) => text).map(([term, text]) => [term, parsed(text)]));
  }

  /** @template T @param {string} name @param {() => Promise<T>} make @returns {Promise<T>} */
  #once(name, make) {
    const made = this.kept.get(name) ?? make();
    this.kept.set(name, made);
    made.catch(() => this.kept.delete(name)); // The next try reads it again.
    return made;
  }
}

/** The piece of the index that has a term (FNV-1a). @param {string} term @param {number} pieces */
function piece(term, pieces) {
  let number = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(term)) number = Math.imul(number ^ byte, 0x01000193) >>> 0;
  return number % pieces;
}

/** @param {string} text @returns {Postings} */
function parsed(text) {
  const [steps, strengths] = text.split(";").map((row) => row.split(","));
  let clause = -1;
  // A topic's words are found in all its clauses; that makes none of them common.
  const speaking = strengths.filter((one) => one.length > 1 || Number(one[0]) >= SPEAKING).length;
  return { clauses: steps.map((step) => (clause += Number(step))), strengths, speaking: speaking || 1 };
}

/** All clauses that a filter leaves, where nothing is asked. @param {string[]} narrow @param {Map<string, Postings>} postings */
function everything(narrow, postings) {
  const clauses = postings.get(narrow[0])?.clauses ?? [];
  return clauses.map((clause) => ({ clause, score: 1, places: [] }));
}

/** @param {import("./ranking.mjs").Scored[]} found in the order of the clauses @param {Contents[]} trusts */
function placed(found, trusts) {
  let at = 0;
  let start = 0;
  return found.map((one) => {
    while (one.clause >= start + trusts[at][2]) start += trusts[at++][2];
    return { ...one, trust: trusts[at][0], name: trusts[at][1], number: one.clause - start };
  });
}

/**
 * Leaves out what is far behind the best of its trust, or of all: that does not depend on what is filtered.
 *
 * @template {Hit} T @param {T[]} found @param {(hit: T) => boolean} allowed
 */
function worthwhile(found, allowed) {
  /** @type {Map<string, number>} */
  const best = new Map();
  for (const { trust, score } of found) best.set(trust, Math.max(score, best.get(trust) ?? 0));
  const top = Math.max(0, ...best.values());
  const hits = found.filter(
    (hit) => hit.score >= Math.max(OF_THE_TRUSTS_BEST * (best.get(hit.trust) ?? 0), OF_THE_BEST * top) && allowed(hit),
  );
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { trust } of hits) counts[trust] = (counts[trust] ?? 0) + 1;
  return { hits, counts };
}

/**
 * The best first, one's own trust before all; among the others each further clause of a trust stands behind a like one of
 * another, since the same rule is wanted of all of them.
 *
 * @param {Hit[]} hits @param {string[]} first the trusts that come first
 */
function ownFirst(hits, first) {
  const top = Math.max(0, ...hits.map(({ score }) => score));
  const own = (/** @type {Hit} */ { trust, score }) => first.includes(trust) && score >= OWN_FIRST * top;
  const ordered = hits.sort((one, other) => Number(own(other)) - Number(own(one)) || other.score - one.score);
  /** @type {Map<string, number>} */
  const before = new Map();
  const worth = new Map(
    ordered.map((hit) => {
      const nth = before.get(hit.trust) ?? 0;
      before.set(hit.trust, nth + 1);
      return [hit, own(hit) ? Infinity : hit.score / (1 + AGAIN * nth)];
    }),
  );
  return ordered.sort((one, other) => (worth.get(other) ?? 0) - (worth.get(one) ?? 0) || 0);
}
