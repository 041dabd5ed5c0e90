/**
 * What does the browser start from? Two files, made inside the very Pyodide that will run them:
 *
 *     node make.mjs PYODIDE LIBRARY.zip ENGINE.zip FOLDER
 *
 * `python_stdlib.zip` is the part of the standard library the engine needs, compiled. `snapshot.bin` is the memory of a
 * Python that has just imported the engine: it starts several times as fast, but only in this one build of Pyodide. Two
 * thirds of it are empty, or what the assembly itself has put there, and left out: after the size of a page (32 bits,
 * little-endian) stands a byte for every page, 1 where it is in the file, and then those pages. `snapshot.json` says how
 * many bytes of memory that is, and has what Pyodide writes before it (`head`, in base 64) and the `signatures` of the
 * JavaScript functions that come into Python's table while it is built up, in their order.
 * None of them holds a clock, a secret or an address of this machine.
 */

import chance from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, wholeLibrary, engine, folder] = process.argv.slice(2);
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
const { head, memory } = await snapshot();
const { memories, signatures } = await brought(head, memory.length);
writeFileSync(join(folder, "snapshot.bin"), folded(memory, memories));
writeFileSync(
  join(folder, "snapshot.json"),
  JSON.stringify({ head: head.toString("base64"), memory: memory.length, signatures: signatures.join(" ") }),
);

/** From here on there is no time and no chance, so that the same files make the same image. */
function stopTheClock() {
  Date.now = () => 0;
  performance.now = () => 0;
  chance.randomFillSync = (/** @type {any} */ array) => array.fill(0);
  crypto.getRandomValues = (/** @type {any} */ array) => array.fill(0);
}

async function compiledLibrary() {
  const python = await loadPyodide({ ...SETTINGS, stdLibURL: wholeLibrary });
  prepare(python);
  python.runPython(readFileSync(new URL("./library.py", import.meta.url), "utf-8"));
  const made = python.runPython(`compiled("${LIBRARY}", imported_from("${LIBRARY}"))`);
  return made.toJs();
}

/** What Pyodide writes before the memory of a Python that has imported the engine, and that memory. */
async function snapshot() {
  const python = await loadPyodide({ ...SETTINGS, stdLibURL: library, _makeSnapshot: true });
  prepare(python);
  const made = Buffer.from(python.makeMemorySnapshot());
  // The second number is where the memory begins.
  const start = made.readUInt32LE(4);
  return { head: made.subarray(0, start), memory: made.subarray(start) };
}

/**
 * The memory that an image is put into: as the assembly fills it, and as it is after the assembly's own preparations;
 * and the signatures of the JavaScript functions that these put into the table.
 *
 * @param {Buffer} head
 * @param {number} size
 */
async function brought(head, size) {
  const memories = /** @type {Buffer[]} */ ([]);
  const signatures = /** @type {string[]} */ ([]);
  const { set } = WebAssembly.Table.prototype;
  WebAssembly.Table.prototype.set = function (index, /** @type {any} */ value) {
    // One that comes from WebAssembly has none.
    if (value?.sig !== undefined) signatures.push(value.sig);
    set.call(this, index, value);
  };
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (/** @type {any} */ ...asked) => {
    const made = await Reflect.apply(instantiate, WebAssembly, asked);
    memories.push(Buffer.from(made.instance.exports.memory.buffer.slice(0)));
    return made;
  };
  const { default: build } = await import(pathToFileURL(join(pyodide, "pyodide.asm.mjs")).href);
  const createPyodideModule = async (/** @type {object} */ settings) => {
    const module = await build(Object.assign(settings, { INITIAL_MEMORY: size }));
    memories.push(Buffer.from(module.HEAPU8.slice()));
    throw new Error("Nothing more is needed.");
  };
  await loadPyodide({ ...SETTINGS, stdLibURL: library, _loadSnapshot: head, createPyodideModule }).catch(() => {});
  if (memories.length !== 2) throw new Error("Error: Pyodide could not be started without an image.");
  return { memories, signatures };
}

/** @param {Buffer} memory @param {Buffer[]} brought */
function folded(memory, brought) {
  const page = (/** @type {Buffer} */ of, /** @type {number} */ n) => of.subarray(n * PAGE, (n + 1) * PAGE);
  const numbers = Array.from({ length: memory.length / PAGE }, (_, n) => n);
  const own = numbers.map((n) => brought.some((other) => !page(other, n).equals(page(memory, n))));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(PAGE);
  return Buffer.concat([head, Buffer.from(own.map(Number)), ...numbers.filter((n) => own[n]).map((n) => page(memory, n))]);
}

/** @param {any} python */
function prepare(python) {
  python.unpackArchive(new Uint8Array(readFileSync(engine)), "zip");
  python.runPython(`${PREPARED}\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.format_exc()\ngc.collect()`);
}
