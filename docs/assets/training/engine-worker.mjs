/**
 * How does the quiz's Python run in the browser? In this worker: Pyodide, and the package `quiz` imported into it.
 *
 * It answers `{id, call, args}` with `{id, ok, value | error}`, both as JSON text. The call `start` loads everything, and
 * tells on the way how many bytes have come: `{id, arrived, of}`. Any other is a function of `quiz.engine`, which takes
 * text and returns text. Every id is answered, whatever happens.
 */

import { EngineFiles, found } from "./engine-files.mjs";

/** @import { Count } from "./engine-files.mjs" */

/** @typedef {{id: number, call: string, args: string[]}} Question */
/** @typedef {{kind: string, says: string}} Failure */
/** @typedef {{id: number, ok: true, value: string | null} | {id: number, ok: false, error: Failure}} Answer */
/** @typedef {{id: number, arrived: number, of: number}} Arrival bytes on the wire */
/** @typedef {Record<string, (...args: string[]) => string>} Engine */
/**
 * Where the runtime's folder lies, the engine's zip, the library it needs, a library of nothing, and the memory of a
 * Python that has imported the engine already; `integrity` has the hash and `bytes` the size of every file by its path.
 *
 * @typedef {{pyodide: string, engine: string, library: string, no_library: string, snapshot: string,
 *            integrity: Record<string, string>, bytes: Record<string, number>}} Manifest
 */
/** @typedef {{from: string, engine: Engine}} Ready from which file it has started */

/** @type {Promise<Ready> | undefined} */
let ready;

self.addEventListener("message", async (event) => {
  self.postMessage(JSON.stringify(await answered(JSON.parse(event.data))));
});

/** @param {Question} question @returns {Promise<Answer>} */
async function answered({ id, call, args }) {
  try {
    return { id, ok: true, value: await (call === "start" ? start(id, args[0], args[1]) : ask(call, args)) };
  } catch (error) {
    return { id, ok: false, error: failure(error) };
  }
}

/**
 * The file the engine has started from.
 *
 * @param {number} id
 * @param {string} manifest its address
 * @param {string} before the file it started from in this browser the last time, if any
 */
async function start(id, manifest, before) {
  ready ??= load(manifest, before, (arrived, of) => {
    /** @type {Arrival} */
    const arrival = { id, arrived, of };
    self.postMessage(JSON.stringify(arrival));
  });
  return (await ready).from;
}

/** @param {string} call @param {string[]} args */
async function ask(call, args) {
  if (!ready) throw new Error(`"${call}" was called before "start".`);
  return (await ready).engine[call](...args);
}

/** @param {string} address @param {string} before @param {Count} count @returns {Promise<Ready>} */
async function load(address, before, count) {
  const manifest = absolute(await (await found(address, { cache: "no-cache" })).json(), address);
  const { snapshot, library } = manifest;
  const files = new EngineFiles(manifest.integrity, [snapshot, library].includes(before) ? null : count);
  try {
    return { from: snapshot, engine: await fromSnapshot(manifest, files) };
  } catch {
    // The interface for snapshots is Pyodide's own, and nobody promises it: this start needs none.
    return { from: library, engine: await fromLibrary(manifest, files) };
  }
}

/** @param {Manifest} manifest @param {string} address @returns {Manifest} */
function absolute({ pyodide, engine, library, no_library, snapshot, integrity, bytes }, address) {
  /** @param {string} path */
  const at = (path) => new URL(path, address).href;
  /** @template Value @param {Record<string, Value>} by */
  const byAddress = (by) => Object.fromEntries(Object.entries(by).map(([path, value]) => [at(path), value]));
  return {
    pyodide: at(pyodide),
    engine: at(engine),
    library: at(library),
    no_library: at(no_library),
    snapshot: at(snapshot),
    integrity: byAddress(integrity),
    bytes: byAddress(bytes),
  };
}

