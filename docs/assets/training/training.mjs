/** How does somebody take a trust's training? From the question in the page, through explanations, to the result. */

import { begun } from "./attempt.mjs";
import { UNREADABLE, carriedOn } from "./carrying-on.mjs";
import { ChosenEngine } from "./chosen-engine.mjs";
import { Confirmed } from "./confirmed.mjs";
import { CourseChanged } from "./course.mjs";
import { button, element, link, meet, part } from "./elements.mjs";
import { Elsewhere } from "./elsewhere.mjs";
import { EngineRefusal } from "./engine-client.mjs";
import { faultOf } from "./fault.mjs";
import { Feedback } from "./feedback.mjs";
import { GoneOn, KeptAttempts } from "./kept-attempts.mjs";
import { Notice } from "./notice.mjs";
import { OpenTab } from "./open-tab.mjs";
import { Outbox } from "./outbox.mjs";
import { Progress } from "./progress.mjs";
import { QuestionForm } from "./question-form.mjs";
import { play } from "./quiz.mjs";
import { ReadingList } from "./reading-list.mjs";
import { ReceiptFile } from "./receipt-file.mjs";
import { Recording } from "./recording.mjs";
import { SIGN_IN } from "./register.mjs";
import { ResultView } from "./result-view.mjs";
import { StorageDenied } from "./storage.mjs";
import { Waiting } from "./waiting.mjs";

/** @import { Attempt } from "./attempt.mjs" */
/** @import { CarriedOn } from "./carrying-on.mjs" */
/** @import { Stage } from "./kept-attempts.mjs" */
/** @import { Given, Question, Result, State } from "./quiz.mjs" */
/** @import { Practice, Register } from "./register.mjs" */

/** One person's way through the training. */
export class Training {
  /** @param {HTMLElement} root @param {Register} register */
  constructor(root, register) {
    this.root = root;
    this.register = register;
    this.progress = new Progress(root);
    this.form = new QuestionForm(part(root, "form.question", HTMLFormElement), () => this.#answer());
    this.feedback = new Feedback(part(root, ".feedback", HTMLElement));
    this.result = new ResultView(root);
    this.elsewhere = new Elsewhere(root.dataset.elsewhere ?? "", root.dataset.trust ?? "");
    this.kept = new KeptAttempts(root.dataset.trust ?? "");
    this.openTab = new OpenTab(root);
    const top = element("div");
    root.prepend(top);
    this.begun = new Notice(top, "notice", "status");
    this.outbox = new Outbox(register);
    this.waiting = new Waiting(top, this.outbox);
    this.recording = this.#recording();
    this.fault = new Notice(root, "notice error", "alert");
    this.standing = new Notice(root, "notice", "status");
    this.remote = new Notice(root, "notice", "status");
    this.engine = this.#startEngine();
    /** The answers kept last. @type {Given[]} */
    this.known = [];
    /** Whether the attempt is known to be the reader's own. */
    this.mine = false;
    this.attempt = this.#prepare(this.#open());
  }

  #recording() {
    const confirmed = this.#sectionsRead();
    const receipt = new ReceiptFile(this.result, confirmed, (...done) => this.engine.call("receipt", ...done));
    return new Recording(this.result, this.outbox, this.openTab, confirmed, () => this.#restart(), receipt);
  }

  /** What of the reading list in the page is ticked; a trust may ask for nothing to be read. */
  #sectionsRead() {
    const list = document.querySelector("ul.reading-list");
    const digest = list instanceof HTMLElement ? (list.dataset.digest ?? "") : "";
    const confirmed = new Confirmed(this.root.dataset.trust ?? "", digest);
    if (list) new ReadingList(list, confirmed, document.querySelector(".reading-count"));
    return confirmed;
  }

