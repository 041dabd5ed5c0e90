/** How are a verdict, a provision and a way of differing shown? */

import { element } from "../training/elements.mjs";
import { byStrictness, difference, speaks } from "./relation.mjs";

/** @import { Policy, Question } from "./data.mjs" */
/** @import { Relation } from "./relation.mjs" */

// So many provisions are named for one answer: those that decide most.
const MOST_REFS = 2;
// What is different comes first; where nothing can be compared, later; the same, last.
/** @type {Relation[]} */
export const ORDER = ["mixed", "stricter", "looser", "silent", "same"];

/** @param {[string, string]} words of the badge, and its look */
export const badge = ([words, look]) => element("span", { class: `badge badge-${look}` }, words);

/** Links to the first provisions, a space before each. @param {Policy} policy @param {string[]} refs */
export function refLinks(policy, refs) {
  return refs.slice(0, MOST_REFS).flatMap((ref) => [" ", element("a", { class: "ref", href: `${policy.policy}#${ref}` }, ref)]);
}

/** @param {Policy} policy */
export function mark(policy) {
  const square = { class: "initial", "data-trust": policy.trust, "aria-hidden": "true" };
  return element("span", square, policy.short.slice(0, 1));
}

/** Who answers how in one case, the strictest first. @param {Question} question @param {number} place @param {Policy[]} policies */
export function answersIn(question, place, policies) {
  const answers = policies.map((policy) => ({ policy, answer: policy.answers[question.id][place] }));
  const verdicts = [...new Set(answers.map(({ answer }) => answer[0]))].sort(byStrictness);
  const rows = verdicts.map((verdict) => {
    const those = answers.filter(({ answer }) => answer[0] === verdict);
    const named = those.flatMap(({ policy, answer }, number) => [
      number ? " · " : " ",
      policy.short,
      ...refLinks(policy, answer[1]),
    ]);
    return element("li", {}, badge(question.words[verdict]), element("span", {}, ...named));
  });
  return element("ul", { class: "answers" }, ...rows);
}

/**
 * In a sentence, how a trust stands to the one it is measured by.
 *
 * @param {{name: string, verdicts: string[]}} one
 * @param {{name: string, verdicts: string[]}} other
 */
export function inWords(one, other) {
  const steps = one.verdicts.map((verdict, place) => difference(verdict, other.verdicts[place]));
  const stricter = steps.filter((step) => step > 0).length;
  const looser = steps.filter((step) => step < 0).length;
  const found = [stricter ? `stricter in ${stricter}` : "", looser ? `looser in ${looser}` : ""].filter(Boolean);
  const silent = [one, other].flatMap((each, number) => silence(each, (number ? one : other).verdicts));
  const both = one.verdicts.some((verdict, place) => speaks(verdict) && speaks(other.verdicts[place]));
  const says = found.length
    ? `${one.name} is ${found.join(" and ")} of ${cases(steps.length)}.`
    : both
      ? `${one.name} and ${other.name} give the same answers where both speak.`
      : one.verdicts.some(speaks) && other.verdicts.some(speaks)
        ? `${one.name} and ${other.name} speak of different cases.`
        : silent.length
          ? ""
          : "Neither policy says anything.";
  return [says, ...silent].filter(Boolean).join(" ");
}

/** Whether nobody has worked out yet what a policy says here. @param {string} verdict */
export const isOpen = (verdict) => verdict === "unanswered";

/**
 * Where a policy is silent and the other is not.
 *
 * @param {{name: string, verdicts: string[]}} one
 * @param {string[]} theirs
 */
function silence({ name, verdicts }, theirs) {
  const count = verdicts.filter((verdict, place) => !speaks(verdict) && speaks(theirs[place])).length;
  if (!count) return [];
  if (verdicts.every(isOpen)) return [`${name}: not yet answered.`];
  return [verdicts.some(speaks) ? `${name} does not say in ${count}.` : `${name}: the policy does not say.`];
}

/** @param {number} number */
export const cases = (number) => (number === 1 ? "one case" : `${number} cases`);
