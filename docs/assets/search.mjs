/** Which clauses speak of this? The search page: the address holds the question, the reader's trust comes first. */

import { chosenTrust } from "./my-trust.mjs";
import { element } from "./search/elements.mjs";
import { Index } from "./search/index.mjs";
import { resultRow } from "./search/result-view.mjs";
import { stems } from "./search/sayings.mjs";
import { near } from "./search/spelling.mjs";
import { summary } from "./search/summary.mjs";

/** @typedef {import("./search/index.mjs").Found} Found */
/** @typedef {import("./search/index.mjs").Hit} Hit */

const FILTERS = /** @type {const} */ (["trust", "topic", "duty"]);
const SHOWN_AT_ONCE = 10;
const PAUSE_MS = 50;
const OFFERED = 4;
const NOT_HERE = "The search needs the network the first time. Go online, and search again.";
// On a phone the filters would stand before the results; see clearpost.css.
const NARROW = "(max-width: 39.99em)";

/** @param {string} address @returns {Promise<any>} */
async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** @template {HTMLElement} T @param {string} id @returns {T} */
function part(id) {
  return /** @type {T} */ (document.getElementById(id));
}

/** The form, and what it finds. */
class Search {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.index = new Index(read);
    this.status = part("search-status");
    this.near = part("search-near");
    this.results = part("search-results");
    /** @type {HTMLButtonElement} */
    this.more = part("search-more");
    this.mine = chosenTrust();
    this.turn = 0;
    this.timer = 0;
    /** @type {Found | undefined} */
    this.found = undefined;
    this.shown = 0;
    this.labels = new Map([...this.#options("duty")].map((option) => [option.value, option.dataset.label ?? ""]));
    this.#fromAddress(true);
    /** @type {HTMLDetailsElement} */
    const folded = part("search-filters");
    folded.open = !matchMedia(NARROW).matches || Object.keys(this.#filters).length > 0;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
    form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.search(), PAUSE_MS);
    });
    this.more.addEventListener("click", () => this.#showMore());
    window.addEventListener("popstate", () => {
      this.#fromAddress();
      this.search();
    });
    document.addEventListener("keydown", (event) => this.#step(event));
    this.search();
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement | HTMLSelectElement} */ (this.form.elements.namedItem(name));
  }

