/** Asks Material's own search under Node, the theme's worker as it stands: `node search_lunr.mjs WORKER INDEX < questions`. */

import { readFileSync } from "node:fs";
import vm from "node:vm";

const [worker, index] = process.argv.slice(2);
const questions = JSON.parse(readFileSync(0, "utf8"));

/** @type {(message: any) => void} */
let answered = () => {};
/** @type {(event: {data: any}) => void} */
let hear = () => {};
const scope = vm.createContext({
  console: { warn() {} },
  addEventListener: (/** @type {string} */ _, /** @type {typeof hear} */ listener) => (hear = listener),
  postMessage: (/** @type {any} */ message) => answered(message),
});
vm.runInContext("globalThis.self = globalThis", scope);
vm.runInContext(readFileSync(worker, "utf8"), scope);

/** @param {number} type @param {any} data @returns {Promise<any>} */
function ask(type, data) {
  return new Promise((done) => {
    answered = (message) => done(message.data);
    hear({ data: { type, data } });
  });
}

await ask(0, { ...JSON.parse(readFileSync(index, "utf8")), options: { suggest: false } });
const answers = [];
for (const { q } of questions) {
  const started = performance.now();
  const { items } = await ask(2, q);
  answers.push({ found: items.flat().map((/** @type {any} */ one) => one.location), milliseconds: performance.now() - started });
}
console.log(JSON.stringify(answers));
