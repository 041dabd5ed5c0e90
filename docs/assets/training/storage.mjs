/** Where does this browser keep what is not on record yet? In a small database of its own, if it has room for one. */

/** @typedef {"attempts" | "outbox" | "aside"} Store attempts by seed, finished ones by ticket, unusable ones in turn */

const NAME = "clearpost";
const VERSION = 1;
// Some browsers never say that they keep nothing.
const PATIENCE_MS = 5_000;

/** This browser keeps nothing for us: it is not allowed to, or its disk is full. */
export class StorageDenied extends Error {}

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/**
 * What `work` returns, once all it has put and deleted is on the disk; or nothing of it is.
 *
 * `work` may await requests of its stores and nothing else. Throws StorageDenied, or what `work` does.
 *
 * @template Value
 * @param {Store[]} names
 * @param {(...stores: IDBObjectStore[]) => Promise<Value>} work
 * @returns {Promise<Value>}
 */
export async function inStorage(names, work) {
  const transaction = await begin(names);
  const kept = new Promise((resolve, reject) => {
    transaction.addEventListener("complete", resolve);
    transaction.addEventListener("abort", () => reject(denied(transaction.error)));
  });
  kept.catch(() => {}); // Told below, unless `work` has its own reason.
  try {
    const value = await work(...names.map((name) => transaction.objectStore(name)));
    await kept;
    return value;
  } catch (error) {
    if (!(error instanceof StorageDenied)) abort(transaction);
    throw error instanceof DOMException ? denied(error) : error;
  }
}

/**
 * @template Value
 * @param {IDBRequest<Value>} request
 * @returns {Promise<Value>}
 */
export function settled(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(denied(request.error)));
  });
}

/** @param {Store[]} names */
async function begin(names) {
  try {
    return await transaction(names);
  } catch {
    // The browser has closed the database (iPads do, while one looks at another app): it is opened once more.
    return transaction(names).catch((error) => {
      throw denied(error);
    });
  }
}

/** @param {Store[]} names */
async function transaction(names) {
  const database = await open();
  try {
    // A flat battery may follow at once.
    return database.transaction(names, "readwrite", { durability: "strict" });
  } catch (error) {
    opened = undefined;
    throw error;
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.addEventListener("upgradeneeded", () => {
      request.result.createObjectStore("attempts", { keyPath: "seed" });
      request.result.createObjectStore("outbox", { keyPath: "ticket" });
      request.result.createObjectStore("aside", { autoIncrement: true });
    });
    request.addEventListener("success", () => {
      request.result.addEventListener("versionchange", () => request.result.close());
      request.result.addEventListener("close", () => (opened = undefined));
      opened = Promise.resolve(request.result); // Also where nobody has waited so long.
      resolve(request.result);
    });
    request.addEventListener("error", () => {
      opened = undefined; // Perhaps only this once.
      reject(request.error);
    });
    setTimeout(() => reject(new Error("the database does not open")), PATIENCE_MS);
  });
  return opened;
}

/** @param {IDBTransaction} transaction */
function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}

/** @param {unknown} cause */
function denied(cause) {
  return new StorageDenied("This browser keeps nothing.", { cause });
}
