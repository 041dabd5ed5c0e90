/** How does text become a file on somebody's own device? */

import { element } from "./elements.mjs";

// The browser has begun to save long before.
const SAVED_BY_THEN_MS = 60_000;

/** @param {string} name of the file @param {string} text @param {string} type such as text/csv */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), SAVED_BY_THEN_MS);
}
