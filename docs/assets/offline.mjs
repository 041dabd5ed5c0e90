/** Does the handbook work without a network? A service worker keeps it; this starts it, and says when an update is ready. */

import { chosenTrust } from "./my-trust.mjs";
import { lastStart } from "./training/last-start.mjs";

// So long the worker leaves the network to a page that fetches the engine (the training says when it has).
const ENGINE_MS = 5000;
// The file Python starts from where the image of its memory cannot be used (handbook/offline.py).
const FALLBACK = /\/python_stdlib-/;

/** @type {{saveData?: boolean} | undefined} */
const connection = "connection" in navigator ? Object(navigator.connection) : undefined;

/** Settles when the training's engine has started; never on any other page. @type {Promise<void>} */
const engineReady = new Promise((done) => {
  const seen = new PerformanceObserver((list) => list.getEntriesByName("engine-ready").forEach(() => done()));
  seen.observe({ type: "mark", buffered: true });
});

/** Settles when the page itself needs the network no more. */
async function pageIsThere() {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  if (!document.querySelector("[data-engine-manifest]")) return;
  await Promise.race([engineReady, new Promise((done) => setTimeout(done, ENGINE_MS))]);
}

/** Says that a newer version is here. It is the reader who reloads: they may be in the middle of a training. */
class Update {
  constructor() {
    this.root = document.createElement("p");
    this.root.className = "update";
    this.root.setAttribute("role", "status");
    document.body.append(this.root);
  }

  show() {
    if (this.root.childElementCount) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button secondary";
    button.textContent = "Reload";
    button.addEventListener("click", () => location.reload());
    this.root.append("An update is ready. ", button);
  }
}

/** @param {ServiceWorkerContainer} workers */
async function keepUp(workers) {
  const update = new Update();
  workers.addEventListener("message", ({ data }) => {
    if (data?.update) update.show();
  });
  await pageIsThere();
  await workers.register("/service-worker.js", { updateViaCache: "none" });
  const ready = await workers.ready;
  const ask = () => {
    const trust = document.body.dataset.trust ?? chosenTrust();
    const python = "WebAssembly" in globalThis && !connection?.saveData;
    ready.active?.postMessage({ trust, python, fallback: FALLBACK.test(lastStart()) });
  };
  ask();
  engineReady.then(ask);
  addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
}

// Without service workers (plain http on a local network, a browser that keeps nothing) the site works as it always did.
if ("serviceWorker" in navigator) keepUp(navigator.serviceWorker).catch(() => {});
