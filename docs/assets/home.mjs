/** What does the home page say to somebody whose trust is known? Where they work, how far they are, and the way on. */

import { Steps } from "./home/steps.mjs";
import { chosenTrust, leadToOwn, remember } from "./my-trust.mjs";

/** The choice of one's trust, and all that follows from it on this page. */
class Home {
  /** @param {HTMLFormElement} form @param {Steps} steps */
  constructor(form, steps) {
    this.steps = steps;
    this.select = /** @type {HTMLSelectElement} */ (form.elements.namedItem("trust"));
    this.status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    const button = form.querySelector("button");
    if (button) button.hidden = true; // Choosing is enough.
    form.addEventListener("submit", (event) => event.preventDefault());
    this.select.addEventListener("change", () => this.#choose());
    this.#begin();
  }

  async #begin() {
    const known = this.#has(chosenTrust()) ?? this.#has(await this.steps.ownTrust());
    if (this.select.value) return; // Chosen while the register was asked.
    // A trust may have left the handbook since.
    remember(known);
    this.select.value = known ?? "";
    leadToOwn();
    await this.steps.show(known);
  }

  async #choose() {
    const trust = this.select.value || null;
    remember(trust);
    leadToOwn();
    await this.steps.show(trust);
    const name = this.select.selectedOptions[0]?.textContent;
    this.status.textContent = trust ? `${name} comes first now.` : "Your choice is forgotten.";
  }

  /** @param {string | null} trust @returns {string | null} the same if it can be chosen */
  #has(trust) {
    return [...this.select.options].some(({ value }) => value && value === trust) ? trust : null;
  }
}

const form = document.getElementById("my-trust");
const list = document.getElementById("steps");
if (form instanceof HTMLFormElement && list) new Home(form, new Steps(list));
