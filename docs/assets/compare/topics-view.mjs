/** What do the chosen policies say on each topic, clause against clause? */

import { element, link } from "../training/elements.mjs";
import { relation } from "./relation.mjs";
import { ORDER, badge, inWords, mark, refLinks } from "./shown.mjs";

/** @import { Cases, Policy, Topic } from "./data.mjs" */

/** @param {Cases} cases @param {Policy[]} policies the first is what the others are measured by */
export function topicsView(cases, policies) {
  const spoken = cases.topics.filter(({ id }) => policies.some((one) => one.provisions.some(({ topic }) => topic === id)));
  const order = new Map(spoken.map((topic) => [topic, rank(topic, policies)]));
  spoken.sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
  const heading = element("h2", { id: "by-topic" }, "By topic");
  return element("section", {}, heading, ...spoken.map((topic) => fold(cases, topic, policies)));
}

/** @param {Topic} topic @param {Policy} policy */
const verdicts = (topic, policy) => topic.cases.map(([decision, place]) => policy.answers[decision][place][0]);

/** @param {Topic} topic @param {Policy[]} policies */
function rank(topic, [first, ...others]) {
  return Math.min(...others.map((one) => ORDER.indexOf(relation(verdicts(topic, one), verdicts(topic, first)))));
}

/** @param {Cases} cases @param {Topic} topic @param {Policy[]} policies */
function fold(cases, topic, policies) {
  const [first, ...others] = policies;
  const measured = { name: first.short, verdicts: verdicts(topic, first) };
  const says = topic.cases.length
    ? others.map((one) => inWords({ name: one.short, verdicts: verdicts(topic, one) }, measured)).join(" ")
    : "No answer depends on it.";
  const summary = element("summary", {}, element("strong", {}, topic.label), ` ${says}`);
  const made = element("details", { class: "compared-topic" }, summary);
  made.addEventListener("toggle", () => made.append(side(cases, topic, policies)), { once: true });
  return made;
}

/** @param {Cases} cases @param {Topic} topic @param {Policy[]} policies */
function side(cases, topic, policies) {
  const columns = policies.map((policy) => {
    const rules = policy.provisions
      .filter((one) => one.topic === topic.id)
      .map(({ ref, duty, text }) => element("p", { class: "rule" }, badge(cases.duties[duty]), ` ${text}`, ...refLinks(policy, [ref])));
    const silent = element("p", { class: "silent" }, `${policy.short}: the policy does not say.`);
    const head = element("h3", {}, mark(policy), link({ text: policy.short, to: policy.policy }));
    return element("section", { class: "column", "data-trust": policy.trust }, head, element("div", { class: "clause" }, ...(rules.length ? rules : [silent])));
  });
  const whole = element("p", {}, link({ text: `${topic.label}, all trusts`, to: topic.url }));
  return element("div", {}, element("div", { class: "columns" }, ...columns), whole);
}
