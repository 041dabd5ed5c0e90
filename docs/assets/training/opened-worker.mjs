/**
 * How does the engine's worker get what it starts from? A second worker fetches the large files, while it gets ready.
 *
 * Each has a core of its own that way, and the page is free for its reader: it only passes the files on. It may open both
 * before it has read the whole of its own program.
 */

/** @import { Answer, Arrival, Manifest } from "./engine-worker.mjs" */
/** @import { Brought, Counted } from "./engine-files.mjs" */

/** @typedef {{hear: (said: Answer | Arrival) => void, breakDown: (reason: string) => void}} Listener */

const WORKER = new URL("./engine-worker.mjs", import.meta.url);
const FILES = new URL("./engine-files.mjs", import.meta.url);

/** The id under which every worker is told to start. */
export const START = 1;

/** A worker that starts the engine already; what is to be told is kept until somebody listens. */
export class OpenedWorker {
  /** @type {((listener: Listener) => void)[]} */
  #said = [];
  /** @type {Listener | null} */
  #listener = null;

  /** Throws where the browser has no workers. @param {string} address of the engine's manifest */
  constructor(address) {
    this.address = address;
    this.files = new Worker(FILES, { type: "module" });
    this.files.addEventListener("message", ({ data }) => this.#pass(data));
    this.worker = new Worker(WORKER, { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.#tell(({ hear }) => hear(JSON.parse(data))));
    for (const worker of [this.files, this.worker]) this.#watch(worker);
    this.#start(address).catch((error) => this.#tell(({ breakDown }) => breakDown(error.message)));
  }

  /** From now on the listener is told all, first what has been said already. @param {Listener} listener */
  listen(listener) {
    this.#listener = listener;
    for (const said of this.#said.splice(0)) said(listener);
  }

  /** @param {(listener: Listener) => void} said */
  #tell(said) {
    if (this.#listener) said(this.#listener);
    else this.#said.push(said);
  }

  /** Ends both workers, whatever they are doing. */
  close() {
    this.worker.terminate();
    this.files.terminate();
  }

  /** @param {string} address */
  async #start(address) {
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
    const manifest = absolute(await response.json(), address);
    this.worker.postMessage(JSON.stringify({ id: START, call: "start", args: [manifest] }));
    const { assembly, snapshot, integrity, bytes } = manifest;
    const keeper = Boolean(navigator.serviceWorker?.controller);
    this.files.postMessage({ assembly, snapshot, integrity, bytes, keeper });
  }

  /** @param {Brought | Counted} said */
  #pass(said) {
    if ("arrived" in said) this.#tell(({ hear }) => hear({ id: START, ...said }));
    else this.worker.postMessage(said, "content" in said && said.content instanceof Uint8Array ? [said.content.buffer] : []);
  }

  /** @param {Worker} worker */
  #watch(worker) {
    worker.addEventListener("messageerror", () => this.#tell(({ breakDown }) => breakDown("a message cannot be read")));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#tell(({ breakDown }) => breakDown(event.message ?? "a worker did not load"));
    });
  }
}

/** @param {Omit<Manifest, "assembly">} manifest @param {string} address @returns {Manifest} */
function absolute({ pyodide, engine, library, no_library, snapshot, memory, head, signatures, integrity, bytes }, address) {
  /** @param {string} path */
  const at = (path) => new URL(path, address).href;
  /** @template Value @param {Record<string, Value>} by */
  const byAddress = (by) => Object.fromEntries(Object.entries(by).map(([path, value]) => [at(path), value]));
  return {
    pyodide: at(pyodide),
    assembly: `${at(pyodide)}pyodide.asm.wasm`,
    engine: at(engine),
    library: at(library),
    no_library: at(no_library),
    snapshot: at(snapshot),
    memory,
    head,
    signatures,
    integrity: byAddress(integrity),
    bytes: byAddress(bytes),
  };
}

/** @type {OpenedWorker | null} */
let early = null;

/** @param {string} manifest its address */
export function openEarly(manifest) {
  early = new OpenedWorker(manifest);
}

/** The worker opened early, once; otherwise a new one. @param {string} manifest its address */
export function workerFor(manifest) {
  const opened = early?.address === manifest ? early : new OpenedWorker(manifest);
  early = null;
  return opened;
}
