/**
 * How do JavaScript functions get into Python's table of functions? All of them in one small WebAssembly module.
 *
 * A table takes only functions of WebAssembly. Emscripten offers it each of some 260 JavaScript functions, catches the
 * error, and makes a module for that one alone: together a tenth of a start. Which they are and in which order is known
 * from the build (`signatures` in the manifest); what comes otherwise is left to Emscripten.
 *
 * The bytes are those of the WebAssembly core specification, 5.5: types, imports and exports, and no code.
 */

/** @typedef {Function & {sig?: string}} Signed what comes back and what goes in, a letter each, as Emscripten writes it */

/** The types of WebAssembly by Emscripten's letters: numbers, whole and not, and pointers. @type {Record<string, number>} */
const TYPES = { i: 0x7f, p: 0x7f, j: 0x7e, f: 0x7d, d: 0x7c, e: 0x6f };
const FUNCTION = 0x60;
const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const TYPE_SECTION = 1;
const IMPORT_SECTION = 2;
const EXPORT_SECTION = 7;
const FROM = "e";

/**
 * From now on every table takes functions with these signatures, in this order. Ends with the function returned.
 *
 * @param {string[]} signatures
 * @returns {() => void}
 */
export function joinFunctions(signatures) {
  const { prototype } = WebAssembly.Table;
  const { set } = prototype;
  /** @type {Signed[]} */
  const given = [];
  /** @type {WebAssembly.Exports | undefined} */
  let joined;
  prototype.set = function (index, /** @type {Signed} */ value) {
    const isNext = typeof value === "function" && value.sig !== undefined && value.sig === signatures[given.length];
    if (!isNext) return set.call(this, index, value);
    joined ??= joinedFrom(signatures, given);
    set.call(this, index, joined[given.push(value) - 1]);
  };
  return () => (prototype.set = set);
}

/** @param {string[]} signatures @param {Signed[]} given what each calls, once it is there */
function joinedFrom(signatures, given) {
  const imported = signatures.map((_, n) => [n, (/** @type {any[]} */ ...args) => given[n](...args)]);
  const module = new WebAssembly.Module(joiningModule(signatures));
  return new WebAssembly.Instance(module, { [FROM]: Object.fromEntries(imported) }).exports;
}

/** A module that gives out every function that it is given. @param {string[]} signatures */
export function joiningModule(signatures) {
  const kinds = [...new Set(signatures)];
  return Uint8Array.from([
    ...HEADER,
    ...section(TYPE_SECTION, kinds.map(functionType)),
    ...section(
      IMPORT_SECTION,
      signatures.map((one, n) => [...name(FROM), ...name(`${n}`), 0, ...number(kinds.indexOf(one))]),
    ),
    ...section(
      EXPORT_SECTION,
      signatures.map((_, n) => [...name(`${n}`), 0, ...number(n)]),
    ),
  ]);
}

/** @param {string} signature */
function functionType(signature) {
  const [back, ...into] = signature;
  return [FUNCTION, ...listed(into.map((letter) => [TYPES[letter]])), ...listed(back === "v" ? [] : [[TYPES[back]]])];
}

/** @param {number} id @param {number[][]} rows */
function section(id, rows) {
  const content = listed(rows);
  return [id, ...number(content.length), ...content];
}

/** @param {number[][]} rows */
function listed(rows) {
  return [...number(rows.length), ...rows.flat()];
}

/** @param {string} text of ASCII alone */
function name(text) {
  return listed(Array.from(text, (letter) => [letter.charCodeAt(0)]));
}

/** Seven bits at a time, the lowest first (LEB128). @param {number} value @returns {number[]} */
function number(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >>> 7)];
}
