/**
 * How does the handbook work without a network? This worker keeps it, one version at a time.
 *
 * A page comes from the network where there is one, and is known by its digest: whatever it then asks for is answered
 * with the files of the version it belongs to, or not at all. A page of no version we know, and all of the register,
 * passes through untouched. What is kept, and how versions are told apart: docs/assets/offline/, handbook/offline.py.
 */

const worker = /** @type {any} */ (self);

worker.importScripts("/assets/offline/store.js", "/assets/offline/version.js", "/assets/offline/memory.js");

/**
 * @typedef {{request: Request, clientId: string, resultingClientId?: string, waitUntil: (done: Promise<any>) => void,
 *   respondWith: (answer: Promise<Response>) => void}} Fetch
 */
/** @typedef {{id: string, type: string, postMessage: (words: object) => void}} Client */
/**
 * @typedef {{matchAll: (which: object) => Promise<Client[]>, get: (id: string) => Promise<Client | undefined>}} Clients
 */
/**
 * What a page asks to be kept: its trust; whether Python, and what Python needs where the image of its memory fails.
 *
 * @typedef {{data: {trust: string | null, python: boolean, fallback: boolean},
 *   waitUntil: (done: Promise<any>) => void}} Asked
 */
/** @typedef {{response: Response, body?: ArrayBuffer}} Arrival of a page; what may be the site's own has come whole */

const REGISTER = /^\/(api|healthz|manage|my|readyz|sign-in|sign-out|verify)(\/|$)/;
const COURSE = /\/course\.json$/;
// After this a network that does not answer is none.
const PATIENCE_MS = 5000;
// A page that is being opened is not yet among the browser's clients.
const OPENING_MS = 60_000;
// A page that was left may come back as it was (the button "Back").
const MOST_LEFT = 100;

const clients = /** @type {Clients} */ (worker.clients);
const store = new Store();
const memory = new Memory(store);
/** @type {Map<string, Promise<Version | undefined>>} */
const versions = new Map();
/** @type {Promise<void>} */
let updates = Promise.resolve();

worker.addEventListener("install", () => worker.skipWaiting());

worker.addEventListener("message", (/** @type {Asked} */ event) => event.waitUntil(update(event.data)));

