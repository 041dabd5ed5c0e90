/** How do I send a colleague this answer? A button copies its link. */

import { button, element } from "../training/elements.mjs";

/** @returns {HTMLElement[]} the button, and the place where it says what has happened */
export function copyLink() {
  const said = element("span", { role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "The link is in the address bar.";
    }
  };
  return [button("Copy link to this answer", copy, "button secondary"), said];
}