  /** @param {string} name @returns {NodeListOf<HTMLOptionElement>} */
  #options(name) {
    return this.form.querySelectorAll(`select[name="${name}"] option[data-label]`);
  }

  get #query() {
    return this.#field("q").value.trim();
  }

  /** @returns {import("./search/index.mjs").Filters} */
  get #filters() {
    return Object.fromEntries(FILTERS.map((name) => [name, this.#field(name).value]).filter(([, value]) => value));
  }

  /** @param {boolean} [early] whether what the address does not name may have been chosen before this script came */
  #fromAddress(early = false) {
    const asked = new URLSearchParams(location.search);
    for (const name of ["q", ...FILTERS]) {
      if (!early || asked.has(name)) this.#field(name).value = asked.get(name) ?? "";
    }
    // An address may name a filter that no longer exists.
    for (const name of FILTERS) if (this.#field(name).value === "") this.#field(name).value = "";
  }

  #toAddress() {
    const asked = new URLSearchParams();
    for (const name of ["q", ...FILTERS]) if (this.#field(name).value) asked.set(name, this.#field(name).value);
    const query = asked.toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  async search() {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    const [query, filters] = [this.#query, this.#filters];
    this.#toAddress();
    if (!query && !Object.keys(filters).length) {
      this.#show([], "Type what you want to know, or choose a topic.");
      return;
    }
    try {
      const [found, rows] = await this.#find(query, filters);
      const offered = found.hits.length ? [] : await this.#offered(found);
      if (turn !== this.turn) return; // Overtaken by a later question.
      const name = filters.trust || !this.mine ? undefined : this.#nameOf(this.mine);
      const filtered = Object.keys(filters).length > 0;
      const says = summary(found, query, this.mine, name, filtered);
      const only = found.only ? ` Only the policy of ${this.#nameOf(found.only)} is kept on this device.` : "";
      this.#show(rows, says + only, found, offered);
    } catch {
      if (turn === this.turn) this.#show([], NOT_HERE);
    }
  }

  /**
   * What is found, and the first rows of it. Where not all can be read, the trust asked about is searched alone.
   *
   * @param {string} query @param {import("./search/index.mjs").Filters} filters
   * @returns {Promise<[Found, Node[]]>}
   */
  async #find(query, filters) {
    try {
      const found = await this.index.find(query, filters, this.mine);
      return [found, await this.#rows(found, 0)];
    } catch (error) {
      const trust = filters.trust ?? this.mine;
      if (!trust) throw error;
      const found = await this.index.findOwn(query, filters, trust);
      return [found, await this.#rows(found, 0)];
    }
  }

  /** @param {Node[]} rows @param {string} says @param {Found} [found] @param {string[]} [offered] */
  #show(rows, says, found, offered = []) {
    this.found = found;
    this.shown = rows.length;
    this.results.replaceChildren(...rows);
    this.#count(found?.only ? undefined : found?.counts);
    this.status.textContent = says;
    this.#offer(Boolean(found && !rows.length), offered);
    this.#askForMore();
  }

  #askForMore() {
    const hidden = !this.found || (this.shown >= this.found.hits.length && !this.found.left.length);
    this.more.hidden = hidden;
    if (hidden || !this.found) return;
    const more = this.shown < this.found.hits.length;
    this.more.textContent = more ? "Show more clauses" : "Search the other trusts too";
  }

  async #showMore() {
    const turn = this.turn;
    const rows = this.found && (await this.#nextRows(this.found).catch(() => undefined));
    if (turn !== this.turn) return;
    if (!rows) {
      this.status.textContent = NOT_HERE;
      return;
    }
    this.results.append(...rows);
    this.shown += rows.length;
    this.#askForMore();
    const first = rows[0]?.querySelector("a");
    if (first) first.focus();
    else this.status.textContent = "Nothing more found.";
  }

  /** @param {Found} found */
  async #nextRows(found) {
    if (this.shown >= found.hits.length) await this.#searchOn(found);
    return this.#rows(found, this.shown);
  }

  /** Looks through the next volume of a very large handbook. @param {Found} found */
  async #searchOn(found) {
    const { hits, counts, left } = await this.index.find(this.#query, this.#filters, this.mine, found.left.slice(0, 1));
    found.hits.push(...hits);
    found.left = left.filter((volume) => found.left.slice(1).includes(volume));
    this.#count(Object.assign(found.counts, counts));
  }

  /** @param {Found} found @param {number} from */
  async #rows({ hits, question }, from) {
    const next = hits.slice(from, from + SHOWN_AT_ONCE);
    const { sayings } = await this.index.whole();
    const terms = new Set(question.asked.flatMap(({ terms }) => [...terms].filter(([, fit]) => fit === 1).map(([term]) => term)));
    /** @type {import("./search/result-view.mjs").Marks} */
    const marks = (word) => terms.has(sayings.termOf(stems(word)));
    const clauses = await Promise.all(next.map((hit) => this.index.clause(hit)));
    return next.map((hit, at) =>
      resultRow(hit, clauses[at], marks, this.labels, hit.trust === this.mine, this.#filters.duty),
    );
  }

  /** Words that look like those nobody has. @param {Found} found @returns {Promise<string[]>} */
  async #offered({ question }) {
    const { sayings } = await this.index.whole();
    return question.unknown.flatMap((word) => near(word, sayings.forms.values(), OFFERED)).slice(0, OFFERED);
  }

  /** @param {boolean} nothing whether nothing was found @param {string[]} words */
  #offer(nothing, words) {
    this.near.hidden = !nothing;
    const links = words.map((word) => {
      const link = document.createElement("a");
      link.href = `?${new URLSearchParams({ q: word })}`;
      link.textContent = word;
      return element("li", "", link);
    });
    const list = links.length ? [element("p", "", "Words that look alike:"), element("ul", "offered", ...links)] : [];
    this.near.querySelector(".offers")?.replaceChildren(...list);
  }

  /** @param {string} trust */
  #nameOf(trust) {
    return [...this.#options("trust")].find(({ value }) => value === trust)?.dataset.label;
  }

  /** Writes beside every trust how many of the clauses are its own. @param {Record<string, number>} [counts] */
  #count(counts) {
    for (const option of this.#options("trust")) {
      option.textContent = `${option.dataset.label}${counts ? ` (${counts[option.value] ?? 0})` : ""}`;
    }
  }

  /** The arrow keys go from the question to the results, and from one to the next. @param {KeyboardEvent} event */
  #step(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const stops = [this.#field("q"), ...this.results.querySelectorAll("h2 a")];
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = stops[at + by];
    if (at < 0 || !(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
  }
}

const form = document.getElementById("search");
if (form instanceof HTMLFormElement) new Search(form);
