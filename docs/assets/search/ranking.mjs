/** Which clauses answer best? Adds up what the index says of each thing that is asked. */

/** @typedef {import("./question.mjs").Asked} Asked */
/** @typedef {{clauses: number[], strengths: string[], speaking: number}} Postings of one term: its clauses, how strongly each speaks of it, and how many really do */
/** @typedef {{clause: number, score: number, places: number[]}} Scored a clause, and its provisions that fit, the best first */

const PLACES = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const STEPS = 9;
// What a clause says as a whole counts beside its best provision; so does what its others say, but less.
const WHOLE = 0.8;
const PROVISION = 1.1;
const ELSEWHERE = 0.7;
// Who has more of what is asked stands higher.
const COVERED = 0.5;
// Of a long question nobody has everything: as many of its things are enough.
const ENOUGH = 4;
// Where no policy has what is asked, what it leads to counts nearly as much.
const ALONE = 0.75;
// A rare word counts more than a common one, but must not decide alone.
const RARE = 0.85;

/**
 * Scores every clause that has any of what is asked.
 *
 * @param {Asked[]} asked @param {Map<string, Postings>} postings @param {number} clauses how many there are
 * @returns {Scored[]} in the order of the clauses
 */
export function scored(asked, postings, clauses) {
  /** @type {Map<number, Tally>} */
  const tallies = new Map();
  const rare = asked.map((one) => rarity(one, postings, clauses));
  for (const [at, { terms, weight }] of asked.entries()) {
    const nearest = Math.max(0, ...[...terms].map(([term, fit]) => (postings.has(term) ? fit : 0)));
    for (const [term, fit] of terms) {
      const found = postings.get(term);
      if (!found) continue;
      const gain = (fit / nearest) * Math.max(nearest, ALONE) * weight * idf(found.speaking, clauses);
      for (const [row, clause] of found.clauses.entries()) {
        let tally = tallies.get(clause);
        if (!tally) tallies.set(clause, (tally = new Tally(asked.length)));
        tally.add(at, gain, found.strengths[row]);
      }
    }
  }
  const all = [...rare].sort((one, other) => other - one).slice(0, ENOUGH).reduce((sum, one) => sum + one, 0) || 1;
  const found = [...tallies].map(([clause, tally]) => ({ clause, ...tally.best(rare, all) }));
  return found.sort((one, other) => one.clause - other.clause);
}

/** What one clause has of each thing asked: as a whole, and in each provision. */
class Tally {
  /** @param {number} things */
  constructor(things) {
    this.whole = new Float64Array(things);
    /** @type {Map<number, Float64Array>} */
    this.provisions = new Map();
  }

  /** @param {number} at @param {number} gain @param {string} strengths */
  add(at, gain, strengths) {
    this.whole[at] = Math.max(this.whole[at], (gain * Number(strengths[0])) / STEPS);
    for (let place = 1; place < strengths.length; place += 2) {
      const number = PLACES.indexOf(strengths[place]);
      let row = this.provisions.get(number);
      if (!row) this.provisions.set(number, (row = new Float64Array(this.whole.length)));
      row[at] = Math.max(row[at], (gain * Number(strengths[place + 1])) / STEPS);
    }
  }

  /** The score of the best provision, with what its clause adds. @param {number[]} rare @param {number} all */
  best(rare, all) {
    const most = this.whole.map((_, at) => Math.max(0, ...[...this.provisions.values()].map((row) => row[at])));
    const rows = this.provisions.size ? [...this.provisions] : [[0, new Float64Array(this.whole.length)]];
    const scores = /** @type {[number, Float64Array][]} */ (rows).map(([place, row]) => {
      let sum = 0;
      let covered = 0;
      for (const [at, whole] of this.whole.entries()) {
        const here = WHOLE * whole + PROVISION * Math.max(row[at], ELSEWHERE * most[at]);
        sum += here;
        if (here > 0) covered += rare[at] * (row[at] > 0 ? 1 : 0.8);
      }
      return { place, score: sum * Math.min(1, covered / all) ** COVERED, own: row.some((one) => one > 0) };
    });
    scores.sort((one, other) => other.score - one.score || one.place - other.place);
    const { score } = scores[0];
    return { score, places: scores.filter((one) => one.own && one.score >= score / 2).map((one) => one.place) };
  }
}

/** What a thing asked is worth: much if few clauses have it, nothing if none does. @param {Asked} asked @param {Map<string, Postings>} postings @param {number} clauses */
function rarity({ terms, weight }, postings, clauses) {
  const worth = [...terms].map(([term, fit]) => fit * idf(postings.get(term)?.speaking ?? 0, clauses));
  return weight * Math.max(0, ...worth);
}

/** @param {number} found @param {number} clauses */
function idf(found, clauses) {
  return found ? Math.log(1 + (clauses - found + 0.5) / (found + 0.5)) ** RARE : 0;
}
