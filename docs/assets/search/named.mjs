/** Which trusts does a question name? "wren spinney whatsapp" is asked of Wren Spinney. */

import { stems } from "./sayings.mjs";

/** @typedef {{said: string[], id: string}} Name the stems of what a trust is called */

export class Names {
  /** @param {Iterable<[id: string, name: string]>} trusts */
  constructor(trusts) {
    /** @type {Map<string, Name[]>} by the first stem, the longest first: a name may begin another */
    this.byFirst = new Map();
    for (const [id, name] of trusts) {
      for (const said of [stems(name), stems(id)]) {
        if (said.length) this.byFirst.set(said[0], [...(this.byFirst.get(said[0]) ?? []), { said, id }]);
      }
    }
    for (const names of this.byFirst.values()) names.sort((one, other) => other.said.length - one.said.length);
  }

  /** The trusts a question names, and what it asks beside. @param {string} query @returns {{ids: string[], rest: string}} */
  in(query) {
    const words = query.split(/\s+/).filter(Boolean);
    const said = words.flatMap((word, place) => stems(word).map((one) => ({ one, place })));
    /** @type {Set<string>} */
    const ids = new Set();
    /** @type {Set<number>} */
    const used = new Set();
    for (let at = 0; at < said.length; ) {
      const found = this.byFirst.get(said[at].one)?.find((name) => name.said.every((one, next) => said[at + next]?.one === one));
      if (found) ids.add(found.id);
      for (let next = 0; found && next < found.said.length; next++) used.add(said[at + next].place);
      at += found?.said.length ?? 1;
    }
    const rest = words.filter((_, place) => !used.has(place)).join(" ");
    return { ids: [...ids], rest: rest || query };
  }
}