worker.addEventListener("fetch", (/** @type {Fetch} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || request.headers.has("range")) return;
  if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (!REGISTER.test(pathname)) event.respondWith(part(event, pathname).catch(() => fetch(request)));
});

/** A page, from the network if that answers. @param {Fetch} event @param {string} path @returns {Promise<Response>} */
async function page(event, path) {
  const arriving = arrived(event.request, path).catch(() => undefined);
  const kept = REGISTER.test(path) ? undefined : await keptPage(path).catch(() => undefined);
  const arrival = await (kept ? Promise.race([arriving, late()]) : arriving);
  if (arrival && (arrival.response.status < 500 || !kept)) return identified(event, path, arrival);
  const shown = kept ?? (await keptPage("/offline/").catch(() => undefined));
  if (!shown) return Response.error();
  read(event, shown.version);
  return kept ? shown.response : new Response(shown.response.body, { status: 503, headers: shown.response.headers });
}

/** @returns {Promise<undefined>} */
function late() {
  return new Promise((done) => setTimeout(done, PATIENCE_MS));
}

/** @param {Request} request @param {string} path @returns {Promise<Arrival>} */
async function arrived(request, path) {
  const response = await fetch(request);
  const isPage = response.status === 200 && response.type === "basic" && !response.redirected;
  const isOurs = isPage && !REGISTER.test(path) && response.headers.get("content-type")?.startsWith("text/html");
  return isOurs ? { response, body: await response.arrayBuffer() } : { response };
}

/** A page of the newest version that is whole here, or else of one that has the page. @param {string} path */
async function keptPage(path) {
  const { chosen, versions: known } = await memory.get();
  for (const { id } of [...known].reverse().sort((one, other) => Number(other.whole) - Number(one.whole))) {
    const version = await versionOf(id);
    const digest = await version?.digest(path, chosen).catch(() => undefined);
    const response = digest && (await store.file(path, digest));
    if (response) return { response, version: id };
  }
  return undefined;
}

/**
 * A page that has come from the network; what it will ask for is answered from the version it belongs to.
 *
 * @param {Fetch} event @param {string} path @param {Arrival} arrival
 */
async function identified(event, path, { response, body }) {
  if (!body) {
    read(event, "");
    return response;
  }
  const digest = await digestOf(body);
  const version = await Promise.race([versionWith(path, digest).catch(() => undefined), late()]);
  read(event, version?.id ?? "");
  const headers = new Headers(response.headers);
  headers.delete("content-encoding"); // The body is decoded by now.
  headers.delete("content-length");
  const shown = new Response(body, { headers });
  if (version) event.waitUntil(store.keep(path, digest, shown.clone()).catch(() => {}));
  return shown;
}

/** The version that has this very file, the newest first. @param {string} path @param {string} digest */
async function versionWith(path, digest) {
  const { chosen, versions: known } = await memory.get();
  for (const find of [() => versionOf(known.at(-1)?.id), look, ...known.map(({ id }) => () => versionOf(id))]) {
    const version = await find().catch(() => undefined);
    if ((await version?.digest(path, chosen).catch(() => undefined)) === digest) return version;
  }
  return undefined;
}

/** A part of a page, of the page's own version. @param {Fetch} event @param {string} path @returns {Promise<Response>} */
async function part(event, path) {
  const { request, clientId, resultingClientId } = event;
  const { chosen, readers } = await memory.get();
  const id = readers[clientId]?.version ?? (await unknownReader(clientId));
  // A worker, made of the same files as the page that starts it. To ask who it is while it loads would never end: in
  // Firefox `clients.get` waits until it has loaded.
  if (resultingClientId) read(event, id, clientId);
  if (!id) return fetch(request);
  const version = await versionAgain(id);
  if (!version) return Response.error();
  // The register has refused the course that the page knows.
  if (request.cache === "no-cache" && COURSE.test(path)) {
    const now = await fetch(request).catch(() => undefined);
    if (now?.ok && now.headers.get("content-type")?.startsWith("application/json")) return now;
  }
  try {
    const digest = await version.digest(path, chosen);
    return digest ? await version.file(path, digest) : await fetch(request);
  } catch {
    event.waitUntil(update({ trust: null, python: false, fallback: false })); // The site may be a newer one now.
    return Response.error();
  }
}

/**
 * The version for whoever we know nothing of; "" for none.
 *
 * @param {string} clientId
 */
async function unknownReader(clientId) {
  // What was remembered of a page is lost: another version's files would be wrong for it.
  if ((await clients.get(clientId))?.type === "window") return "";
  // Not every browser says which page has started a worker; the worker then gets what a new page would get.
  return (await memory.get()).versions.findLast(({ whole }) => whole)?.id ?? "";
}

/** A version whose list the browser may have thrown away: it is had again as long as it is the site's. @param {string} id */
async function versionAgain(id) {
  const version = (await versionOf(id).catch(() => undefined)) ?? (await look().catch(() => undefined));
  return version?.id === id ? version : undefined;
}

/**
 * Remembers which version a page or worker reads that is just being opened.
 *
 * @param {Fetch} event
 * @param {string} version
 * @param {string} [by] the page that starts a worker: it ends with that
 */
function read(event, version, by) {
  const id = event.resultingClientId;
  if (id) event.waitUntil(memory.change(({ readers }) => (readers[id] = { version, since: Date.now(), by })));
}

/** @param {string | undefined} id @returns {Promise<Version | undefined>} */
async function versionOf(id) {
  if (!id) return undefined;
  const opened = versions.get(id) ?? store.note(id).then((words) => words && new Version(JSON.parse(words), store));
  versions.set(id, /** @type {Promise<Version | undefined>} */ (opened));
  const version = await opened.catch(() => undefined);
  if (!version) versions.delete(id);
  return version || undefined;
}

/** The version on the network now; rejects if there is no network, or no list. @returns {Promise<Version>} */
async function look() {
  const response = await fetch("/offline.json", { cache: "no-cache" });
  const words = await response.text();
  /** @type {List} */
  const list = JSON.parse(words);
  if (!response.ok || typeof list.version !== "string") throw new Error("This is no list of a version.");
  const version = (await versionOf(list.version)) ?? new Version(list, store);
  const isKept = await store.file("/offline.json", version.id);
  if (isKept && (await memory.get()).versions.at(-1)?.id === version.id) return version;
  await store.write(version.id, words);
  versions.set(version.id, Promise.resolve(version));
  await memory.change((remembered) => {
    const whole = remembered.versions.find(({ id }) => id === version.id)?.whole ?? false;
    remembered.versions = [...remembered.versions.filter(({ id }) => id !== version.id), { id: version.id, whole }];
  });
  return version;
}

/** Keeps what is on the network now, one request after the other. @param {Asked["data"]} asked */
function update(asked) {
  updates = updates.then(() => keepUp(asked)).catch(() => {}); // No network: what is kept stays.
  return updates;
}

/** @param {Asked["data"]} asked */
async function keepUp({ trust, python, fallback }) {
  await memory.change((remembered) => {
    if (trust && !remembered.chosen.includes(trust)) remembered.chosen.push(trust);
  });
  const version = await look();
  const { chosen } = await memory.get();
  await version.keep(chosen, python, fallback);
  await memory.change(({ versions: known }) => known.forEach((one) => (one.whole ||= one.id === version.id)));
  await tell(version.id);
  await tidy();
}

/** Tells the pages of older versions that there is a newer one. @param {string} newest */
async function tell(newest) {
  const { readers } = await memory.get();
  for (const client of await clients.matchAll({ type: "window" })) {
    const version = readers[client.id]?.version;
    if (version && version !== newest) client.postMessage({ update: newest });
  }
}

/** Forgets the versions that nobody reads any more. */
async function tidy() {
  const { chosen, versions: known } = await memory.get();
  const open = (await clients.matchAll({ type: "all", includeUncontrolled: true })).map(({ id }) => id);
  await memory.change((remembered) => {
    for (const id of open) if (id in remembered.readers) remembered.readers[id].seen = true;
    const readers = Object.entries(remembered.readers);
    const opening = (/** @type {Reader} */ { seen, since, by }) =>
      !seen && since > Date.now() - OPENING_MS && (!by || open.includes(by));
    const here = readers.filter(([id, reader]) => open.includes(id) || opening(reader));
    const left = readers.filter((one) => !here.includes(one)).slice(-MOST_LEFT);
    const used = new Set([...here.map(([, { version }]) => version), remembered.versions.at(-1)?.id]);
    remembered.readers = Object.fromEntries([...left, ...here]);
    remembered.versions = remembered.versions.filter(({ id }) => used.has(id));
  });
  const { versions: used } = await memory.get();
  if (known.length === used.length) return;
  const needed = new Set([Store.key("/offline.json", "memory")]);
  for (const { id } of used) for (const key of (await (await versionOf(id))?.keys(chosen)) ?? []) needed.add(key);
  await store.forget([...(await store.keys())].filter((key) => !needed.has(key)));
  for (const id of versions.keys()) if (!used.some((one) => one.id === id)) versions.delete(id);
}
