/** What does the service worker remember when the browser stops and starts it? */

/**
 * @typedef {{version: string, since: number, seen?: boolean, by?: string}} Reader a page or worker, the version it is
 *   made of ("" for none), whether it has been seen open, and the page that started a worker
 */
/**
 * @typedef {{versions: {id: string, whole: boolean}[], chosen: string[], readers: Record<string, Reader>}} Remembered
 *   the versions known, newest last; the trusts read here; who reads which version
 */

class Memory {
  /** @type {Promise<Remembered> | undefined} */
  #remembered;
  /** @type {Promise<void>} */
  #written = Promise.resolve();

  /** @param {Store} store */
  constructor(store) {
    this.store = store;
  }

  /** @returns {Promise<Remembered>} */
  get() {
    this.#remembered ??= this.store.note("memory").then((words) => (words ? JSON.parse(words) : this.#anew()));
    this.#remembered.catch(() => (this.#remembered = undefined));
    return this.#remembered;
  }

  /** What can still be known where the browser has thrown the memory away. @returns {Promise<Remembered>} */
  async #anew() {
    const versions = (await this.store.versions()).map((id) => ({ id, whole: false }));
    return { versions, chosen: [], readers: {} };
  }

  /** Changes it at once, and settles when that is written down. @param {(remembered: Remembered) => void} how */
  async change(how) {
    const remembered = await this.get();
    how(remembered);
    this.#written = this.#written.then(() => this.store.write("memory", JSON.stringify(remembered))).catch(() => {});
    await this.#written;
  }
}
