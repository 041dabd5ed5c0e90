/** How do the engine's files arrive? Each is held against the hash the build gave it, and its bytes are counted. */

/** @typedef {{response: Response, whole: Promise<unknown>}} Arriving `whole` rejects when it is not what the build made */
/** @typedef {(arrived: number, of: number) => void} Count of bytes as they come over the wire */

/** A file was altered on the way. */
export class Altered extends Error {}

/** The files of one manifest, by the addresses Pyodide and the worker ask for. */
export class EngineFiles {
  /** @type {Map<string, string>} */
  #hashes;
  /** What is counted: how much has come, and how much there is; 0 until the file has begun to come. @type {Map<string, {arrived: number, of: number}>} */
  #counted = new Map();
  #fetch = self.fetch.bind(self);

  /**
   * @param {Record<string, string>} integrity the hash of every file by its address
   * @param {Count | null} count told of the bytes; null where the browser has the files already, and reads them faster by itself
   */
  constructor(integrity, count) {
    this.#hashes = new Map(Object.entries(integrity));
    this.count = count;
    self.fetch = (resource, how) => this.#checked(resource, how);
  }

  /**
   * A file that is not what the build made of it is refused, and asked for once more past every cache.
   *
   * @param {RequestInfo | URL} resource
   * @param {RequestInit} [how]
   * @returns {Promise<Response>}
   */
  #checked(resource, how) {
    const integrity = this.#hashes.get(String(resource));
    if (!integrity) return this.#fetch(resource, how);
    const checked = { ...how, integrity };
    return this.#fetch(resource, checked).catch(() => this.#fetch(resource, { ...checked, cache: "reload" }));
  }

  /**
   * Fetches files before Pyodide, which asks for them one after the other, has got so far; each is handed out once.
   *
   * @param {...string} addresses
   */
  begin(...addresses) {
    const ask = self.fetch;
    const begun = new Map(addresses.map((address) => [address, ask(address)]));
    for (const response of begun.values()) response.catch(() => {}); // Told to whoever asks for the file.
    self.fetch = (resource, how) => {
      const response = begun.get(String(resource));
      begun.delete(String(resource));
      return response ?? ask(resource, how);
    };
  }

  /**
   * What `use` makes of a large file while it arrives; counted, and made anew if the file was altered on the way.
   *
   * @template Made
   * @param {string} address
   * @param {number} bytes its size before compression
   * @param {(response: Response) => Promise<Made>} use
   * @returns {Promise<Made>}
   */
  async used(address, bytes, use) {
    const count = this.count;
    // Without a secure connection there are no hashes in scripts; the browser's own comparing is always there.
    if (!count || !crypto.subtle) return use(await found(address, {}, (...asked) => this.#checked(...asked)));
    this.#counted.set(address, { arrived: 0, of: 0 });
    const made = async (/** @type {RequestCache} */ cache) => {
      const { response, whole } = this.#arriving(await found(address, { cache }, this.#fetch), address, bytes, count);
      const [result] = await Promise.all([use(response), whole]);
      return result;
    };
    return made("default").catch(() => made("reload"));
  }

  /** @param {Response} source @param {string} address @param {number} bytes @param {Count} count @returns {Arriving} */
  #arriving(source, address, bytes, count) {
    // Of a compressed file a script sees the bytes after decompression, and the length before.
    const wire = Number(source.headers.get("Content-Length")) || bytes;
    const one = { arrived: 0, of: wire };
    this.#counted.set(address, one);
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const chunks = [];
    let seen = 0;
    /** @type {(value: unknown) => void} */
    let whole;
    /** @type {(reason: unknown) => void} */
    let altered;
    const checked = new Promise((resolve, reject) => ([whole, altered] = [resolve, reject]));
    checked.catch(() => {}); // Told where it is awaited.
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (source.body).getReader();
    const body = new ReadableStream({
      pull: async (to) => {
        try {
          const { done, value } = await reader.read();
          if (done) {
            this.#compare(address, chunks).then(whole, altered);
            return to.close();
          }
          chunks.push(value);
          seen += value.length;
          one.arrived = Math.min(wire, Math.round((seen / bytes) * wire));
          this.#tell(count);
          to.enqueue(value);
        } catch (error) {
          altered(error);
          throw error;
        }
      },
    });
    const headers = { "Content-Type": source.headers.get("Content-Type") ?? "" };
    return { response: new Response(body, { headers }), whole: checked };
  }

  /** @param {Count} count */
  #tell(count) {
    const all = [...this.#counted.values()];
    if (all.some(({ of }) => !of)) return;
    /** @param {"arrived" | "of"} which */
    const sum = (which) => all.reduce((bytes, one) => bytes + one[which], 0);
    count(sum("arrived"), sum("of"));
  }

  /** @param {string} address @param {Uint8Array<ArrayBuffer>[]} chunks */
  async #compare(address, chunks) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(chunks).arrayBuffer()));
    const hash = `sha256-${btoa(String.fromCharCode(...digest))}`;
    if (hash !== this.#hashes.get(address)) throw new Altered(`${address} was altered on the way.`);
  }
}

/** A file that is there; rejects where it is not. @param {string} address @param {RequestInit} [how] @param {typeof fetch} [ask] */
export async function found(address, how, ask = self.fetch) {
  const response = await ask(address, how);
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response;
}
