/** How does a module write into the page? With elements made, found and focused by these. */

/**
 * An element with attributes and children; texts stay texts.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * @template {HTMLElement} Type
 * @param {ParentNode} within
 * @param {string} selector
 * @param {new () => Type} type
 * @returns {Type}
 */
export function part(within, selector, type) {
  const found = within.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`The training page has no ${selector}.`);
}

/** @param {string} text @param {() => void} press @param {string} [look] */
export function button(text, press, look = "button") {
  const made = element("button", { type: "button", class: look }, text);
  made.addEventListener("click", press);
  return made;
}

/** @param {{text: string, to: string}} where */
export function link({ text, to }) {
  return element("a", { href: to }, text);
}

/** For a page that is not to be left: what stands in it would be gone. @param {{text: string, to: string}} where */
export function linkInNewTab({ text, to }) {
  const newTab = element("span", { class: "visually-hidden" }, " (new tab)");
  return element("a", { href: to, target: "_blank" }, text, newTab);
}

/**
 * A sentence, and under it what can be done about it.
 *
 * @param {string} says
 * @param {HTMLElement[]} actions
 */
export function paragraphs(says, actions) {
  const all = [element("p", {}, says)];
  if (actions.length) all.push(element("p", { class: "actions" }, ...actions));
  return all;
}

/**
 * Moves the focus without moving the page more than it takes to see the start of the target.
 *
 * @param {HTMLElement} target
 */
export function meet(target) {
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}
