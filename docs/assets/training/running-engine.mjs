/** Who answers this page, and can they already? The engine loads while the person reads, and is begun again if it fails. */

import { ChosenEngine } from "./chosen-engine.mjs";
import { Loading } from "./loading.mjs";
import { Notice } from "./notice.mjs";

/** @import { Engine } from "./engine-client.mjs" */

/** @implements {Engine} */
export class RunningEngine {
  /** @param {HTMLElement} root @param {(error: unknown) => void} onFailure told before anybody has answered in vain */
  constructor(root, onFailure) {
    this.manifest = root.dataset.engineManifest ?? "";
    this.onFailure = onFailure;
    this.remote = new Notice(root, "notice", "status");
    this.loading = new Loading(root);
    this.begin();
  }

  begin() {
    this.loaded = false;
    this.loading.begin();
    const engine = new ChosenEngine(
      this.manifest,
      (busy) =>
        this.remote.show(`Your browser cannot run the training by itself, so the register asks the questions.${busy}`),
      (arrived, of) => this.loading.show(arrived, of),
    );
    engine.ready.finally(() => this.loading.end()).catch(() => {});
    engine.ready.then(() => {
      this.loaded = true;
      performance.mark("engine-ready"); // Read by scripts/bench/quiz_start.py.
    }, this.onFailure);
    this.engine = engine;
  }

  get ready() {
    return this.engine?.ready ?? Promise.reject();
  }

  /** Lets the engine get ready for what it will be asked. @param {string} name @param {...string} args */
  rehearse(name, ...args) {
    this.engine?.rehearse(name, ...args);
  }

  /** @param {string} name @param {...string} args @returns {Promise<string>} */
  async call(name, ...args) {
    return /** @type {ChosenEngine} */ (this.engine).call(name, ...args);
  }
}
