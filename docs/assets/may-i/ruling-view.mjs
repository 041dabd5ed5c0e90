/** What does the reader see as the answer? The verdict, why, what to do next, and what was taken for granted. */

import { element, link } from "../training/elements.mjs";
import { provisionList } from "../training/provisions.mjs";
import { copyLink } from "./copy-link.mjs";

/** @import { Answer, Words } from "./answer.mjs" */
/** @import { FactForm } from "./fact-form.mjs" */
/** @import { Positions, Trust } from "./trusts.mjs" */

export class RulingView {
  /** @param {HTMLElement} root @param {FactForm} form */
  constructor(root, form) {
    this.root = root;
    this.form = form;
    this.verdict = element("p", { class: "verdict", role: "status" });
    this.rest = element("div", { class: "answer-rest" });
    root.replaceChildren(this.verdict, this.rest);
    root.hidden = false;
  }

  /** Shows a few words, and under them what there is to say. @param {string} headline @param {...Node} rest */
  show(headline, ...rest) {
    delete this.root.dataset.verdict;
    if (this.verdict.textContent !== headline) this.verdict.textContent = headline; // Announced only if it is new.
    this.rest.replaceChildren(...rest);
  }

  /** How many questions are left, and what a cautious colleague would say until then. @param {Answer} answer */
  showOpen(answer) {
    const { open, in_short } = answer;
    const started = this.form.query.size > 0;
    this.show(
      `${open.length} ${open.length === 1 ? "question" : "questions"} ${started ? "to go" : "to answer"}`,
      ...(started ? [] : [element("p", {}, "Your answer stands here as soon as it is clear.")]),
      element(
        "details",
        {},
        element("summary", {}, `Until then, play safe: ${in_short}`),
        ...said(answer),
        ...this.#assumed(answer, "Not answered yet. To be careful we took:"),
      ),
    );
  }

  /** @param {Answer} answer @param {Trust} trust @param {Positions} positions */
  showRuling(answer, trust, positions) {
    const { ruling, in_short, explained } = answer;
    const { advice, verdict } = ruling;
    this.show(
      in_short,
      ...said(answer),
      ...(explained.note ? [element("p", { class: "odd" }, explained.note)] : []),
      ...this.#assumed(answer, "Not answered. It cannot change the answer; we took:"),
      ...(advice && verdict !== "not-covered" ? [element("p", {}, `In doubt, ask: ${positions.roles[advice.to]}.`)] : []),
      ...rules(explained),
      element("p", { class: "actions" }, ...copyLink(), link({ text: "The whole policy", to: trust.policy })),
    );
    this.root.dataset.verdict = verdict;
  }

  /** What was taken for the facts without an answer. @param {Answer} answer @param {string} title */
  #assumed({ open, ruling }, title) {
    const items = open.flatMap((name) => {
      const question = this.form.questions.get(name);
      return question ? [`${question.asks} ${question.label(ruling.assumed[name])}`] : [];
    });
    return titled(title, items);
  }
}

/** What to do, why, what is still to be met, and what comes next. @param {Answer} answer */
function said({ conditions, ruling, explained: { says, further, deciding } }) {
  const sentences = says.map((one) => element("p", {}, one));
  if (deciding) sentences.at(-1)?.append(" ", element("a", { class: "ref", href: deciding.url }, deciding.ref));
  const next = titled("Next:", further);
  if (ruling.verdict === "allowed-if") return [...titled("All of this first:", conditions), ...sentences, ...next];
  return [...sentences, ...titled("It also needs all of this:", conditions), ...next];
}

/** @param {string} title @param {string[]} items */
function titled(title, items) {
  if (!items.length) return [];
  return [
    element("p", { class: "title" }, title),
    element("ul", {}, ...items.map((one) => element("li", {}, one))),
  ];
}

/** @param {Words} words */
function rules({ provisions }) {
  if (!provisions.length) return [];
  const refs = provisions.map(({ ref }) => ref).join(" · ");
  const summary = element("summary", {}, `What the policy says: ${refs}`);
  return [element("details", {}, summary, provisionList(provisions))];
}
