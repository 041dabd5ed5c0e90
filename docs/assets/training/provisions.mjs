/** How is a provision shown? As its duty, its text and a link to where it stands in the policy. */

import { element, link } from "./elements.mjs";

/** @import { Provision } from "./quiz.mjs" */

/** @param {Provision[]} provisions */
export function provisionList(provisions) {
  return element("ul", { class: "provisions" }, ...provisions.map(item));
}

/** @param {Provision} provision */
function item({ duty, label, text, clause, ref, url }) {
  const look = /^(must|should)(-not)?$|^may$/.test(duty) ? duty : "plain";
  const badge = element("span", { class: `badge badge-${look}` }, label);
  return element("li", { class: "provision" }, badge, " ", text, " ", link({ text: `${clause} (${ref})`, to: url }));
}
