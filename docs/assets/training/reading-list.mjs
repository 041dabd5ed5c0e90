/** What is there to read, and what of it is confirmed? A list of sections, each with a tick of one's own. */

import { element } from "./elements.mjs";

/** @import { Confirmed } from "./confirmed.mjs" */
/** @import { Section } from "./quiz.mjs" */

/** The checkboxes of a list, kept the same as what is confirmed, wherever it is ticked. */
export class ReadingList {
  /** @param {ParentNode} list @param {Confirmed} confirmed @param {HTMLElement | null} count says how many are read */
  constructor(list, confirmed, count = null) {
    this.boxes = [...list.querySelectorAll("input")];
    this.confirmed = confirmed;
    this.count = count;
    for (const box of this.boxes) box.addEventListener("change", () => confirmed.tick(box.value, box.checked));
    confirmed.addEventListener("change", () => this.#show());
    this.#show();
  }

  /** The first section without a tick. */
  get firstMissing() {
    return this.boxes.find((box) => !box.checked);
  }

  #show() {
    for (const box of this.boxes) box.checked = this.confirmed.sections.has(box.value);
    const read = this.boxes.filter((box) => box.checked).length;
    if (this.count) this.count.textContent = `${read} of ${this.boxes.length} read`;
  }
}

/** The same list as the page has, its sections in tabs of their own. @param {Section[]} sections */
export function sectionList(sections) {
  return element("ul", { class: "reading-list" }, ...sections.map(item));
}

/** @param {Section} section */
function item({ id, title, url }) {
  const box = element("input", { type: "checkbox", value: id, autocomplete: "off" });
  const about = element("span", { class: "visually-hidden" }, `: ${title}`);
  const way = element("a", { href: url, target: "_blank" }, `${title} (new tab)`);
  return element("li", {}, way, " ", element("label", { class: "choice" }, box, " I have read this", about));
}
