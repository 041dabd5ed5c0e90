/** Who has finished, and who is missing? The list on the screen, and as a file. */

import { download } from "../training/download.mjs";
import { button, element } from "../training/elements.mjs";
import { longDate } from "../training/long-date.mjs";

/**
 * @typedef {{columns: string[], rows: string[][], counts: [status: string, count: number][], problems: string[], csv: string}}
 *   Collation what `quiz.engine.collate` returns
 */

// All rows are of the trust chosen; the file says which.
const IN_FILE_ONLY = "trust";
/** @type {Record<string, string>} */
const HEADS = { date: "Passed on", expiry: "Counts until" };
/** @type {Record<string, (cell: string) => string>} */
const SHOWN = { score: (cell) => (cell ? `${cell}%` : ""), date: dayOrNothing, expiry: dayOrNothing };

export class ListView {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** @param {Collation} list @param {string} file name of the download @param {() => void} clear */
  show(list, file, clear) {
    const save = button("Download CSV", () => download(file, list.csv, "text/csv"));
    this.root.replaceChildren(
      element("h2", {}, "Completion list"),
      ...problems(list.problems),
      element("p", { class: "actions" }, save, button("Clear the list", clear, "button secondary")),
      table(list),
    );
    this.root.hidden = false;
  }
}

/** @param {Collation} list @returns {string} as in "3 not counted · 10 missing · 187 passed" */
export function counted({ counts }) {
  const parts = counts.filter(([, count]) => count);
  return parts.map(([status, count]) => `${count} ${status.toLowerCase()}`).join(" · ") || "Nobody yet";
}

/** @param {string[]} found what is wrong with the staff list */
function problems(found) {
  if (!found.length) return [];
  const items = found.map((one) => element("li", {}, one));
  return [element("div", { class: "notice error" }, element("p", {}, "About the staff list:"), element("ul", {}, ...items))];
}

/** @param {Collation} list */
function table({ columns, rows }) {
  const shown = columns.filter((one) => one !== IN_FILE_ONLY);
  const head = shown.map((one) => element("th", { scope: "col" }, HEADS[one] ?? one[0].toUpperCase() + one.slice(1)));
  const body = rows.map((row) => {
    const cells = Object.fromEntries(columns.map((one, at) => [one, row[at]]));
    return element("tr", {}, ...shown.map((one) => cellOf(one, cells)));
  });
  const caption = element("caption", { id: "collate-caption" }, "Receipts and staff");
  return element(
    "div",
    { class: "table-scroll", role: "region", "aria-labelledby": "collate-caption", tabindex: "0" },
    element(
      "table",
      { class: "data-table" },
      caption,
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...body),
    ),
  );
}

/** Where nobody is named, the line has the name of its file. @param {string} column @param {Record<string, string>} cells */
function cellOf(column, cells) {
  const cell = cells[column];
  if (column !== "staff") return element("td", { class: column }, (SHOWN[column] ?? String)(cell));
  return cell ? element("th", { scope: "row", class: column }, cell) : element("td", { class: `${column} muted` }, cells.file);
}

/** @param {string} day */
function dayOrNothing(day) {
  return day && longDate(day);
}
