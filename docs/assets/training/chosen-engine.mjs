/** Who works out the quiz: this browser, or the register where this browser cannot? */

import { EngineClient, EngineRefusal, EngineUnavailable } from "./engine-client.mjs";
import { forgetKill, killedLastTime, markUntil } from "./last-load.mjs";
import { RemoteEngine } from "./remote-engine.mjs";

/** @import { Engine } from "./engine-client.mjs" */
/** @import { Count } from "./engine-files.mjs" */

// What the quiz refuses here, it refuses everywhere; whatever else goes wrong is this browser's own trouble.
const REFUSALS = ["NotAsked", "FactError"];

/** This browser's engine; from the moment it fails, the register in its place, asked the same. @implements {Engine} */
export class ChosenEngine {
  /** @type {Promise<RemoteEngine> | undefined} */
  #register;
  /** @type {EngineClient | undefined} */
  #local;

  /**
   * @param {string} manifest address of the engine's manifest
   * @param {(busy: string) => void} onRegister told when the register steps in, and when it is busy: in words, or ""
   * @param {Count} [onArrival] told of the bytes of this browser's engine as they come
   */
  constructor(manifest, onRegister, onArrival) {
    this.onRegister = onRegister;
    this.onArrival = onArrival;
    /** Settled when somebody can answer, or nobody ever will. @type {Promise<unknown>} */
    this.ready = this.#start(manifest).catch((why) => this.#stepIn(why));
    this.ready.catch(() => {}); // Whoever calls learns of it; nobody has to wait for `ready` itself.
  }

  /**
   * The text a function of `quiz.engine` returns.
   *
   * Rejects with EngineUnavailable when neither can answer, and else with what the one that is asked rejects with.
   *
   * @param {string} name
   * @param {...string} args
   * @returns {Promise<string>}
   */
  async call(name, ...args) {
    await this.ready;
    if (this.#register || !this.#local) return (await this.#stepIn(null)).call(name, ...args);
    try {
      return await this.#local.call(name, ...args);
    } catch (error) {
      if (!RemoteEngine.offers(name) || (error instanceof EngineRefusal && REFUSALS.includes(error.kind))) throw error;
      return (await this.#stepIn(error)).call(name, ...args);
    }
  }

  /**
   * Calls the same for practice, so that this browser's engine has read and compiled what it is going to need. Whether
   * that works shows when somebody asks.
   *
   * @param {string} name
   * @param {...string} args
   */
  async rehearse(name, ...args) {
    await this.#local?.call(name, ...args).catch(() => {});
  }

  /** @param {string} manifest */
  async #start(manifest) {
    if (killedLastTime()) throw new EngineUnavailable("the page was killed while it loaded");
    this.#local = new EngineClient(manifest, this.onArrival);
    markUntil(this.#local.ready);
    await this.#local.ready;
  }

  /** @param {any} why this browser's engine failed */
  #stepIn(why) {
    this.#register ??= this.#found(why);
    return this.#register;
  }

  /** @param {any} why @returns {Promise<RemoteEngine>} */
  async #found(why) {
    this.#local?.close();
    const register = new RemoteEngine((seconds) => this.onRegister(busy(seconds)));
    try {
      await register.ready;
    } catch {
      forgetKill(); // Better to be killed than never to try.
      throw why instanceof EngineUnavailable ? why : new EngineUnavailable(String(why));
    }
    this.onRegister("");
    return register;
  }
}

/** @param {number} seconds */
function busy(seconds) {
  if (!seconds) return "";
  return ` The register is busy. This goes on by itself in ${seconds === 1 ? "a second" : `${seconds} seconds`}.`;
}
