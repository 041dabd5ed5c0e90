/** When is it worth trying again? When the network is back, when somebody looks at the page, and now and then. */

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;

/** Tries something again until it is stopped. */
export class Retry {
  #pause = FIRST_PAUSE_MS;
  #timer = 0;

  /** @param {() => void} work */
  constructor(work) {
    this.work = work;
    this.look = () => document.visibilityState === "visible" && work();
    addEventListener("online", work);
    document.addEventListener("visibilitychange", this.look);
    this.#wait();
  }

  stop() {
    clearTimeout(this.#timer);
    removeEventListener("online", this.work);
    document.removeEventListener("visibilitychange", this.look);
  }

  #wait() {
    this.#timer = setTimeout(() => {
      this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE_MS);
      this.#wait();
      this.work();
    }, this.#pause);
  }
}
