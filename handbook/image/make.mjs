/**
 * What does the browser start from? Two files, made inside the very Pyodide that will run them:
 *
 *     node make.mjs PYODIDE ENGINE.zip FOLDER
 *
 * `python_stdlib.zip` is the part of the standard library the engine needs, compiled. `snapshot.bin` is the memory of a
 * Python that has just imported the engine: it starts several times as fast, but only in this one build of Pyodide. More
 * than half of it is empty, and left out: after its length and the size of a page (each 32 bits, little-endian) stands a
 * byte for every page, 1 where there is something on it, and then those pages.
 * Neither holds a clock, a secret or an address of this machine.
 */

import chance from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, engine, folder] = process.argv.slice(2);
stopTheClock();
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")).href);
const LIBRARY = "/lib/python314.zip";
const PAGE = 4096;
// What an exception needs to be told; a snapshot has no library left to import it from.
const PREPARED = "import gc, linecache, random, traceback, quiz.engine";
// A fixed seed of hashes: the same files make the same image. There is nothing in it to be guessed at.
const SETTINGS = { indexURL: pyodide, env: { PYTHONHASHSEED: "0", HOME: "/home/pyodide" } };

const library = join(folder, "python_stdlib.zip");
writeFileSync(library, await compiledLibrary());
writeFileSync(join(folder, "snapshot.bin"), folded(await snapshot()));

/** From here on there is no time and no chance, so that the same files make the same image. */
function stopTheClock() {
  Date.now = () => 0;
  performance.now = () => 0;
  chance.randomFillSync = (/** @type {any} */ array) => array.fill(0);
  crypto.getRandomValues = (/** @type {any} */ array) => array.fill(0);
}

async function compiledLibrary() {
  const python = await loadPyodide(SETTINGS);
  prepare(python);
  python.runPython(readFileSync(new URL("./library.py", import.meta.url), "utf-8"));
  const made = python.runPython(`compiled("${LIBRARY}", imported_from("${LIBRARY}"))`);
  return made.toJs();
}

async function snapshot() {
  const python = await loadPyodide({ ...SETTINGS, stdLibURL: library, _makeSnapshot: true });
  prepare(python);
  return python.makeMemorySnapshot();
}

/** @param {Uint8Array} memory */
function folded(memory) {
  const pages = Array.from({ length: Math.ceil(memory.length / PAGE) }, (_, n) => memory.subarray(n * PAGE, (n + 1) * PAGE));
  const used = pages.map((page) => page.some((byte) => byte !== 0));
  const head = Buffer.alloc(8);
  head.writeUInt32LE(memory.length, 0);
  head.writeUInt32LE(PAGE, 4);
  return Buffer.concat([head, Buffer.from(used.map(Number)), ...pages.filter((_, n) => used[n])]);
}

/** @param {any} python */
function prepare(python) {
  python.unpackArchive(new Uint8Array(readFileSync(engine)), "zip");
  python.runPython(`${PREPARED}\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.format_exc()\ngc.collect()`);
}
