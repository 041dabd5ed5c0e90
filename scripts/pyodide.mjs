/**
 * Runs a Python program in Pyodide under Node, as `python PROGRAM ARGUMENTS…` would in CPython.
 *
 *     node pyodide.mjs RUNTIME FOLDER PROGRAM ARGUMENTS…
 *
 * RUNTIME is the folder of Pyodide's files. Of this machine's files Python sees those in FOLDER, at the same place;
 * all paths are absolute. PYTHONPATH counts as it does elsewhere.
 */

import { delimiter } from "node:path";
import { pathToFileURL } from "node:url";

const AS_A_PROGRAM = `
import runpy, sys
sys.path[:0] = search_path
sys.argv = command
runpy.run_path(command[0], run_name="__main__")
`;

const [runtime, folder, ...command] = process.argv.slice(2);

/** @type {typeof import("pyodide")} */
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${runtime}/` });
python.mountNodeFS(folder, folder);
const search_path = (process.env.PYTHONPATH ?? "").split(delimiter).filter(Boolean);
try {
  python.runPython(AS_A_PROGRAM, { globals: python.toPy({ command, search_path }) });
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
