/** How is one topic practised? A few cases of it, explained as in the training, and other ones when these are done. */

import { courseAt } from "../training/course.mjs";
import { button, element, link, meet, part } from "../training/elements.mjs";
import { Elsewhere } from "../training/elsewhere.mjs";
import { EngineClient, EngineUnavailable } from "../training/engine-client.mjs";
import { Feedback } from "../training/feedback.mjs";
import { Loading } from "../training/loading.mjs";
import { Notice } from "../training/notice.mjs";
import { Progress } from "../training/progress.mjs";
import { QuestionForm } from "../training/question-form.mjs";
import { play } from "../training/quiz.mjs";

/** @import { Given, Result, State } from "../training/quiz.mjs" */

/** @typedef {{id: string, label: string, policy: string}} Topic `policy` is where all trusts' rules on it stand */

const QUESTIONS = 4;

export class Round {
  /** The scenarios practised already; when all are, they come again. @type {Set<string>} */
  #done = new Set();
  /** @type {Given[]} */
  #answers = [];
  #course = "";
  #seed = "";

  /** @param {HTMLElement} root @param {Topic} topic */
  constructor(root, topic) {
    this.root = root;
    this.topic = topic;
    this.engine = this.#engine();
    this.elsewhere = new Elsewhere(root.dataset.elsewhere ?? "", root.dataset.trust ?? "");
    this.progress = new Progress(root);
    this.form = new QuestionForm(part(root, "form.question", HTMLFormElement), () => this.#answer());
    this.feedback = new Feedback(part(root, ".feedback", HTMLElement));
    this.result = part(root, ".result", HTMLElement);
    this.fault = new Notice(root, "notice error", "alert");
    part(root, "h2", HTMLHeadingElement).textContent = topic.label;
    root.hidden = false;
    this.#trying(() => this.#begin());
  }

  #engine() {
    const loading = new Loading(this.root);
    loading.begin();
    const engine = new EngineClient(this.root.dataset.engineManifest ?? "", (arrived, of) => loading.show(arrived, of));
    engine.ready.finally(() => loading.end()).catch(() => {});
    return engine;
  }

  async #begin() {
    const whole = await courseAt(this.root.dataset.course ?? "", "default");
    this.#course = courseOn(whole, this.topic.id, this.#done);
    this.#seed = crypto.randomUUID();
    this.#answers = [];
    const state = await play(this.engine, this.#course, this.#seed, []);
    if (state.question) return this.#ask(state);
    if (!this.#done.size) return this.#sayNone();
    this.#done.clear();
    await this.#begin();
  }

  /** @param {State} state */
  #ask({ question, asked, total }) {
    if (!question) return;
    this.#done.add(question.id.split("/")[0] ?? "");
    this.feedback.hide();
    this.result.hidden = true;
    this.progress.show(asked, total, asked - 1);
    this.form.show(question);
    if (this.#answers.length) meet(part(this.form.form, ".story", HTMLElement));
  }

  async #answer() {
    const { id, chosen } = this.form;
    if (chosen === null) return this.form.complain();
    this.form.wait(true);
    await this.#trying(async () => {
      const answers = [...this.#answers, { question: id, chosen }];
      const state = await play(this.engine, this.#course, this.#seed, answers);
      this.#answers = answers;
      this.#explain(state);
    });
    this.form.wait(false);
  }

  /** @param {State} state */
  #explain(state) {
    const { feedback, question, result, total } = state;
    if (!feedback) return;
    this.form.fold();
    this.progress.show(this.#answers.length, total, this.#answers.length);
    const elsewhere = this.elsewhere.line(feedback.question, feedback.headline);
    if (question) this.feedback.show(feedback, elsewhere, [button("Next question", () => this.#ask(state))]);
    else if (result) this.feedback.show(feedback, elsewhere, [button("See how it went", () => this.#finish(result))]);
  }

  /** @param {Result} result */
  #finish({ topics }) {
    this.form.form.hidden = true;
    this.feedback.hide();
    const own = topics.find(({ url }) => url === this.topic.policy);
    this.result.replaceChildren(
      element("h2", {}, own ? `${own.right} of ${own.of} right at the first try.` : "Done."),
      element("p", {}, "This was practice: nothing is recorded."),
      element(
        "p",
        { class: "actions" },
        button("Practise more", () => this.#trying(() => this.#begin())),
        link({ text: "Take the training", to: this.root.dataset.training ?? "" }),
        link({ text: "Read what the policies say", to: this.topic.policy }),
      ),
    );
    this.result.hidden = false;
    meet(this.result);
  }

  #sayNone() {
    this.progress.say("There is nothing to ask on this at your trust. Choose another topic.");
    this.progress.bar.hidden = true;
  }

  /** @param {() => Promise<void>} what */
  async #trying(what) {
    this.fault.hide();
    try {
      await what();
    } catch (error) {
      const why = error instanceof EngineUnavailable ? error.message : "The questions did not arrive. Check your connection.";
      part(this.root, ".progress", HTMLElement).hidden = true;
      this.fault.show(why, button("Try again", () => location.reload()));
      meet(this.fault.root);
    }
  }
}

/**
 * A course of one topic alone, as JSON text.
 *
 * @param {string} whole the trust's course
 * @param {string} topic
 * @param {Set<string>} done scenarios to leave out
 */
function courseOn(whole, topic, done) {
  const course = JSON.parse(whole);
  /** @type {[string, {topics: string[]}][]} */
  const all = Object.entries(course.scenarios);
  const scenarios = Object.fromEntries(all.filter(([slug, { topics }]) => topics.includes(topic) && !done.has(slug)));
  return JSON.stringify({ ...course, scenarios, questions: QUESTIONS, critical_topics: [] });
}
