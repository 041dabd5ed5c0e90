/** From which file did the engine start in this browser the last time? Then its bytes need not be counted again. */

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
    // Then they are counted again, which costs a little time.
  }
}