/**
 * The engine as the build left it in memory. What only looks like chance in there is replaced by real chance.
 *
 * @param {Manifest} manifest
 * @param {EngineFiles} files
 * @returns {Promise<Engine>}
 */
async function fromSnapshot(manifest, files) {
  const { pyodide, no_library, snapshot, bytes } = manifest;
  const image = files.used(snapshot, bytes[snapshot], buffered).then(unfolded);
  image.catch(() => {}); // Told to Pyodide.
  files.begin(`${pyodide}pyodide-lock.json`, no_library);
  const python = await runtime(manifest, files, { stdLibURL: no_library, _loadSnapshot: image });
  python.runPython("import random; random.seed()");
  return python.pyimport("quiz.engine");
}

/** @param {Manifest} manifest @param {EngineFiles} files @returns {Promise<Engine>} */
async function fromLibrary(manifest, files) {
  const { library, engine, bytes } = manifest;
  const packed = files.used(engine, bytes[engine], buffered);
  const [python, zip] = await Promise.all([runtime(manifest, files, { stdLibURL: library }), packed]);
  python.unpackArchive(zip, "zip"); // Into the working folder, from which Python imports.
  return python.pyimport("quiz.engine");
}

/**
 * @param {Manifest} manifest
 * @param {EngineFiles} files
 * @param {object} settings
 * @returns {Promise<import("pyodide").PyodideAPI>}
 */
async function runtime({ pyodide: indexURL, bytes }, files, settings) {
  const assembly = `${indexURL}pyodide.asm.wasm`;
  const compiled = files.used(assembly, bytes[assembly], (response) => WebAssembly.compileStreaming(response));
  const broken = handOver(assembly, compiled);
  /** @type {typeof import("pyodide")} */
  const { loadPyodide } = await import(`${indexURL}pyodide.mjs`);
  // With its own folder as the place for packages, Pyodide has no address outside this origin left to ask.
  return Promise.race([loadPyodide({ indexURL, packageBaseUrl: indexURL, ...settings }), broken]);
}

/**
 * Gives Pyodide its assembly, which it would fetch last of all, compiled already.
 *
 * Rejects when the file is missing, damaged or too large for the memory: Pyodide 314.0.7 writes a warning then and waits
 * for ever (pyodide/pyodide#6296); nothing else tells us.
 *
 * @param {string} address
 * @param {Promise<WebAssembly.Module>} compiled
 * @returns {Promise<never>}
 */
function handOver(address, compiled) {
  const ask = self.fetch;
  self.fetch = (resource, how) => (String(resource) === address ? Promise.resolve(new Response()) : ask(resource, how));
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = async (_source, imports) => {
      const module = await compiled;
      return { module, instance: await WebAssembly.instantiate(module, imports).catch(failed) };
    };
    /** @param {unknown} reason @returns {never} */
    const failed = (reason) => {
      reject(reason);
      throw reason;
    };
    compiled.catch(reject);
  });
}

/**
 * The memory in a snapshot's file, with the empty pages that image/make.mjs left out of it.
 *
 * @param {Uint8Array} file
 */
function unfolded(file) {
  const head = new DataView(file.buffer);
  const page = head.getUint32(4, true);
  const memory = new Uint8Array(head.getUint32(0, true));
  const pages = Math.ceil(memory.length / page);
  let from = 8 + pages;
  for (let n = 0; n < pages; n++) {
    if (!file[8 + n]) continue;
    memory.set(file.subarray(from, from + page), n * page);
    from += page;
  }
  return memory;
}

/** @param {Response} response */
async function buffered(response) {
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * A Python exception by its name and the last line of its traceback; any other error by its own.
 *
 * @param {unknown} error
 * @returns {Failure}
 */
function failure(error) {
  if (!(error instanceof Error)) return { kind: "Error", says: String(error) };
  const kind = "type" in error ? String(error.type) : error.name;
  const last = error.message.trimEnd().split("\n").at(-1) ?? "";
  return { kind, says: last.replace(/^[\w.]+: /, "") };
}