  /** Loads the engine while the person reads; if that fails, says so before they have answered in vain. */
  #startEngine() {
    this.loaded = false;
    const engine = new ChosenEngine(this.root.dataset.engineManifest ?? "", () =>
      this.remote.show("Your browser cannot run the training by itself, so the register asks the questions."),
    );
    engine.ready.then(
      () => {
        this.loaded = true;
        performance.mark("engine-ready"); // Read by scripts/bench/quiz_start.py.
      },
      (error) => this.#stumble(error, () => {}),
    );
    return engine;
  }

  /** @param {Promise<Attempt>} attempt */
  #prepare(attempt) {
    attempt.catch(() => {}); // Told when the person answers.
    return attempt;
  }

  /** The attempt kept in this browser, shown where it stopped, or a new one. @returns {Promise<Attempt>} */
  async #open() {
    const carried = await this.#carried();
    const answered = carried !== null && carried.attempt.answers.length > 0;
    this.waiting.send(carried?.at === "result" && "ticket" in carried.attempt.standing ? carried.attempt.standing.ticket : "");
    if (this.form.form.hidden && !answered) this.#showOpening();
    if (!carried) return this.#begin("default");
    this.known = carried.attempt.answers;
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
      if (kept.some(({ answers }) => answers.length)) this.#hideOpening();
      const { carried, says } = await carriedOn(this.kept, kept, this.register, this.root.dataset.course ?? "");
      if (says.length) this.begun.show(says.join(" "));
      return carried;
    } catch (error) {
      if (!(error instanceof StorageDenied)) throw this.#toOpenAgain(error);
      this.openTab.ask(false);
      return null;
    }
  }

  #hideOpening() {
    this.form.form.hidden = true;
    this.progress.say("Looking for the question where you stopped…");
  }

  #showOpening() {
    this.form.form.hidden = false;
    this.progress.show(1, this.progress.bar.max, 0);
  }

  /** Nothing is asked until it is known where the person stopped. @param {unknown} error */
  #toOpenAgain(error) {
    this.#stumble(error, () => {});
    return error;
  }

  /** Shows what stood there when the page was left. @param {CarriedOn} carried */
  async #carryOn({ attempt, at, check }) {
    try {
      const state = await this.#play(attempt, attempt.answers);
      if ((await this.attempt) !== attempt) return;
      this.#sayBegun(attempt, at, check);
      if (at === "result" && state.result) this.#finish(attempt, state.result);
      else if (at === "question" && state.question) this.#next(attempt, state);
      else await this.#explainAgain(attempt, state);
    } catch (error) {
      if (!(error instanceof EngineRefusal)) return this.#stumble(error, () => this.#carryOn({ attempt, at, check }));
      await this.kept.setAside(attempt.seed).catch(() => {}); // Then it is told again the next time.
      await this.#restart();
      this.begun.show(UNREADABLE);
    }
  }

  /** The explanation, under the story it belongs to. @param {Attempt} attempt @param {State} state */
  async #explainAgain(attempt, state) {
    const { question } = await this.#play(attempt, attempt.answers.slice(0, -1));
    if (question) this.form.show(question);
    this.#explain(attempt, state);
  }

  /** @param {Attempt} attempt @param {Stage} at @param {CarriedOn["check"]} check */
  #sayBegun({ standing }, at, check) {
    const again = button("Start again", () => this.#restart(), "button secondary");
    if (at !== "result") this.begun.show("You have begun this training. Carry on, or start again.", again);
    else if (!("ticket" in standing)) this.begun.show("You have finished this training. To take it again, start again.", again);
    if ("says" in standing) this.standing.show(standing.says, ...(standing.link ? [link(standing.link)] : []));
    if (check === "signed-out") {
      this.standing.show("You are signed out. Carry on: your answers are kept. To have them recorded, sign in.", link(SIGN_IN));
    }
    if (check === "unknown") {
      this.standing.show("The register does not answer. Carry on: your answers are kept, and sent when it does.");
    }
  }

  /** @param {RequestCache} cache @returns {Promise<Attempt>} */
  async #begin(cache) {
    const attempt = await begun(this.#stand(), this.root.dataset.course ?? "", cache);
    this.known = attempt.answers;
    this.mine = true;
    if ("ticket" in attempt.standing) this.#keep(attempt, "question");
    return attempt;
  }

  /** Keeps the attempt as it is now; throws GoneOn. @param {Attempt} attempt @param {Stage} at */
  async #keep(attempt, at) {
    const { answers } = attempt;
    try {
      await this.kept.keep(attempt, attempt.digest, at, this.known);
      this.known = answers;
      this.openTab.release();
    } catch (error) {
      if (error instanceof GoneOn) throw error;
      this.openTab.ask(answers.length > 0);
    }
  }

  async #stand() {
    const standing = await this.register.standing(this.root.dataset.trust ?? "");
    if ("ticket" in standing) this.standing.hide();
    else this.standing.show(standing.says, ...this.#wayOut(standing));
    return standing;
  }

  /** @param {Practice} practice */
  #wayOut(practice) {
    if (practice.again) return [button("Start again", () => this.#restart(), "button secondary")];
    return practice.link ? [link(practice.link)] : [];
  }

  /** @param {Attempt} attempt @param {Given[]} answers @returns {Promise<State>} */
  #play({ course, seed }, answers) {
    return play(this.engine, course, seed, answers);
  }

  async #answer() {
    const { id, chosen } = this.form;
    if (chosen === null) return this.form.complain();
    this.fault.hide();
    this.form.wait(true, this.loaded ? "" : "The training is still loading. Your answer is kept.");
    try {
      await this.#check({ question: id, chosen });
    } catch (error) {
      this.#stumble(error, () => this.#answer());
      meet(this.fault.root);
    } finally {
      this.form.wait(false);
    }
  }

  /** @param {Given} given */
  async #check(given) {
    const attempt = await this.attempt;
    if (this.form.form.hidden) return; // Carried on elsewhere in the meantime.
    if (!attempt.answers.length && !(await this.#openingStands(attempt))) throw new CourseChanged();
    const answers = [...attempt.answers, given];
    const state = await this.#play(attempt, answers);
    if ((await this.attempt) !== attempt) return; // Begun again in the meantime.
    const before = attempt.answers;
    attempt.answers = answers;
    try {
      await this.#keep(attempt, "feedback");
    } catch (error) {
      attempt.answers = before;
      throw error;
    }
    this.#explain(attempt, state);
  }

  /** The question in the page may be that of an older course. @param {Attempt} attempt @returns {Promise<boolean>} */
  async #openingStands(attempt) {
    const { question } = await this.#play(attempt, []);
    return question !== null && this.form.shows(question);
  }

  /** @param {Attempt} attempt @param {State} state */
  #explain(attempt, state) {
    const { total, question, feedback, result } = state;
    if (!feedback) throw new CourseChanged();
    const answered = attempt.answers.length;
    this.progress.show(answered, total, answered);
    this.form.fold();
    const elsewhere = this.elsewhere.line(feedback.question, feedback.headline);
    if (question) this.feedback.show(feedback, elsewhere, "Next question", () => this.#goOn(attempt, state));
    else if (result) this.feedback.show(feedback, elsewhere, "See your result", () => this.#finish(attempt, result));
  }

  /** @param {Attempt} attempt @param {State} state */
  #goOn(attempt, state) {
    this.begun.hide();
    this.#next(attempt, state);
  }

  /** @param {Attempt} attempt @param {State} state */
  #next(attempt, { question, asked, total }) {
    if (!question) throw new CourseChanged();
    if (attempt.answers.length) this.#leaveAt(attempt, "question");
    this.feedback.hide();
    this.result.hide();
    this.fault.hide();
    this.form.show(question);
    this.progress.show(asked, total, asked - 1);
    meet(this.progress.text);
  }

  /** @param {Attempt} attempt @param {Result} result */
  #finish(attempt, result) {
    this.feedback.hide();
    this.standing.hide();
    this.form.form.hidden = true;
    this.result.show(result);
    this.#leaveAt(attempt, "result");
    this.recording.record(attempt, result.passed);
  }

  /** Keeps what stands on the screen; another tab that is further on keeps its own. @param {Attempt} attempt @param {Stage} at */
  #leaveAt(attempt, at) {
    this.#keep(attempt, at).catch(() => {});
  }

  /** Begins a new attempt, with a new ticket, from the course as it is now. */
  async #restart() {
    const before = this.mine ? await this.attempt.catch(() => null) : null;
    this.progress.say("Loading the first question…");
    this.begun.hide();
    this.attempt = this.#prepare(this.#begin("no-cache"));
    try {
      const attempt = await this.attempt;
      if (before) await this.kept.forget(before.seed).catch(() => {}); // Where nothing is kept.
      this.#next(attempt, await this.#play(attempt, []));
    } catch (error) {
      this.#stumble(error, () => this.#restart());
      meet(this.fault.root);
    }
  }

  /**
   * Says what went wrong and offers what helps; the answer chosen stays chosen.
   *
   * @param {unknown} error
   * @param {() => void} retry what to do again once the cause is gone
   */
  #stumble(error, retry) {
    const { says, mend } = faultOf(error);
    if (mend === "attempt") return this.fault.show(says, button("Start again", () => this.#restart()));
    const again = () => {
      this.fault.hide();
      if (mend === "engine") this.engine = this.#startEngine();
      if (mend === "course" || mend === "place") this.attempt = this.#prepare(this.#open());
      if (mend !== "place") retry();
    };
    this.fault.show(says, button(mend === "place" ? "Carry on here" : "Try again", again));
  }
}
