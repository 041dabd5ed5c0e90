/** What is said of a search: how many clauses, where, and what was made of slips and of words nobody has. */

/** @typedef {import("./index.mjs").Found} Found */

/** @param {Found} found @param {string} query @param {string | null} mine @param {string} [name] what the reader's trust is called @param {boolean} [filtered] */
export function summary({ hits, question }, query, mine, name, filtered) {
  const said = [...question.mended].map(([typed, used]) => `Searched for “${used}” instead of “${typed}”.`);
  if (!hits.length) {
    const why = filtered && !question.unknown.length ? "Take a filter away, or use other words." : "";
    const what = query ? `Nothing found for “${query}”.` : "Nothing found.";
    return [what, ...said, why].filter(Boolean).join(" ");
  }
  const own = hits.filter(({ trust }) => trust === mine).length;
  const where = !name || own === hits.length ? "" : own ? `, ${own} of them at ${name}` : `, none of them at ${name}`;
  const unknown = question.unknown.map((word) => `No policy has the word “${word}”.`);
  return [`${hits.length} ${hits.length === 1 ? "clause" : "clauses"} found${where}.`, ...said, ...unknown].join(" ");
}
