/** Which files make up one version of the site? Those on its list (handbook/offline.py), and no others. */

/** @typedef {Record<string, [digest: string, bytes: number]>} Files by address */
/**
 * @typedef {{version: string, small: boolean, core: Files, runtime: Files, fallback: Files, rest: Files,
 *   trusts: Files}} List of a version; of each trust it has the digest of a list of its own
 */

const AT_ONCE = 4;
const SHOWN_BY_SEARCH = /^\/handbook\/[^/]+\/search\//;

/** One version; its files come from the store, or from the network if they are this version's. */
class Version {
  /** @type {Map<string, Promise<Files>>} */
  #trusts = new Map();

  /** @param {List} list @param {Store} store */
  constructor(list, store) {
    this.list = list;
    this.id = list.version;
    this.store = store;
  }

  /**
   * The digest this version's file has at an address; undefined for what is no file of the site.
   *
   * @param {string} path
   * @param {string[]} chosen the trusts that are kept of a large handbook
   */
  async digest(path, chosen) {
    const { core, runtime, fallback, rest, trusts } = this.list;
    const entry = core[path] ?? runtime[path] ?? fallback[path] ?? rest[path];
    if (entry) return entry[0];
    const named = /^\/handbook\/([^/]+)\//.exec(path)?.[1];
    if (!named || !Object.hasOwn(trusts, named)) return undefined;
    // A search shows clauses of many trusts; the whole list of each would be too much to read for that.
    if (SHOWN_BY_SEARCH.test(path) && !this.#kept(chosen).includes(named)) return undefined;
    return (await this.#trust(named))[path]?.[0];
  }

  /**
   * A file of this version. Rejects if it is not to be had: without a network, or because the site is a newer one now.
   *
   * @param {string} path
   * @param {string} digest
   */
  async file(path, digest) {
    const kept = await this.store.file(path, digest);
    if (kept) return kept;
    const fetched = await this.#fetched(path, digest);
    await this.store.keep(path, digest, fetched.clone()).catch(() => {}); // A full disk: it is read all the same.
    return fetched;
  }

  /**
   * Fetches what is not kept yet: first what all pages need, last Python, which the page may be fetching itself.
   *
   * @param {string[]} chosen
   * @param {boolean} python whether to fetch what the training runs on before it is asked for
   * @param {boolean} fallback whether it cannot start from the image of its memory here
   */
  async keep(chosen, python, fallback) {
    const { core, runtime, rest, small } = this.list;
    const trusts = await Promise.all(this.#kept(chosen).map((trust) => this.#trust(trust)));
    const pythons = python ? [runtime, fallback ? this.list.fallback : {}] : [];
    const files = Object.assign({}, core, ...trusts, small ? rest : {}, ...pythons);
    const kept = await this.store.keys();
    const missing = Object.entries(files).filter(([path, [digest]]) => !kept.has(Store.key(path, digest)));
    const fetchNext = async () => {
      try {
        for (let next = missing.shift(); next; next = missing.shift()) {
          const [path, [digest]] = next;
          await this.store.keep(path, digest, await this.#fetched(path, digest));
        }
      } finally {
        missing.length = 0; // A lost network or a full disk: what more is fetched would be lost too.
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
  }

  /** The keys of all that may be kept of this version. @param {string[]} chosen @returns {Promise<string[]>} */
  async keys(chosen) {
    const { core, runtime, fallback, rest } = this.list;
    const lists = this.#kept(chosen).map((trust) => this.#address(trust));
    const trusts = await Promise.all(this.#kept(chosen).map((trust) => this.#trust(trust)));
    const files = Object.entries(Object.assign({}, core, runtime, fallback, rest, ...trusts));
    return [...lists, ...files.map(([path, [digest]]) => Store.key(path, digest)), Store.key("/offline.json", this.id)];
  }

  /** @param {string[]} chosen */
  #kept(chosen) {
    const all = Object.keys(this.list.trusts);
    return this.list.small ? all : all.filter((trust) => chosen.includes(trust));
  }

  /** @param {string} trust */
  #address(trust) {
    return Store.key(`/handbook/${trust}/offline.json`, this.list.trusts[trust][0]);
  }

  /** @param {string} trust @returns {Promise<Files>} */
  #trust(trust) {
    const [path, digest] = this.#address(trust).split("?");
    const known = this.#trusts.get(trust) ?? this.file(path, digest).then(async (file) => (await file.json()).files);
    this.#trusts.set(trust, known);
    known.catch(() => this.#trusts.delete(trust));
    return known;
  }

  /** @param {string} path @param {string} digest @returns {Promise<Response>} */
  async #fetched(path, digest) {
    // What the browser kept by itself may be another version, or damaged.
    for (const cache of /** @type {RequestCache[]} */ (["default", "reload"])) {
      const response = await fetch(path, { cache });
      if (response.status === 200 && (await digestOf(await response.clone().arrayBuffer())) === digest) return response;
    }
    throw new Error(`${path} is not the file of this version.`);
  }
}
