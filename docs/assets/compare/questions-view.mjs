/** On which questions do the chosen trusts differ, and in which cases? Differences first. */

import { element, link } from "../training/elements.mjs";
import { difference, relation, speaks } from "./relation.mjs";
import { ORDER, answersIn, badge, inWords, isOpen, refLinks } from "./shown.mjs";

/** @import { Cases, Policy, Question } from "./data.mjs" */
/** @import { Relation } from "./relation.mjs" */

const MOST_THAT_FIT = 5;

/** @param {Cases} cases @param {Policy[]} policies the first is what the others are measured by */
export function questionsView(cases, policies) {
  const found = cases.questions.map((question) => ({ question, differs: differs(question, policies) }));
  found.sort((one, other) => ORDER.indexOf(one.differs) - ORDER.indexOf(other.differs));
  const same = found.filter(({ differs }) => differs === "same").map(({ question }) => question);
  const others = found.filter(({ differs }) => differs !== "same").map(({ question }) => section(question, policies));
  const heading = element("h2", { id: "by-question" }, "By question");
  return element("section", {}, heading, ...inShort(cases, policies), ...others, ...(same.length ? [alike(same, policies)] : []));
}

const WORDS = { stricter: "stricter on", looser: "looser on", mixed: "mixed on", same: "the same on" };

/** A line for every other trust: on how many questions it stands how. @param {Cases} cases @param {Policy[]} policies */
function inShort(cases, [first, ...others]) {
  return others.map((one) => {
    const relations = cases.questions.map((question) => {
      const both = [verdicts(one, question), verdicts(first, question)];
      return both.some((one) => one.every(isOpen)) ? "open" : relation(both[0], both[1]);
    });
    const count = (/** @type {string} */ kind) => relations.filter((relation) => relation === kind).length;
    const found = Object.entries(WORDS).flatMap(([kind, words]) => (count(kind) ? [`${words} ${count(kind)}`] : []));
    const silent = count("silent") ? `on ${count("silent")} one does not say` : "";
    const open = count("open") ? `${count("open")} not yet answered` : "";
    const says = [found.join(", "), silent, open].filter(Boolean).join("; ");
    return element("p", { class: "intro" }, `${one.short}, of ${relations.length} questions: ${says}.`);
  });
}

/** @param {Policy} policy @param {Question} question */
const verdicts = (policy, question) => policy.answers[question.id].map(([verdict]) => verdict);

/** The widest way in which any of the others differs from the first. @param {Question} question @param {Policy[]} policies */
export function differs(question, [first, ...others]) {
  const relations = others.map((one) => relation(verdicts(one, question), verdicts(first, question)));
  return relations.reduce((one, other) => (ORDER.indexOf(other) < ORDER.indexOf(one) ? other : one));
}

/** @param {Question} question @param {Policy[]} policies */
function section(question, policies) {
  const [first, ...others] = policies;
  const measured = { name: first.short, verdicts: verdicts(first, question) };
  const sentences = others.map((one) =>
    element("p", {}, inWords({ name: one.short, verdicts: verdicts(one, question) }, measured)),
  );
  const apart = differing(question, policies);
  return element(
    "section",
    { class: "compared-question" },
    element("h3", {}, question.asks),
    ...sentences,
    ...(apart.length ? [furthest(question, apart[0], policies), all(question, apart, policies)] : []),
  );
}

/** The cases in which not all give the same answer, those furthest apart first. @param {Question} question @param {Policy[]} policies */
function differing(question, policies) {
  const apart = question.cases.map(({ told }, place) => {
    const all = policies.map((policy) => policy.answers[question.id][place][0]);
    const steps = all.flatMap((one) => all.map((other) => difference(one, other)));
    return { place, told, most: Math.max(...steps), spoken: new Set(all).size > 1 && all.some(speaks) };
  });
  const found = apart.filter(({ most, spoken }) => most || spoken);
  return found.sort((one, other) => other.most - one.most || one.told - other.told).map(({ place }) => place);
}

/** @param {Question} question @param {number} place @param {Policy[]} policies */
function furthest(question, place, policies) {
  return element("div", {}, told(question.cases[place].says), answersIn(question, place, policies));
}

/** @param {Question} question @param {number[]} places @param {Policy[]} policies */
function all(question, places, policies) {
  if (places.length < 2) return "";
  const heads = policies.map(({ short, trust }) => element("th", { ...role("columnheader"), scope: "col", "data-trust": trust }, short));
  const rows = places.map((place) => row(question, place, policies));
  const table = element(
    "table",
    { class: "matrix", ...role("table") },
    element("caption", { class: "visually-hidden" }, `${question.asks} Cases that differ`),
    element("thead", role("rowgroup"), element("tr", role("row"), element("th", { ...role("columnheader"), scope: "col" }, "Case"), ...heads)),
    element("tbody", role("rowgroup"), ...rows),
  );
  const scroll = { class: `table-scroll${policies.length <= MOST_THAT_FIT ? " fits" : ""}`, tabindex: "0", role: "region", "aria-label": `Cases: ${question.asks}` };
  const fold = element("details", {}, element("summary", {}, `All ${places.length} cases that differ`));
  // A long table is made only for those who open it.
  fold.addEventListener("toggle", () => fold.append(element("div", scroll, table)), { once: true });
  return fold;
}

/** A case, each question with its answer on a line of its own. @param {string[]} says */
const told = (says) => element("ul", { class: "told" }, ...says.map((one) => element("li", {}, one)));

/** @param {Question} question @param {number} place @param {Policy[]} policies */
function row(question, place, policies) {
  const { says, query } = question.cases[place];
  const cells = policies.map((policy) => {
    const [verdict, refs] = policy.answers[question.id][place];
    const said = element("div", {}, badge(question.words[verdict]), ...refLinks(policy, refs));
    const who = element("span", { class: "who" }, policy.short);
    return element("td", { ...role("cell"), "data-trust": policy.trust }, who, said);
  });
  const work = link({ text: "Work it out", to: `${question.url}?trust=${policies[0].trust}&${query}` });
  work.append(element("span", { class: "visually-hidden" }, `: ${says.join(" ")}`));
  return element("tr", role("row"), element("th", { ...role("rowheader"), scope: "row" }, told(says), work), ...cells);
}

/** @param {Question[]} questions @param {Policy[]} policies */
function alike(questions, policies) {
  const items = questions.map((question) => {
    const silent = policies.every((policy) => !verdicts(policy, question).some((one) => speaks(one) || isOpen(one)));
    return element("li", {}, link({ text: question.asks, to: question.url }), silent ? " No policy says." : "");
  });
  const count = questions.length === 1 ? "One question" : `${questions.length} questions`;
  return element("details", {}, element("summary", {}, `${count} with the same answers`), element("ul", {}, ...items));
}

/** A phone shows the rows of these tables as blocks, so their roles are written out. @param {string} name */
const role = (name) => ({ role: name });
