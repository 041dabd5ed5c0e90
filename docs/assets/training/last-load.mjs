/** Was this page killed while it loaded Python? Old iPads do that without a word when their memory runs out. */

const PLACE = "clearpost.loading";

/** Says so as long as this tab is open, so that what killed the page is not loaded again and again. */
export function killedLastTime() {
  try {
    return sessionStorage.getItem(PLACE) !== null;
  } catch {
    return false; // A browser that keeps nothing.
  }
}

/** Marks that something is being loaded, until it has ended or the page is left. @param {Promise<unknown>} loading */
export function markUntil(loading) {
  try {
    sessionStorage.setItem(PLACE, "");
  } catch {
    return;
  }
  addEventListener("pagehide", forgetKill);
  loading.then(forgetKill, forgetKill);
}

/** The next load is tried as if nothing had happened. */
export function forgetKill() {
  try {
    sessionStorage.removeItem(PLACE);
  } catch {
    // Nothing was kept.
  }
}
