/**
 * How does the quiz's Python run in the browser? In this worker: Pyodide, and the package `quiz` imported into it.
 *
 * It answers `{id, call, args}` with `{id, ok, value | error}`, both as JSON text. The call `start` builds everything up,
 * out of the large files that the page brings meanwhile: `{file, content | failure}` (opened-worker.mjs). Any other is a
 * function of `quiz.engine`, which takes text and returns text. Every id is answered, whatever happens.
 */

/** @typedef {{id: number, call: string, args: any[]}} Question */
/** @typedef {{kind: string, says: string}} Failure */
/** @typedef {{id: number, ok: true, value: string | null} | {id: number, ok: false, error: Failure}} Answer */
/** @typedef {{id: number, arrived: number, of: number}} Arrival bytes on the wire */
/** @typedef {Record<string, (...args: string[]) => string>} Engine */
/**
 * Where the runtime's folder lies and its assembly, the engine's zip, the library it needs, a library of nothing, and the
 * memory of a Python that has imported the engine already: `memory` is its size, `head` what Pyodide wrote before it, in
 * base 64, `signatures` those of the functions in its table that are JavaScript's (joined-functions.mjs). `integrity` has
 * the hash and `bytes` the size of every file by its address.
 *
 * @typedef {{pyodide: string, assembly: string, engine: string, library: string, no_library: string, snapshot: string,
 *            memory: number, head: string, signatures: string, integrity: Record<string, string>,
 *            bytes: Record<string, number>}} Manifest
 */
/** @typedef {{promise: Promise<any>, resolve: (content: any) => void, reject: (reason: Error) => void}} Expected */
/** @typedef {{from: string, engine: Engine}} Ready from which file it has started */

/** @type {Promise<Ready> | undefined} */
let ready;
/** The files the page brings, by address. @type {Map<string, Expected>} */
const brought = new Map();

self.addEventListener("message", async ({ data }) => {
  if (typeof data === "string") self.postMessage(JSON.stringify(await answered(JSON.parse(data))));
  else if ("content" in data) broughtBy(data.file).resolve(data.content);
  else broughtBy(data.file).reject(new Error(data.failure));
});

/** A file the page brings. @param {string} address */
function broughtBy(address) {
  const file = brought.get(address) ?? expected();
  brought.set(address, file);
  file.promise.catch(() => {}); // Told to whoever needs it.
  return file;
}

/** A promise to be kept from outside. @returns {Expected} */
function expected() {
  /** @type {any} */
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

/** @param {Question} question @returns {Promise<Answer>} */
async function answered({ id, call, args }) {
  try {
    return { id, ok: true, value: await (call === "start" ? start(args[0]) : ask(call, args)) };
  } catch (error) {
    return { id, ok: false, error: failure(error) };
  }
}

/** The file the engine has started from. @param {Manifest} manifest */
async function start(manifest) {
  ready ??= load(manifest);
  return (await ready).from;
}

/** @param {string} call @param {string[]} args */
async function ask(call, args) {
  if (!ready) throw new Error(`"${call}" was called before "start".`);
  return (await ready).engine[call](...args);
}

/** @param {Manifest} manifest @returns {Promise<Ready>} */
async function load(manifest) {
  const { snapshot, library, integrity } = manifest;
  compareWhatIsFetched(new Map(Object.entries(integrity)));
  try {
    return { from: snapshot, engine: await fromSnapshot(manifest) };
  } catch {
    // The interface for snapshots is Pyodide's own, and nobody promises it: this start needs none.
    return { from: library, engine: await fromLibrary(manifest) };
  }
}

/**
 * A file that is not what the build made of it is refused, and asked for once more past every cache.
 *
 * @param {Map<string, string>} hashes by address
 */
function compareWhatIsFetched(hashes) {
  const ask = self.fetch;
  self.fetch = (resource, how) => {
    const integrity = hashes.get(String(resource));
    if (!integrity) return ask(resource, how);
    return ask(resource, { ...how, integrity }).catch(() => ask(resource, { ...how, integrity, cache: "reload" }));
  };
}

/**
 * The engine as the build left it in memory. What only looks like chance in there is replaced by real chance.
 *
 * Python is built up around an empty memory while the image still arrives.
 *
 * @param {Manifest} manifest
 * @returns {Promise<Engine>}
 */
async function fromSnapshot(manifest) {
  const { pyodide, no_library, snapshot, memory, head, signatures } = manifest;
  const joining = import("./joined-functions.mjs");
  const python = await runtime(manifest, {
    stdLibURL: no_library,
    _loadSnapshot: Uint8Array.from(atob(head), (byte) => byte.charCodeAt(0)),
    createPyodideModule: async (/** @type {object} */ settings) => {
      const [{ joinFunctions }, { default: build }] = await Promise.all([joining, import(`${pyodide}pyodide.asm.mjs`)]);
      const end = joinFunctions(signatures.split(" "));
      const module = await build(Object.assign(settings, { INITIAL_MEMORY: memory })).finally(end);
      unfold(await broughtBy(snapshot).promise, module.HEAPU8);
      return module;
    },
  });
  python.runPython("import random; random.seed()");
  return python.pyimport("quiz.engine");
}

/** @param {Manifest} manifest @returns {Promise<Engine>} */
async function fromLibrary(manifest) {
  const { library, engine } = manifest;
  const packed = fetch(engine).then((response) => response.arrayBuffer());
  const [python, zip] = await Promise.all([runtime(manifest, { stdLibURL: library }), packed]);
  python.unpackArchive(new Uint8Array(zip), "zip"); // Into the working folder, from which Python imports.
  return python.pyimport("quiz.engine");
}

/**
 * @param {Manifest} manifest
 * @param {object} settings
 * @returns {Promise<import("pyodide").PyodideAPI>}
 */
async function runtime({ pyodide: indexURL, assembly }, settings) {
  const broken = handOver(assembly, broughtBy(assembly).promise);
  import(`${indexURL}pyodide.asm.mjs`).catch(() => {}); // Pyodide imports it after itself; told there.
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
 * Puts an image into the memory it was taken from: those pages that the assembly does not fill by itself (image/make.mjs).
 *
 * @param {Uint8Array} image
 * @param {Uint8Array} memory
 */
function unfold(image, memory) {
  const page = new DataView(image.buffer).getUint32(0, true);
  const pages = memory.length / page;
  let from = 4 + pages;
  for (let n = 0; n < pages; n++) {
    if (!image[4 + n]) continue;
    memory.set(image.subarray(from, from + page), n * page);
    from += page;
  }
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
