/** How is a provision shown? As its duty, its text and a link to where it stands in the policy. */

import { element, link } from "./elements.mjs";

/** @import { Provision } from "./quiz.mjs" */

/** @typedef {(where: {text: string, to: string}) => HTMLElement} Way */

/** @param {Provision[]} provisions @param {Way} [way] how a link to each is made */
export function provisionList(provisions, way = link) {
  return element("ul", { class: "provisions" }, ...provisions.map((one) => item(one, way)));
}

/** @param {{clause: string, ref: string, url: string}} provision @param {Way} way */
export function wayToProvision({ clause, ref, url }, way) {
  return way({ text: `${clause} (${ref})`, to: url });
}

/** @param {Provision} provision @param {Way} way */
function item(provision, way) {
  const { duty, label, text } = provision;
  const look = /^(must|should)(-not)?$|^may$/.test(duty) ? duty : "plain";
  const badge = element("span", { class: `badge badge-${look}` }, label);
  return element("li", { class: "provision" }, badge, " ", text, " ", wayToProvision(provision, way));
}
