/** Which sections has somebody confirmed to have read? Kept by this browser alone, for one version of a course. */

/** @import { Section } from "./quiz.mjs" */

/** The ticks of one trust's reading list; says `change` when one is set or taken away. */
export class Confirmed extends EventTarget {
  /** @param {string} trust @param {string} digest of the course whose sections these are */
  constructor(trust, digest) {
    super();
    this.trust = trust;
    this.place = placeOf(trust);
    this.digest = digest;
    this.sections = new Set(confirmedOf(trust, digest));
  }

  /** @param {string} section @param {boolean} read */
  tick(section, read) {
    if (read) this.sections.add(section);
    else this.sections.delete(section);
    keep(this.place, { digest: this.digest, sections: [...this.sections] });
    this.dispatchEvent(new Event("change"));
  }

  /** @param {Section[]} sections @returns {Section[]} those not confirmed yet */
  missing(sections) {
    return sections.filter(({ id }) => !this.sections.has(id));
  }

  /** What was confirmed of another version does not count. @param {string} digest */
  holdFor(digest) {
    if (digest === this.digest) return;
    this.digest = digest;
    this.sections.clear();
    this.dispatchEvent(new Event("change"));
  }

  /** Nothing is confirmed by whoever sits here now. */
  clear() {
    this.sections.clear();
    this.forget();
    this.dispatchEvent(new Event("change"));
  }

  /** Once it is on record: whoever sits here next confirms for themselves. */
  forget() {
    keep(this.place, null);
  }
}

/** @param {string} trust */
function placeOf(trust) {
  return `clearpost.read.${trust}`;
}

/**
 * The sections of a trust's course that are confirmed in this browser.
 *
 * @param {string} trust
 * @param {string} digest of the course
 * @returns {string[]}
 */
export function confirmedOf(trust, digest) {
  try {
    const found = JSON.parse(localStorage.getItem(placeOf(trust)) ?? "null");
    return found?.digest === digest && Array.isArray(found.sections) ? found.sections : [];
  } catch {
    return []; // A browser that keeps nothing, or something that is not ours.
  }
}

/** @param {string} place @param {object | null} ticks */
function keep(place, ticks) {
  try {
    if (ticks) localStorage.setItem(place, JSON.stringify(ticks));
    else localStorage.removeItem(place);
  } catch {
    // The ticks last as long as the page.
  }
}
