/**
 * What is kept on this device? Files by their address and digest, so that two versions of a file never mix; and notes.
 *
 * A classic script, like all of the service worker's: module workers came to Firefox only lately.
 */

/** Files and notes in one cache of the browser; every method rejects where the browser keeps nothing. */
class Store {
  #cache() {
    return caches.open("clearpost");
  }

  /** @param {string} path @param {string} digest @returns {Promise<Response | undefined>} */
  async file(path, digest) {
    return (await this.#cache()).match(Store.key(path, digest), { ignoreVary: true });
  }

  /** @param {string} path @param {string} digest @param {Response} response */
  async keep(path, digest, response) {
    await (await this.#cache()).put(Store.key(path, digest), response);
  }

  /** @param {string} name @returns {Promise<string | undefined>} */
  async note(name) {
    return (await (await this.#cache()).match(Store.key("/offline.json", name)))?.text();
  }

  /** @param {string} name @param {string} words */
  async write(name, words) {
    await this.keep("/offline.json", name, new Response(words));
  }

  /** @returns {Promise<Set<string>>} the keys of everything kept */
  async keys() {
    const requests = await (await this.#cache()).keys();
    return new Set(requests.map(({ url }) => url.slice(location.origin.length)));
  }

  /** @returns {Promise<string[]>} the versions whose list is kept, by their digest */
  async versions() {
    const lists = [...(await this.keys())].map((key) => /^\/offline\.json\?([0-9a-f]{64})$/.exec(key)?.[1]);
    return lists.filter((id) => id !== undefined);
  }

  /** @param {Iterable<string>} keys */
  async forget(keys) {
    const cache = await this.#cache();
    for (const key of keys) await cache.delete(key);
  }

  /** @param {string} path @param {string} digest */
  static key(path, digest) {
    return `${path}?${digest}`;
  }
}

/** SHA-256, as the lists have it. @param {BufferSource} data @returns {Promise<string>} */
async function digestOf(data) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
