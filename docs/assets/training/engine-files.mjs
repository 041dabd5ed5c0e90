/**
 * How do the engine's large files arrive without holding up the page? In this worker: each is counted, held against the
 * hash the build gave it, and handed over, the assembly compiled.
 *
 * The page asks once, with a Wanted. It is told of the bytes as they come, `{arrived, of}`, and of each file in the end,
 * `{file, content | failure}`. All that is needed stands here, so that the files are asked for after one request.
 */

/** @typedef {(arrived: number, of: number) => void} Count of bytes as they come over the wire */
/**
 * The addresses of the two files, the hash and the size of every file by its address, and whether a service worker looks
 * after the page: then it may keep them.
 *
 * @typedef {{assembly: string, snapshot: string, integrity: Record<string, string>, bytes: Record<string, number>,
 *            keeper: boolean}} Wanted
 */
/** @typedef {{arrived: number, of: number}} Counted bytes on the wire */
/** @typedef {WebAssembly.Module | Uint8Array<ArrayBuffer>} Content */
/** @typedef {{file: string, content: Content} | {file: string, failure: string}} Brought */

// A page that draws every piece of a file that comes at once draws nothing else.
const TOLD_EVERY_MS = 250;

self.addEventListener("message", ({ data }) => bring(data), { once: true });

/** A file was altered on the way. */
class Altered extends Error {}

/** The large files of one manifest, by their addresses. */
class EngineFiles {
  /** @type {Map<string, string>} */
  #hashes;
  /** @type {Map<string, number>} */
  #sizes;
  /** What is counted: how much has come, and how much there is; 0 until the file has begun to come. @type {Map<string, {arrived: number, of: number}>} */
  #counted = new Map();

  /**
   * @param {Record<string, string>} integrity the hash of every file by its address
   * @param {Record<string, number>} bytes its size before compression
   * @param {boolean} keeper whether there is a service worker that may keep them
   * @param {Count} count told of the bytes as they come
   */
  constructor(integrity, bytes, keeper, count) {
    this.#hashes = new Map(Object.entries(integrity));
    this.#sizes = new Map(Object.entries(bytes));
    this.keeper = keeper;
    this.count = count;
  }

  /**
   * The bytes of a large file, counted while they arrive.
   *
   * @param {string} address
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async contents(address) {
    return this.#found(address, buffered, (response) => this.#arrived(response, address));
  }

  /**
   * A large file as WebAssembly: compiled while it arrives, handed out when the whole of it is what the build made.
   *
   * @param {string} address
   * @returns {Promise<WebAssembly.Module>}
   */
  async compiled(address) {
    return this.#found(address, compile, async (response) => {
      const [module] = await Promise.all([compile(response.clone()), this.#arrived(response, address)]);
      return module;
    });
  }

  /**
   * @template Made
   * @param {string} address
   * @param {(response: Response) => Promise<Made>} make out of a file that has been compared
   * @param {(response: Response) => Promise<Made>} compareAndMake asked once more, past every cache, if that fails
   * @returns {Promise<Made>}
   */
  async #found(address, make, compareAndMake) {
    this.#counted.set(address, { arrived: 0, of: 0 });
    const kept = await this.#kept(address);
    if (kept) {
      this.#counted.delete(address);
      return make(kept);
    }
    // Without a secure connection there are no hashes in scripts; the browser's own comparing is always there.
    const integrity = crypto.subtle ? undefined : this.#hashes.get(address);
    const use = integrity ? make : compareAndMake;
    const fetched = async (/** @type {RequestCache} */ cache) => use(await found(address, { cache, integrity }));
    return fetched("default").catch(() => fetched("reload"));
  }

  /**
   * What the service worker keeps of this very file: it was compared when it was kept (docs/assets/offline/store.js),
   * and lies there unpacked.
   *
   * @param {string} address
   * @returns {Promise<Response | undefined>}
   */
  async #kept(address) {
    // On a first visit it takes a browser long to find out that it keeps nothing.
    if (!this.keeper) return undefined;
    const hash = atob((this.#hashes.get(address) ?? "").replace(/^sha256-/, ""));
    const digest = Array.from(hash, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    try {
      return await caches.match(`${address}?${digest}`, { cacheName: "clearpost", ignoreVary: true });
    } catch {
      return undefined; // Nothing is kept in this browser, or not over this connection.
    }
  }

  /** The bytes of a response, once they are all here and compared. @param {Response} response @param {string} address */
  async #arrived(response, address) {
    const size = this.#sizes.get(address) ?? 0;
    // Of a compressed file a script sees the bytes after decompression, and the length before.
    const wire = Number(response.headers.get("Content-Length")) || size;
    const one = { arrived: 0, of: wire };
    this.#counted.set(address, one);
    const bytes = new Uint8Array(size);
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
    let seen = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (seen + value.length > size) throw new Altered(`${address} is too long.`);
      bytes.set(value, seen);
      seen += value.length;
      one.arrived = Math.min(wire, Math.round((seen / size) * wire));
      this.#tell();
    }
    // What is missing would be zeros, as the end of the file may be.
    if (seen < size) throw new Altered(`${address} is too short.`);
    await this.#compare(address, bytes);
    return bytes;
  }

  #tell() {
    const all = [...this.#counted.values()];
    if (all.some(({ of }) => !of)) return;
    /** @param {"arrived" | "of"} which */
    const sum = (which) => all.reduce((bytes, one) => bytes + one[which], 0);
    this.count(sum("arrived"), sum("of"));
  }

  /** @param {string} address @param {Uint8Array<ArrayBuffer>} bytes */
  async #compare(address, bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const hash = `sha256-${btoa(String.fromCharCode(...digest))}`;
    if (hash !== this.#hashes.get(address)) throw new Altered(`${address} was altered on the way.`);
  }
}

/** A file that is there; rejects where it is not. @param {string} address @param {RequestInit} how */
async function found(address, how) {
  const response = await fetch(address, how);
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response;
}

/** @param {Response} response */
async function buffered(response) {
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {Response} response */
async function compile(response) {
  return WebAssembly.compileStreaming(response);
}

/** @param {Wanted} wanted */
async function bring({ assembly, snapshot, integrity, bytes, keeper }) {
  const files = new EngineFiles(integrity, bytes, keeper, nowAndThen(tell));
  await Promise.all([brought(assembly, files.compiled(assembly)), brought(snapshot, files.contents(snapshot))]);
  self.close();
}

/** Counts that go on from time to time, the last of them at once. @param {(counted: Counted) => void} to @returns {Count} */
function nowAndThen(to) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  /** @type {Counted} */
  let latest;
  const goOn = () => {
    clearTimeout(soon);
    soon = undefined;
    to(latest);
  };
  return (arrived, of) => {
    latest = { arrived, of };
    if (arrived === of) goOn();
    else soon ??= setTimeout(goOn, TOLD_EVERY_MS);
  };
}

/** @param {string} file @param {Promise<Content>} made */
async function brought(file, made) {
  try {
    const content = await made;
    tell({ file, content }, content instanceof Uint8Array ? [content.buffer] : []);
  } catch (error) {
    tell({ file, failure: String(error) });
  }
}

/** @param {Counted | Brought} said @param {Transferable[]} [given] away with it */
function tell(said, given = []) {
  self.postMessage(said, { transfer: given });
}
