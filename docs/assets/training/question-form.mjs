/** How is a question asked? In a form that is answered with a choice, and waits while the choice is checked. */

import { element, part } from "./elements.mjs";

/** @import { Question } from "./quiz.mjs" */

export class QuestionForm {
  /** @param {HTMLFormElement} form @param {() => void} onAnswer */
  constructor(form, onAnswer) {
    this.form = form;
    this.waiting = false;
    form.noValidate = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.waiting) onAnswer();
    });
    form.addEventListener("change", () => this.#clearError());
    // What is being checked stays chosen; a disabled field would lose the focus.
    form.addEventListener("click", (event) => {
      if (this.waiting && event.target instanceof HTMLInputElement) event.preventDefault();
    });
    this.#adopt();
  }

  #adopt() {
    this.story = part(this.form, ".story", HTMLElement);
    this.fieldset = part(this.form, "fieldset", HTMLFieldSetElement);
    this.legend = part(this.form, "legend", HTMLLegendElement);
    this.submit = part(this.form, "button[type=submit]", HTMLButtonElement);
    this.actions = part(this.form, ".actions", HTMLElement);
    this.status = element("p", { class: "muted", role: "status" });
    this.form.append(this.status);
  }

  /** The question's id. */
  get id() {
    return this.form.dataset.questionId ?? "";
  }

  /** The key of the option chosen, if any. */
  get chosen() {
    const chosen = new FormData(this.form).get("answer");
    return typeof chosen === "string" ? chosen : null;
  }

  /** @param {Question} question @returns {boolean} whether this is the question that stands here */
  shows({ id, story, options }) {
    const keys = [...this.form.querySelectorAll("input")].map((one) => one.value).join();
    return this.id === id && this.story?.textContent === story && keys === options.map(({ key }) => key).join();
  }

  /**
   * @param {Question} question
   * @param {string} [note] what there is to know of it before
   * @param {HTMLElement[]} [besides] other things to do than to answer
   * @returns {HTMLElement} its first words
   */
  show(question, note = "", besides = []) {
    const first = note ? [element("p", { class: "again" }, note)] : [];
    const story = element("p", { class: "story" }, question.story);
    const choices = question.options.map(({ key, text }) => {
      const input = element("input", { type: "radio", name: "answer", value: key });
      return element("label", { class: "option" }, input, " ", element("span", {}, text));
    });
    this.form.dataset.questionId = question.id;
    this.form.replaceChildren(
      ...first,
      story,
      element("fieldset", {}, element("legend", {}, question.asks), ...choices),
      element("p", { class: "actions" }, element("button", { type: "submit", class: "button" }, "Check my answer"), ...besides),
    );
    this.form.hidden = false;
    this.#adopt();
    return first[0] ?? story;
  }

  /** Says at the field that nothing is chosen, and moves there. */
  complain() {
    this.#clearError();
    const error = element("p", { class: "field-error", id: "answer-error" }, "Choose one of the answers.");
    this.legend?.after(error);
    this.fieldset?.setAttribute("aria-describedby", error.id);
    part(this.form, "input", HTMLInputElement).focus();
  }

  #clearError() {
    this.form.querySelector(".field-error")?.remove();
    this.fieldset?.removeAttribute("aria-describedby");
  }

  /** @param {boolean} waiting @param {string} [says] */
  wait(waiting, says = "") {
    this.waiting = waiting;
    if (!this.submit || !this.status) return;
    this.submit.textContent = waiting ? "Checking…" : "Check my answer";
    this.submit.setAttribute("aria-disabled", String(waiting));
    this.status.textContent = says;
  }

  /** Leaves only the story: what was asked makes room for the explanation. */
  fold() {
    for (const one of [this.fieldset, this.actions, this.status]) if (one) one.hidden = true;
  }
}
