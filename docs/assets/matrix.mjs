/** In a table of trusts, whose column comes first? The reader's own. And on a phone it stays a table. */

import { chosenTrust } from "./my-trust.mjs";

/** @param {HTMLTableElement} table @param {string} trust */
function bringColumnForward(table, trust) {
  const mine = `[data-trust="${CSS.escape(trust)}"]`;
  for (const row of table.rows) {
    const cell = row.querySelector(`:scope > ${mine}`);
    if (cell) row.cells[0].after(cell);
  }
}

/** @type {Record<string, string>} */
const ROLES = { THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

/**
 * On a phone the table is shown as blocks, and then some browsers no longer tell a screen reader that it is one.
 *
 * @param {HTMLTableElement} table
 */
function keepMeaning(table) {
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody, tr, td, th")) {
    const ofHeading = part.getAttribute("scope") === "col" ? "columnheader" : "rowheader";
    part.setAttribute("role", ROLES[part.tagName] ?? ofHeading);
  }
}

for (const table of document.querySelectorAll("table.matrix")) {
  if (table instanceof HTMLTableElement) keepMeaning(table);
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
