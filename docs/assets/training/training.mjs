/** How does somebody take a trust's training? From the question in the page, through explanations, to the result. */

import { Asking } from "./asking.mjs";
import { begun } from "./attempt.mjs";
import { UNREADABLE, carriedOn } from "./carrying-on.mjs";
import { Confirmed } from "./confirmed.mjs";
import { button, element } from "./elements.mjs";
import { EngineRefusal } from "./engine-client.mjs";
import { Keeping } from "./keeping.mjs";
import { KeptAttempts } from "./kept-attempts.mjs";
import { Notice } from "./notice.mjs";
import { OpenTab } from "./open-tab.mjs";
import { Outbox } from "./outbox.mjs";
import { ReadingList } from "./reading-list.mjs";
import { ReceiptFile } from "./receipt-file.mjs";
import { Recording } from "./recording.mjs";
import { ResultView } from "./result-view.mjs";
import { RunningEngine } from "./running-engine.mjs";
import { Standing } from "./standing.mjs";
import { StorageDenied } from "./storage.mjs";
import { Stumble } from "./stumble.mjs";
import { Waiting } from "./waiting.mjs";

/** @import { Attempt } from "./attempt.mjs" */
/** @import { CarriedOn } from "./carrying-on.mjs" */
/** @import { Result } from "./quiz.mjs" */
/** @import { Register } from "./register.mjs" */

/** One person's way through the training. */
export class Training {
  /** @param {HTMLElement} root @param {Register} register */
  constructor(root, register) {
    this.root = root;
    this.register = register;
    this.trust = root.dataset.trust ?? "";
    this.result = new ResultView(root);
    this.openTab = new OpenTab(root);
    this.kept = new KeptAttempts(this.trust);
    this.keeping = new Keeping(this.kept, this.openTab);
    const top = element("div");
    root.prepend(top);
    this.begun = new Notice(top, "notice", "status");
    this.outbox = new Outbox(register);
    this.waiting = new Waiting(top, this.outbox);
    this.recording = this.#recording();
    this.stumble = new Stumble(root, {
      engine: () => this.engine.begin(),
      attempt: () => this.#takeUp(this.#open()),
      restart: () => this.#restart(),
    });
    this.standing = new Standing(root, register, () => this.#restart());
    this.engine = new RunningEngine(root, (error) => this.stumble.say(error));
    this.asking = this.#asking();
    /** Whether the attempt is known to be the reader's own. */
    this.mine = false;
    this.attempt = this.#takeUp(this.#open());
  }

  #recording() {
    const confirmed = this.#sectionsRead();
    const receipt = new ReceiptFile(this.result, confirmed, this.kept, (...done) => this.engine.call("receipt", ...done));
    return new Recording(this.result, this.outbox, this.openTab, confirmed, () => this.#restart(), receipt);
  }

  /** What of the reading list in the page is ticked; a trust may ask for nothing to be read. */
  #sectionsRead() {
    const list = document.querySelector("ul.reading-list");
    const digest = list instanceof HTMLElement ? (list.dataset.digest ?? "") : "";
    const confirmed = new Confirmed(this.trust, digest);
    if (list) new ReadingList(list, confirmed, document.querySelector(".reading-count"));
    return confirmed;
  }

  #asking() {
    return new Asking(this.root, this.engine, this.keeping, this.stumble, {
      attempt: () => this.attempt,
      goesOn: () => {
        this.begun.hide();
        this.standing.rise();
      },
      finish: (attempt, result) => this.#finish(attempt, result),
    });
  }

  /** @param {Promise<Attempt>} attempt */
  #takeUp(attempt) {
    attempt.then((one) => this.asking.rehearse(one)).catch(() => {}); // Told when the person answers.
    this.attempt = attempt;
    return attempt;
  }

  /** The attempt kept in this browser, shown where it stopped, or a new one. @returns {Promise<Attempt>} */
  async #open() {
    const carried = await this.#carried();
    const answered = carried !== null && carried.attempt.answers.length > 0;
    this.waiting.send(carried?.at === "result" && "ticket" in carried.attempt.standing ? carried.attempt.standing.ticket : "");
    if (this.asking.hidden && !answered) this.asking.showOpening();
    if (!carried) return this.#begin("default");
    this.keeping.takeUp(carried.attempt);
    this.mine = carried.check === "stands" || carried.check === "practice";
    if (answered) this.#carryOn(carried);
    return carried.attempt;
  }

  /** @returns {Promise<CarriedOn | null>} */
  async #carried() {
    try {
      const { kept, unreadable } = await this.kept.all();
      if (unreadable) this.begun.show(UNREADABLE);
      if (!kept.length) return null;
      if (kept.some(({ answers }) => answers.length)) this.asking.hideOpening();
      const { carried, says, foreign } = await carriedOn(this.kept, kept, this.register, this.root.dataset.course ?? "");
      if (foreign && !carried) this.recording.confirmed.clear(); // The ticks are somebody else's too.
      if (says.length) this.begun.show(says.join(" "));
      return carried;
    } catch (error) {
      if (!(error instanceof StorageDenied)) {
        this.stumble.say(error);
        throw error;
      }
      this.openTab.ask(false);
      return null;
    }
  }

  /** Shows what stood there when the page was left. @param {CarriedOn} carried */
  async #carryOn(carried) {
    const { attempt, at } = carried;
    try {
      const state = await this.asking.play(attempt);
      if ((await this.attempt) !== attempt) return;
      this.#sayBegun(carried);
      if (at === "result" && state.result) this.#finish(attempt, state.result);
      else if (at === "question" && state.question) this.asking.next(attempt, state);
      else await this.asking.explainAgain(attempt, state);
    } catch (error) {
      if (!(error instanceof EngineRefusal)) return this.stumble.over(error, () => this.#carryOn(carried));
      await this.keeping.setAside(attempt);
      await this.#restart();
      this.begun.show(UNREADABLE);
    }
  }

  /** @param {CarriedOn} carried */
  #sayBegun(carried) {
    const again = button("Start again", () => this.#restart(), "button secondary");
    if (carried.at !== "result") this.begun.show("You have begun this training. Carry on, or start again.", again);
    else if (!("ticket" in carried.attempt.standing)) {
      this.begun.show("You have finished this training. To take it again, start again.", again);
    }
    this.standing.sayOf(carried);
  }

  /** @param {RequestCache} cache @returns {Promise<Attempt>} */
  async #begin(cache) {
    const attempt = await begun(this.standing.ask(), this.root.dataset.course ?? "", cache);
    this.keeping.takeUp(attempt);
    this.mine = true;
    if ("ticket" in attempt.standing) this.keeping.leaveAt(attempt, "question");
    return attempt;
  }

  /** @param {Attempt} attempt @param {Result} result */
  #finish(attempt, result) {
    this.asking.close(attempt);
    this.standing.hide();
    this.result.show(result);
    this.keeping.leaveAt(attempt, "result");
    this.recording.record(attempt, result.passed);
  }

  /** Begins a new attempt, with a new ticket, from the course as it is now. */
  async #restart() {
    const before = this.mine ? await this.attempt.catch(() => null) : null;
    this.asking.progress.say("Loading the first question…");
    this.begun.hide();
    this.#takeUp(this.#begin("no-cache"));
    try {
      const attempt = await this.attempt;
      if (before) await this.keeping.forget(before);
      const state = await this.asking.play(attempt, []);
      this.result.hide();
      this.asking.next(attempt, state);
    } catch (error) {
      this.stumble.tell(error, () => this.#restart());
    }
  }
}
