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
/** @typedef {{pyodide: string, engine: string}} Manifest addresses of the runtime's folder and of the engine's zip */

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
  const [python, zip] = await Promise.all([
    runtime(new URL(manifest.pyodide, address).href),
    archive(new URL(manifest.engine, address).href),
  ]);
  python.unpackArchive(zip, "zip"); // Into the working folder, from which Python imports.
  return python.pyimport("quiz.engine");
}

/** @param {string} indexURL the runtime's folder @returns {Promise<import("pyodide").PyodideAPI>} */
async function runtime(indexURL) {
  /** @type {typeof import("pyodide")} */
  const { loadPyodide } = await import(`${indexURL}pyodide.mjs`);
  const broken = brokenAssembly();
  // With its own folder as the place for packages, Pyodide has no address outside this origin left to ask.
  return Promise.race([loadPyodide({ indexURL, packageBaseUrl: indexURL }), broken]);
}

/**
 * Rejects when the WebAssembly file is missing, damaged or too large for the memory.
 *
 * Pyodide 314.0.7 writes a warning then and waits for ever (pyodide/pyodide#6296); nothing else tells us.
 *
 * @returns {Promise<never>}
 */
function brokenAssembly() {
  const instantiate = WebAssembly.instantiateStreaming;
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = (source, imports) => {
      const made = instantiate(source, imports);
      made.catch(reject);
      return made;
    };
  });
}

/** @param {string} address */
async function archive(address) {
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
