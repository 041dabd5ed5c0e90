/** In a table of trusts, whose column comes first? The reader's own. */

import { chosenTrust } from "./my-trust.mjs";

/** @param {HTMLTableElement} table @param {string} trust */
function bringColumnForward(table, trust) {
  const mine = `[data-trust="${CSS.escape(trust)}"]`;
  for (const row of table.rows) {
    const cell = row.querySelector(`:scope > ${mine}`);
    if (cell) row.cells[0].after(cell);
  }
}

const trust = chosenTrust();
if (trust) {
  for (const table of document.querySelectorAll("table.matrix")) {
    if (table instanceof HTMLTableElement) bringColumnForward(table, trust);
  }
  const charts = document.querySelector(".charts");
  const own = charts?.querySelector(`:scope > [data-trust="${CSS.escape(trust)}"]`);
  if (own) charts?.prepend(own);
}
