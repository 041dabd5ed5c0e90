/**
 * How does the engine's worker get what it starts from? This page fetches the large files, while the worker gets ready.
 *
 * Each has a core of its own that way, and a page may open the worker before it has read the whole of its own program.
 */

import { EngineFiles, found } from "./engine-files.mjs";

/** @import { Answer, Arrival, Manifest } from "./engine-worker.mjs" */

/** @typedef {{hear: (said: Answer | Arrival) => void, breakDown: (reason: string) => void}} Listener */

const WORKER = new URL("./engine-worker.mjs", import.meta.url);

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
    this.worker = new Worker(WORKER, { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.#tell(({ hear }) => hear(JSON.parse(data))));
    this.worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#tell(({ breakDown }) => breakDown(event.message ?? "the worker did not load"));
    });
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

  /** @param {string} address */
  async #start(address) {
    const manifest = absolute(await (await found(address, { cache: "no-cache" })).json(), address);
    const { assembly, snapshot, integrity, bytes } = manifest;
    this.worker.postMessage(JSON.stringify({ id: START, call: "start", args: [manifest] }));
    const files = new EngineFiles(integrity, bytes, (arrived, of) =>
      this.#tell(({ hear }) => hear({ id: START, arrived, of })),
    );
    this.#bring(assembly, files.compiled(assembly));
    const image = files.contents(snapshot);
    this.#bring(snapshot, image, (made) => [made.buffer]);
  }

  /**
   * @template Made
   * @param {string} file
   * @param {Promise<Made>} made
   * @param {(made: Made) => Transferable[]} [given] away with it
   */
  #bring(file, made, given = () => []) {
    made.then(
      (content) => this.worker.postMessage({ file, content }, given(content)),
      (error) => this.worker.postMessage({ file, failure: error.message }),
    );
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
