/** What may follow a mistake? Similar questions, explained in place, as many as there are; they count for nothing. */

import { button, meet } from "./elements.mjs";
import { another } from "./quiz.mjs";

/** @import { Asking, Check, Onward } from "./asking.mjs" */
/** @import { Attempt } from "./attempt.mjs" */
/** @import { Given, Practised, Question } from "./quiz.mjs" */

/** @typedef {{attempt: Attempt, onward: Onward, back: () => void}} Mistake after which somebody practises, and the ways out */

export class Similar {
  /** @param {Asking} asking the place of the training itself: practice stands there too */
  constructor(asking) {
    this.asking = asking;
  }

  /** @param {Attempt} attempt @param {Question} question @param {Onward} onward @param {() => void} back to the explanation */
  begin(attempt, question, onward, back) {
    this.#ask({ attempt, onward, back }, question, []);
  }

  /** @param {Mistake} mistake @param {Question} question @param {Given[]} tried before */
  #ask(mistake, question, tried) {
    const { feedback, form, stumble } = this.asking;
    const back = button("Back to the training", mistake.back, "button secondary");
    /** @type {Check} */
    const check = async (given) => {
      const all = [...tried, given];
      const practised = await another(this.asking.engine, mistake.attempt, all);
      if (this.asking.check === check) this.#explain(mistake, practised, all);
    };
    feedback.hide();
    stumble.hide();
    this.asking.check = check;
    meet(form.show(question, "Practice: a similar question. It does not count.", [back]));
  }

  /** @param {Mistake} mistake @param {Practised} practised @param {Given[]} tried */
  #explain(mistake, { feedback, similar }, tried) {
    if (!feedback) return;
    const { form, feedback: place } = this.asking;
    const { text, go } = mistake.onward;
    const more = similar
      ? [button("Try another similar question", () => this.#ask(mistake, similar, tried), "button secondary")]
      : [];
    form.fold();
    place.show(feedback, this.asking.lineOf(feedback), [button(text, go), ...more], "This was practice. It does not count.");
  }
}
