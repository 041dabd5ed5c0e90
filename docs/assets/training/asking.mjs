/** How is an attempt asked and explained, one question at a time? With a choice, what to do and why, and a way on. */

import { CourseChanged } from "./course.mjs";
import { button, meet, part } from "./elements.mjs";
import { Elsewhere } from "./elsewhere.mjs";
import { Feedback } from "./feedback.mjs";
import { Progress } from "./progress.mjs";
import { QuestionForm } from "./question-form.mjs";
import { play } from "./quiz.mjs";
import { Similar } from "./similar.mjs";

/** @import { Attempt } from "./attempt.mjs" */
/** @import { Keeping } from "./keeping.mjs" */
/** @import { Explanation, Given, Result, State } from "./quiz.mjs" */
/** @import { RunningEngine } from "./running-engine.mjs" */
/** @import { Stumble } from "./stumble.mjs" */

/** @typedef {(given: Given) => Promise<void>} Check what becomes of an answer */
/** @typedef {{text: string, go: () => void}} Onward */
/**
 * @typedef {{attempt: () => Promise<Attempt>, goesOn: () => void, finish: (attempt: Attempt, result: Result) => void}} Page
 *   where the questions stand: whose attempt it is, what is over once it goes on, what comes after the last question
 */

export class Asking {
  /** @param {HTMLElement} root @param {RunningEngine} engine @param {Keeping} keeping @param {Stumble} stumble @param {Page} page */
  constructor(root, engine, keeping, stumble, page) {
    this.engine = engine;
    this.keeping = keeping;
    this.stumble = stumble;
    this.page = page;
    this.progress = new Progress(root);
    this.form = new QuestionForm(part(root, "form.question", HTMLFormElement), () => this.#answer());
    /** Some answer to the question that stands in the page. @type {Given} */
    this.rehearsed = { question: this.form.id, chosen: part(this.form.form, "input", HTMLInputElement).value };
    this.feedback = new Feedback(part(root, ".feedback", HTMLElement));
    this.elsewhere = new Elsewhere(root.dataset.elsewhere ?? "", root.dataset.trust ?? "");
    this.similar = new Similar(this);
    /** @type {Check} */
    this.check = (given) => this.#check(given);
  }

  /** Whether no question stands here. */
  get hidden() {
    return this.form.form.hidden;
  }

  /** Nothing is asked until it is known where the person stopped. */
  hideOpening() {
    this.form.form.hidden = true;
    this.progress.say("Looking for the question where you stopped…");
  }

  showOpening() {
    this.form.form.hidden = false;
    this.progress.show(1, this.progress.bar.max, 0);
  }

  /** All has been asked. @param {Attempt} attempt */
  close({ answers }) {
    this.progress.show(answers.length, answers.length, answers.length);
    this.feedback.hide();
    this.form.form.hidden = true;
  }

  /** @param {Attempt} attempt @param {Given[]} [answers] fewer than were given @returns {Promise<State>} */
  play({ course, seed, answers: all }, answers = all) {
    return play(this.engine, course, seed, answers);
  }

  /** The first answer would else take ten times as long as any other. @param {Attempt} attempt */
  rehearse({ course, seed }) {
    this.engine.rehearse("play", course, seed, JSON.stringify([this.rehearsed]));
  }

  /** Asks what comes next. @param {Attempt} attempt @param {State} state */
  next(attempt, { question, asked, total }) {
    if (!question) throw new CourseChanged();
    if (attempt.answers.length) this.keeping.leaveAt(attempt, "question");
    this.feedback.hide();
    this.stumble.hide();
    this.check = (given) => this.#check(given);
    this.form.show(question, question.again ? "A variant of one you missed." : "");
    this.progress.show(asked, total, asked - 1);
    meet(this.progress.text);
  }

  /** The last explanation, under the story it belongs to. @param {Attempt} attempt @param {State} state */
  async explainAgain(attempt, state) {
    this.check = (given) => this.#check(given);
    const { question } = await this.play(attempt, attempt.answers.slice(0, -1));
    if (question) this.form.show(question);
    this.#explain(attempt, state);
  }

  /** @param {Explanation} feedback @returns {Promise<string>} what other trusts say */
  lineOf({ question, headline }) {
    return this.elsewhere.line(question, headline);
  }

  async #answer() {
    const { id, chosen } = this.form;
    if (chosen === null) return this.form.complain();
    this.stumble.hide();
    this.form.wait(true, this.engine.loaded ? "" : "The training is still loading. Your answer is kept.");
    try {
      await this.check({ question: id, chosen });
    } catch (error) {
      this.stumble.tell(error, () => this.#answer());
    } finally {
      this.form.wait(false);
    }
  }

  /** @type {Check} */
  async #check(given) {
    const attempt = await this.page.attempt();
    if (this.hidden) return; // Carried on elsewhere in the meantime.
    if (!attempt.answers.length && !(await this.#openingStands(attempt))) throw new CourseChanged();
    const answers = [...attempt.answers, given];
    const state = await this.play(attempt, answers);
    if ((await this.page.attempt()) !== attempt) return; // Begun again in the meantime.
    const before = attempt.answers;
    attempt.answers = answers;
    try {
      await this.keeping.keep(attempt, "feedback");
    } catch (error) {
      attempt.answers = before;
      throw error;
    }
    this.#explain(attempt, state);
  }

  /** The question in the page may be that of an older course. @param {Attempt} attempt @returns {Promise<boolean>} */
  async #openingStands(attempt) {
    const { question } = await this.play(attempt, []);
    return question !== null && this.form.shows(question);
  }

  /** @param {Attempt} attempt @param {State} state */
  #explain(attempt, state) {
    const { total, feedback, similar } = state;
    if (!feedback) throw new CourseChanged();
    const answered = attempt.answers.length;
    const onward = this.#onward(attempt, state);
    const back = () => this.explainAgain(attempt, state).catch((error) => this.stumble.tell(error, back));
    const practice = similar
      ? [button("Try a similar question", () => this.similar.begin(attempt, similar, onward, back), "button secondary")]
      : [];
    this.progress.show(answered, total, answered);
    this.form.fold();
    this.feedback.show(feedback, this.lineOf(feedback), [button(onward.text, onward.go), ...practice]);
  }

  /** @param {Attempt} attempt @param {State} state @returns {Onward} */
  #onward(attempt, state) {
    const { result } = state;
    if (result) return { text: "See your result", go: () => this.page.finish(attempt, result) };
    return { text: "Next question", go: () => this.#goOn(attempt, state) };
  }

  /** @param {Attempt} attempt @param {State} state */
  #goOn(attempt, state) {
    this.page.goesOn();
    this.next(attempt, state);
  }
}
