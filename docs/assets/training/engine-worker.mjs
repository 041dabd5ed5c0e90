/**
 * How does the quiz's Python run in the browser? In this worker: Pyodide, and the package `quiz` imported into it.
 *
 * It answers `{id, call, args}` with `{id, ok, value | error}`, both as JSON text. The call `start` loads everything;
 * any other is a function of `quiz.engine`, which takes text and returns text. Every id is answered, whatever happens.
 */

/** @typedef {{id: number, call: string, args: string[]}} Question */
/** @typedef {{kind: string, says: string}} Failure */
/** @typedef {{id: number, ok: true, value: string | null} | {id: number, ok: false, error: Failure}} Answer */
/** @typedef {Record<string, (...args: string[]) => string>} Engine */
/**
 * Where the runtime's folder lies, the engine's zip, the library it needs, a library of nothing, and the memory of a
 * Python that has imported the engine already; `integrity` has the hash of every file by its path.
 *
 * @typedef {{pyodide: string, engine: string, library: string, no_library: string, snapshot: string,
 *            integrity: Record<string, string>}} Manifest
 */

/** @type {Promise<Engine> | undefined} */
let engine;

self.addEventListener("message", async (event) => {
  self.postMessage(JSON.stringify(await answered(JSON.parse(event.data))));
});

/** @param {Question} question @returns {Promise<Answer>} */
async function answered({ id, call, args }) {
  try {
    return { id, ok: true, value: await (call === "start" ? start(args[0]) : ask(call, args)) };
  } catch (error) {
    return { id, ok: false, error: failure(error) };
  }
}

/** @param {string} manifest its address */
async function start(manifest) {
  engine ??= load(manifest);
  await engine;
  return null;
}

/** @param {string} call @param {string[]} args */
async function ask(call, args) {
  if (!engine) throw new Error(`"${call}" was called before "start".`);
  return (await engine)[call](...args);
}

/** @param {string} address @returns {Promise<Engine>} */
async function load(address) {
  /** @type {Manifest} */
  const manifest = await (await fetched(address, { cache: "no-cache" })).json();
  /** @param {string} path */
  const at = (path) => new URL(path, address).href;
  checkEveryFile(manifest.integrity, at);
  try {
    return await fromSnapshot(manifest, at);
  } catch {
    // The interface for snapshots is Pyodide's own, and nobody promises it: this start needs none.
    return fromLibrary(manifest, at);
  }
}

/**
 * The engine as the build left it in memory. What only looks like chance in there is replaced by real chance.
 *
 * @param {Manifest} manifest
 * @param {(path: string) => string} at
 * @returns {Promise<Engine>}
 */
async function fromSnapshot({ pyodide, no_library, snapshot }, at) {
  const image = bytes(at(snapshot)).then(unfolded);
  beginToFetch(`${at(pyodide)}pyodide-lock.json`, at(no_library));
  const python = await runtime(at(pyodide), { stdLibURL: at(no_library), _loadSnapshot: image });
  python.runPython("import random; random.seed()");
  return python.pyimport("quiz.engine");
}

/** @param {Manifest} manifest @param {(path: string) => string} at @returns {Promise<Engine>} */
async function fromLibrary({ pyodide, library, engine: zip }, at) {
  const [python, packed] = await Promise.all([runtime(at(pyodide), { stdLibURL: at(library) }), bytes(at(zip))]);
  python.unpackArchive(packed, "zip"); // Into the working folder, from which Python imports.
  return python.pyimport("quiz.engine");
}

/** @param {string} indexURL the runtime's folder @param {object} start @returns {Promise<import("pyodide").PyodideAPI>} */
async function runtime(indexURL, start) {
  const broken = beginToCompile(`${indexURL}pyodide.asm.wasm`);
  /** @type {typeof import("pyodide")} */
  const { loadPyodide } = await import(`${indexURL}pyodide.mjs`);
  // With its own folder as the place for packages, Pyodide has no address outside this origin left to ask.
  return Promise.race([loadPyodide({ indexURL, packageBaseUrl: indexURL, ...start }), broken]);
}

/**
 * Compiles Pyodide's assembly before Pyodide, which would fetch it last of all, has got so far.
 *
 * Rejects when the file is missing, damaged or too large for the memory: Pyodide 314.0.7 writes a warning then and waits
 * for ever (pyodide/pyodide#6296); nothing else tells us.
 *
 * @param {string} address
 * @returns {Promise<never>}
 */
function beginToCompile(address) {
  const compiled = WebAssembly.compileStreaming(fetch(address));
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
 * From here on a file that is not what the build made of it is refused, and asked for once more past every cache.
 *
 * @param {Record<string, string>} integrity
 * @param {(path: string) => string} at
 */
function checkEveryFile(integrity, at) {
  const unchecked = self.fetch;
  const hashes = new Map(Object.entries(integrity).map(([path, hash]) => [at(path), hash]));
  self.fetch = (resource, how) => {
    const hash = hashes.get(String(resource));
    if (!hash) return unchecked(resource, how);
    const checked = { ...how, integrity: hash };
    return unchecked(resource, checked).catch(() => unchecked(resource, { ...checked, cache: "reload" }));
  };
}

/**
 * Fetches files before Pyodide, which asks for them one after the other, has got so far; each is handed out once.
 *
 * @param {...string} addresses
 */
function beginToFetch(...addresses) {
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

/** @param {string} address */
async function bytes(address) {
  return new Uint8Array(await (await fetched(address)).arrayBuffer());
}

/** @param {string} address @param {RequestInit} [how] */
async function fetched(address, how) {
  const response = await fetch(address, how);
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response;
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
