/** How does somebody take a trust's training? From the question in the page, through explanations, to the result. */

import { begun } from "./attempt.mjs";
import { Confirmed } from "./confirmed.mjs";
import { CourseChanged } from "./course.mjs";
import { button, link, meet, part } from "./elements.mjs";
import { Elsewhere } from "./elsewhere.mjs";
import { EngineClient } from "./engine-client.mjs";
import { faultOf } from "./fault.mjs";
import { Feedback } from "./feedback.mjs";
import { Notice } from "./notice.mjs";
import { Progress } from "./progress.mjs";
import { QuestionForm } from "./question-form.mjs";
import { play } from "./quiz.mjs";
import { ReadingList } from "./reading-list.mjs";
import { Recording } from "./recording.mjs";
import { ResultView } from "./result-view.mjs";

/** @import { Attempt } from "./attempt.mjs" */
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
    this.recording = new Recording(this.result, register, this.#sectionsRead(), () => this.#restart());
    this.fault = new Notice(root, "notice error", "alert");
    this.standing = new Notice(root, "notice", "status");
    this.engine = this.#startEngine();
    this.attempt = this.#prepare("default");
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
    const engine = new EngineClient(this.root.dataset.engineManifest ?? "");
    engine.ready.then(
      () => {
        this.loaded = true;
        performance.mark("engine-ready"); // Read by scripts/bench/quiz_start.py.
      },
      (error) => this.#stumble(error, () => {}),
    );
    return engine;
  }

  /** @param {RequestCache} cache @returns {Promise<Attempt>} */
  #prepare(cache) {
    const attempt = begun(this.#stand(), this.root.dataset.course ?? "", cache);
    attempt.catch(() => {}); // Told when the person answers.
    return attempt;
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
    if (!attempt.answers.length && !(await this.#openingStands(attempt))) throw new CourseChanged();
    const answers = [...attempt.answers, given];
    const state = await this.#play(attempt, answers);
    if ((await this.attempt) !== attempt) return; // Begun again in the meantime.
    attempt.answers = answers;
    this.#explain(attempt, state);
  }

  /** The question in the page may be that of an older course. @param {Attempt} attempt @returns {Promise<boolean>} */
  async #openingStands(attempt) {
    const { question } = await this.#play(attempt, []);
    return question !== null && this.form.shows(question);
  }

  /** @param {Attempt} attempt @param {State} state */
  #explain(attempt, { asked, total, question, feedback, result }) {
    if (!feedback) throw new CourseChanged();
    const answered = attempt.answers.length;
    this.progress.show(answered, total, answered);
    this.form.fold();
    const elsewhere = this.elsewhere.line(feedback.question, feedback.headline);
    if (question) this.feedback.show(feedback, elsewhere, "Next question", () => this.#next(question, asked, total));
    else if (result) this.feedback.show(feedback, elsewhere, "See your result", () => this.#finish(attempt, result));
  }

  /** @param {Question} question @param {number} asked @param {number} total */
  #next(question, asked, total) {
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
    this.recording.record(attempt, result.passed);
  }

  /** Begins a new attempt, with a new ticket, from the course as it is now. */
  async #restart() {
    this.progress.say("Loading the first question…");
    this.attempt = this.#prepare("no-cache");
    try {
      const { question, asked, total } = await this.#play(await this.attempt, []);
      if (question) this.#next(question, asked, total);
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
      else this.attempt = this.#prepare("no-cache");
      retry();
    };
    this.fault.show(says, button("Try again", again));
  }
}
