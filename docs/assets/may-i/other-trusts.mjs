/** What would the other trusts say to the same answers? Each of them in a line; many of them in a fold that counts. */

import { element, link } from "../training/elements.mjs";
import { consult } from "./answer.mjs";

/** @import { Engine } from "../training/engine-client.mjs" */
/** @import { Answer, Facts } from "./answer.mjs" */
/** @import { Trust, Trusts } from "./trusts.mjs" */

// Each of them is fetched (40 kB before compression) and asked, so a handbook of a thousand trusts shows the first few.
const MOST = 12;
const MOST_UNFOLDED = 5;

const NOT_YET = { kind: "not yet answered", says: "Not yet answered" };

/** @typedef {{trust: Trust, kind: string, says: string}} Said */

/**
 * The elements with what the others say; none if there are no others.
 *
 * @param {{engine: Engine, trusts: Trusts, decision: string, own: Trust, given: Facts, query: URLSearchParams}} asked
 * @returns {Promise<HTMLElement[]>}
 */
export async function otherTrusts({ engine, trusts, decision, own, given, query }) {
  const others = (await trusts.all).filter(({ id }) => id !== own.id);
  /** @type {Said[]} */
  const said = [];
  for (const trust of others.slice(0, MOST)) {
    const { text, matters } = await trusts.positions(trust);
    const known = decision in matters;
    said.push({ trust, ...(known ? inShort(await consult(engine, text, decision, given)) : NOT_YET) });
  }
  if (!said.length) return [];
  const list = element("ul", {}, ...said.map((one) => item(one, query)));
  if (said.length <= MOST_UNFOLDED) return [element("p", { class: "title" }, "At other trusts:"), list];
  const left = others.length - said.length;
  const more = left ? [element("p", { class: "muted" }, `${left} more trusts are not shown.`)] : [];
  return [element("details", {}, element("summary", {}, `At other trusts: ${counted(said)}`), list, ...more)];
}

/** A trust that asks for more facts has no answer yet. @param {Answer} answer */
function inShort({ open, settled, in_short, explained }) {
  if (settled) return { kind: explained.headline, says: in_short };
  return { kind: "it depends", says: `It depends on ${open.length === 1 ? "one more fact" : `${open.length} more facts`}` };
}

/** @param {Said[]} said */
function counted(said) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { kind } of said) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} × ${kind.charAt(0).toLowerCase()}${kind.slice(1)}`).join(" · ");
}

/** @param {Said} said @param {URLSearchParams} query */
function item({ trust, says }, query) {
  const same = new URLSearchParams([["trust", trust.id], ...query]);
  return element("li", {}, link({ text: trust.short, to: `?${same}` }), `: ${says}`);
}
