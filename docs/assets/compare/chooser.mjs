/** Which trusts are compared? Chosen here, kept in the address, the reader's own first. */

import { chosenTrust } from "../my-trust.mjs";
import { button, element, part } from "../training/elements.mjs";
import { Data } from "./data.mjs";
import { questionsView } from "./questions-view.mjs";
import { topicsView } from "./topics-view.mjs";

/** @import { Trust } from "./data.mjs" */

export class Chooser {
  /** @type {Trust[]} */
  #all = [];
  /** @type {Trust[]} */
  #chosen = [];
  /** How often something has been chosen; what was fetched for an earlier choice comes too late. */
  #turn = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.data = new Data(root);
    this.form = part(root, "form", HTMLFormElement);
    this.list = part(root, ".chosen-trusts", HTMLUListElement);
    this.select = part(root, "select", HTMLSelectElement);
    this.status = part(root, ".compare-status", HTMLElement);
    this.results = part(root, ".compared", HTMLElement);
    this.#begin().catch(() => this.#stumble());
  }

  async #begin() {
    this.#all = await this.data.trusts;
    const wanted = new URLSearchParams(location.search).get("trusts")?.split(",") ?? [chosenTrust() ?? ""];
    const known = [...new Set(wanted)].flatMap((id) => this.#all.filter((one) => one.id === id));
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add();
    });
    await this.#choose(known);
  }

  #add() {
    const added = this.#all.filter(({ id }) => id === this.select.value);
    if (!added.length) this.status.textContent = "Choose a trust to add.";
    else this.#choose([...this.#chosen, ...added]).catch(() => this.#stumble());
    this.select.focus();
  }

  /** @param {Trust} trust */
  #remove(trust) {
    this.#choose(this.#chosen.filter((one) => one !== trust)).catch(() => this.#stumble());
    this.select.focus();
  }

  /** @param {Trust[]} trusts */
  async #choose(trusts) {
    const turn = ++this.#turn;
    this.#chosen = trusts;
    this.#show();
    if (trusts.length < 2) {
      this.results.replaceChildren();
      this.status.textContent = trusts.length ? "Add one more trust." : "Choose two trusts.";
      return;
    }
    this.status.textContent = "One moment…";
    const [cases, ...policies] = await Promise.all([this.data.cases, ...trusts.map((one) => this.data.policy(one))]);
    if (turn !== this.#turn) return;
    this.results.replaceChildren(questionsView(cases, policies), topicsView(cases, policies));
    const others = trusts.slice(1).map(({ short }) => short);
    this.status.textContent = `${others.join(" and ")} against ${trusts[0].short}, differences first.`;
  }

  /** The chosen trusts, those left to choose, and an address that leads back here. */
  #show() {
    const ids = this.#chosen.map(({ id }) => id);
    this.list.replaceChildren(...this.#chosen.map((trust) => this.#item(trust)));
    const left = this.#all.filter(({ id }) => !ids.includes(id));
    this.select.replaceChildren(
      element("option", { value: "" }, "Choose one"),
      ...left.map(({ id, name }) => element("option", { value: id }, name)),
    );
    history.replaceState(null, "", ids.length ? `?trusts=${ids.join(",")}` : location.pathname);
  }

  /** @param {Trust} trust */
  #item(trust) {
    const remove = button("Remove", () => this.#remove(trust), "link-button");
    remove.setAttribute("aria-label", `Remove ${trust.short}`);
    return element("li", { "data-trust": trust.id }, element("span", {}, trust.name), " ", remove);
  }

  #stumble() {
    this.results.replaceChildren();
    this.status.textContent = "Part of this page did not arrive. Check your connection and load it again.";
  }
}
