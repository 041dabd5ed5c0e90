/** From which file did the engine start in this browser the last time? What it needs is kept for offline use. */

const PLACE = "clearpost.engine";

/** Its address; nothing where the engine has never started, or the browser keeps nothing. */
export function lastStart() {
  try {
    return localStorage.getItem(PLACE) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} file */
export function rememberStart(file) {
  try {
    localStorage.setItem(PLACE, file);
  } catch {
    // Then only what a start from the image needs is kept for offline use.
  }
}
