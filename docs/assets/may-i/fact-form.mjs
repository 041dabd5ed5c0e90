/** What has the reader answered? The form's questions: read, restored from a link, shown where they matter. */

/** @import { Asks, Facts, FactValue } from "./answer.mjs" */

/** One question: a fieldset of buttons, or a field with a list or a box for a number. */
class Question {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.name = root.dataset.fact ?? "";
    this.controls = [...root.querySelectorAll("input, select")].filter(
      (one) => one instanceof HTMLInputElement || one instanceof HTMLSelectElement,
    );
  }

  get asks() {
    return this.root.querySelector("legend, label")?.textContent ?? "";
  }

  /** The answer as the engine takes it; undefined while there is none. @returns {FactValue | undefined} */
  get value() {
    const texts = this.texts;
    switch (this.controls[0].type) {
      case "checkbox":
        return texts.length || this.#nothingTicked() ? texts.filter((one) => one) : undefined;
      case "radio":
        return texts[0] === "true" || texts[0] === "false" ? texts[0] === "true" : texts[0];
      default:
        return this.#isNumber() && texts.length ? Number(texts[0]) : texts[0];
    }
  }

  /** What has been chosen, as it stands in a link; "" stands for "none of these". */
  get texts() {
    return this.controls.filter((one) => isChosen(one) && one.validity.valid).map((one) => one.value);
  }

  /** Chooses what a link says, and returns whether all of it can be. @param {string[]} wanted */
  restore(wanted) {
    for (const one of this.controls) {
      if (one instanceof HTMLInputElement && isButton(one)) one.checked = wanted.includes(one.value);
      else one.value = wanted[0];
    }
    const taken = this.texts;
    if (!taken.length) this.#empty();
    return taken.length === wanted.length && wanted.every((one) => taken.includes(one));
  }

  /** @param {string[] | undefined} parts of a set the members that matter; undefined if the fact does not matter */
  show(parts) {
    this.root.hidden = !parts;
    if (!parts?.length) return;
    for (const one of this.controls) part(one).hidden = one.value !== "" && !parts.includes(one.value);
    for (const group of this.root.querySelectorAll(".choices")) {
      if (group instanceof HTMLElement) group.hidden = !group.querySelector("label:not([hidden])");
    }
  }

  /** "None of these" and any of these rule each other out. @param {EventTarget | null} changed */
  reconcile(changed) {
    if (!(changed instanceof HTMLInputElement) || changed.type !== "checkbox" || !changed.checked) return;
    for (const one of this.controls) {
      if (one instanceof HTMLInputElement && (one.value === "") !== (changed.value === "")) one.checked = false;
    }
  }

  /** @param {FactValue} value @returns {string} as the reader reads it */
  label(value) {
    if (Array.isArray(value)) return value.length ? "all of it" : "none";
    const control = this.controls.find((one) => isButton(one) && one.value === String(value));
    if (control) return part(control).textContent?.trim() ?? "";
    const options = this.controls[0] instanceof HTMLSelectElement ? [...this.controls[0].options] : [];
    return options.find((one) => one.value === String(value))?.text ?? String(value);
  }

  /** @param {Record<string, string>} names a trust's own names for roles */
  nameRoles(names) {
    if (!("roles" in this.root.dataset)) return;
    for (const one of this.controls) {
      if (one instanceof HTMLSelectElement) {
        for (const option of one.options) option.text = names[option.value] ?? option.text;
      } else {
        const words = part(one).querySelector("span");
        if (words) words.textContent = names[one.value] ?? words.textContent;
      }
    }
  }

  /** Where a set has no "none of these", a question that is shown and has nothing ticked is answered. */
  #nothingTicked() {
    return !this.root.hidden && !this.controls.some((one) => one.value === "");
  }

  #isNumber() {
    const [one] = this.controls;
    return one.type === "number" || (one instanceof HTMLSelectElement && /^-?\d+$/.test(one.options[1].value));
  }

  #empty() {
    for (const one of this.controls) if (!isButton(one)) one.value = "";
  }
}

export class FactForm {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    const roots = [...form.querySelectorAll("[data-fact]")].filter((one) => one instanceof HTMLElement);
    this.questions = new Map(roots.map((root) => [root.dataset.fact ?? "", new Question(root)]));
    form.addEventListener("change", (event) => {
      for (const one of this.questions.values()) if (one.root.contains(nodeOf(event))) one.reconcile(event.target);
    });
  }

  /** @returns {Facts} */
  get given() {
    /** @type {Facts} */
    const given = {};
    for (const { name, value } of this.questions.values()) if (value !== undefined) given[name] = value;
    return given;
  }

  /** What a link to these answers says after its question mark. */
  get query() {
    const query = new URLSearchParams();
    for (const { name, texts } of this.questions.values()) for (const one of texts) query.append(name, one);
    return query;
  }

  /** Takes the answers out of a link, and returns whether the page knows all of them. @param {URLSearchParams} query */
  restore(query) {
    let known = true;
    for (const name of new Set(query.keys())) {
      const question = this.questions.get(name);
      if (question) known = question.restore(query.getAll(name)) && known;
      else known = known && name === "trust";
    }
    return known;
  }

  /** @param {Asks} asks */
  show(asks) {
    for (const one of this.questions.values()) one.show(asks[one.name] && [...asks[one.name]]);
  }

  /** @param {Record<string, string>} names */
  nameRoles(names) {
    for (const one of this.questions.values()) one.nameRoles(names);
  }
}

/** @param {Event} event */
function nodeOf(event) {
  return event.target instanceof Node ? event.target : null;
}

/** @param {HTMLInputElement | HTMLSelectElement} control */
function isButton(control) {
  return control.type === "radio" || control.type === "checkbox";
}

/** @param {HTMLInputElement | HTMLSelectElement} control */
function isChosen(control) {
  return control instanceof HTMLInputElement && isButton(control) ? control.checked : control.value !== "";
}

/** The label that holds a button. @param {HTMLInputElement | HTMLSelectElement} control */
function part(control) {
  return control.closest("label") ?? control;
}
