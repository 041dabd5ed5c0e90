/** Asks the handbook's own search under Node: `node search_ours.mjs SITE < questions`; every question as if it were the first. */

import { readFileSync } from "node:fs";

import { Index } from "../../docs/assets/search/index.mjs";

const SHOWN = 10;
const [site] = process.argv.slice(2);
const questions = JSON.parse(readFileSync(0, "utf8"));
const answers = [];
for (const { q, trust } of questions) {
  /** @type {string[]} */
  const files = [];
  const index = new Index(async (address) => {
    files.push(address.slice(1));
    return JSON.parse(readFileSync(`${site}${address}`, "utf8"));
  });
  const started = performance.now();
  const { hits } = await index.find(q, {}, trust ?? null);
  const shown = hits.slice(0, SHOWN);
  const clauses = await Promise.all(shown.map((hit) => index.clause(hit)));
  const found = shown.map((hit, at) => `${hit.trust}/${clauses[at].ref}`);
  answers.push({ found, files, milliseconds: performance.now() - started });
}
console.log(JSON.stringify(answers));
