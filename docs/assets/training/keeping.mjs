/** Is the attempt safe from a closed tab? It is kept as far as it has come, or the tab is asked to stay open. */

import { GoneOn } from "./kept-attempts.mjs";

/** @import { Attempt } from "./attempt.mjs" */
/** @import { KeptAttempts, Stage } from "./kept-attempts.mjs" */
/** @import { OpenTab } from "./open-tab.mjs" */
/** @import { Given } from "./quiz.mjs" */

export class Keeping {
  /** @param {KeptAttempts} attempts @param {OpenTab} openTab */
  constructor(attempts, openTab) {
    this.attempts = attempts;
    this.openTab = openTab;
    /** The answers kept last. @type {Given[]} */
    this.known = [];
  }

  /** From here on it is this attempt that is kept. @param {Attempt} attempt */
  takeUp({ answers }) {
    this.known = answers;
  }

  /** Keeps the attempt as it is now; throws GoneOn. @param {Attempt} attempt @param {Stage} at */
  async keep(attempt, at) {
    const { answers } = attempt;
    try {
      await this.attempts.keep(attempt, attempt.digest, at, this.known);
      this.known = answers;
      this.openTab.release();
    } catch (error) {
      if (error instanceof GoneOn) throw error;
      this.openTab.ask(answers.length > 0);
    }
  }

  /** Keeps what stands on the screen; another tab that is further on keeps its own. @param {Attempt} attempt @param {Stage} at */
  leaveAt(attempt, at) {
    this.keep(attempt, at).catch(() => {});
  }

  /** @param {Attempt} attempt */
  async forget({ seed }) {
    await this.attempts.forget(seed).catch(() => {}); // Where nothing is kept.
  }

  /** Where no page takes it up again. @param {Attempt} attempt */
  async setAside({ seed }) {
    await this.attempts.setAside(seed).catch(() => {}); // Then it is told again the next time.
  }
}
