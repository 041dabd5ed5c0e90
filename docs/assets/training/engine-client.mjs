/** How does a page ask the quiz's Python? Through this client of the engine's worker. */

import { rememberStart } from "./last-start.mjs";
import { START, workerFor } from "./opened-worker.mjs";

/** @import { Answer, Arrival } from "./engine-worker.mjs" */
/** @import { Count } from "./engine-files.mjs" */
/** @import { OpenedWorker } from "./opened-worker.mjs" */

/** @typedef {{resolve: (value: string) => void, reject: (reason: Error) => void}} Waiting */
/**
 * @typedef {{ready: Promise<unknown>, call: (name: string, ...args: string[]) => Promise<string>}} Engine whoever
 *   answers for `quiz.engine`: `ready` is settled when it can, or never will
 */

// Without an answer, and without a byte: after that nothing will come any more.
const PATIENCE_MS = 90_000;

/** The engine cannot run here, or not now; the message says what to do about it. */
export class EngineUnavailable extends Error {
  /** @param {string} reason what went wrong, for whoever looks into it */
  constructor(reason) {
    super(
      "The training could not start in this browser. Try again, or use a current Chrome, Edge, Firefox or Safari. " +
        "If it still does not start, tell your manager.",
      { cause: reason },
    );
    this.name = "EngineUnavailable";
  }
}

/** The engine ran and refused a call; `kind` is the name of the Python exception, the message its words. */
export class EngineRefusal extends Error {
  /** @param {string} kind @param {string} says */
  constructor(kind, says) {
    super(says);
    this.name = "EngineRefusal";
    this.kind = kind;
  }
}

/** One worker with the engine in it; it starts to load at once. */
export class EngineClient {
  /** @type {OpenedWorker | undefined} */
  #opened;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #asked = START;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #late;
  /** @type {EngineUnavailable | undefined} */
  #broken;

  /**
   * @param {string} manifest address of the engine's manifest
   * @param {Count} [onArrival] told of the bytes that come; not where the browser has them already
   * @param {number} [patience] in milliseconds
   */
  constructor(manifest, onArrival = () => {}, patience = PATIENCE_MS) {
    this.onArrival = onArrival;
    this.patience = patience;
    /** Settled when the engine can answer, or never will. @type {Promise<unknown>} */
    this.ready = this.#started(new URL(manifest, location.href).href).then(rememberStart, (error) => {
      throw this.#breakDown(error instanceof EngineUnavailable ? error : new EngineUnavailable(error.message));
    });
    this.ready.catch(() => {}); // Whoever calls learns of it; nobody has to wait for `ready` itself.
  }

  /**
   * The text a function of `quiz.engine` returns.
   *
   * Rejects with EngineUnavailable when the engine did not load, broke down or keeps silent for too long, and with
   * EngineRefusal when the function raised.
   *
   * @param {string} name
   * @param {...string} args
   * @returns {Promise<string>}
   */
  async call(name, ...args) {
    await this.ready;
    return this.#ask(name, args);
  }

  /** Ends the worker; whatever is still waiting is told so. */
  close() {
    this.#breakDown(new EngineUnavailable("closed"));
  }

  /** The file the engine has started from. @param {string} manifest @returns {Promise<string>} */
  async #started(manifest) {
    if (!("WebAssembly" in globalThis)) throw new Error("there is no WebAssembly");
    this.#opened = workerFor(manifest);
    const started = this.#answerTo(START);
    this.#opened.listen({
      hear: (said) => this.#hear(said),
      breakDown: (reason) => this.#breakDown(new EngineUnavailable(reason)),
    });
    return started;
  }

  /** @param {string} call @param {string[]} args @returns {Promise<string>} */
  #ask(call, args) {
    if (this.#broken) return Promise.reject(this.#broken);
    const id = ++this.#asked;
    const answer = this.#answerTo(id);
    this.#opened?.worker.postMessage(JSON.stringify({ id, call, args }));
    return answer;
  }

  /** @param {number} id @returns {Promise<string>} */
  #answerTo(id) {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#wait();
    });
  }

  /** Waits anew: the worker was just heard of. */
  #wait() {
    clearTimeout(this.#late);
    if (!this.#waiting.size) return;
    this.#late = setTimeout(() => this.#breakDown(new EngineUnavailable("the worker keeps silent")), this.patience);
  }

  /** @param {Answer | Arrival} said */
  #hear(said) {
    if ("arrived" in said) this.onArrival(said.arrived, said.of);
    else this.#settle(said);
    this.#wait();
  }

  /** @param {Answer} answer */
  #settle(answer) {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.ok) waiting?.resolve(answer.value ?? "");
    else waiting?.reject(new EngineRefusal(answer.error.kind, answer.error.says));
  }

  /** @param {EngineUnavailable} why @returns {EngineUnavailable} */
  #breakDown(why) {
    this.#broken ??= why;
    this.#opened?.close();
    clearTimeout(this.#late);
    for (const { reject } of this.#waiting.values()) reject(this.#broken);
    this.#waiting.clear();
    return this.#broken;
  }
}
