/** Which clauses speak of this? The search page: Pagefind finds, this shows; the address holds the question. */

/**
 * @typedef {{content: string,
 *   meta: {url: string, title: string, trust: string, ref: string, topic: string, duties: string}}} Clause
 */
/** @typedef {{id: string, score: number, data: () => Promise<Clause>}} Hit */
/** @typedef {Record<string, Record<string, number>>} Counts by filter and value */
/** @typedef {{hits: Hit[], whole: number, counts: Counts}} Found the first `whole` hits have every word, the rest some */

const PAGEFIND = "/pagefind/pagefind.js";
const FILTERS = ["trust", "topic", "duty"];
const SHOWN_AT_ONCE = 10;
const PAUSE_MS = 150;
const EXCERPT = 260;
// Stands before and after the clause's own text; what follows are words it is also found under (handbook/search.py).
const PARTING = "¶";
// With fewer hits than these, clauses with only some of the words follow.
const FEW = 3;
const MOST_LOOSE = 20;
// Words that only hold a question together. Duties are not among them: "must not" and "may" find what they say.
const SMALL = new Set(
  `a about am an and any are as asks at be by can do does for from get happens have how i if in is it me my of on or
  our that the their there they this to we what when where which who with you your`.split(/\s+/),
);

/** @param {string} query */
function words(query) {
  return query.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}

/** The words that tell what is looked for; all of them where none does. @param {string} query */
function telling(query) {
  const asked = words(query);
  const said = asked.filter((word) => !SMALL.has(word));
  return said.length ? said : asked;
}

/** The network is needed for it, and there is none. */
class IndexMissing extends Error {}

/** Whether the words of the index can be read: they are kept in this browser, or the site answers. */
async function indexIsHere() {
  const kept = "caches" in globalThis ? await (await caches.open("clearpost")).keys() : [];
  if (kept.some(({ url }) => new URL(url).pathname.startsWith("/pagefind/index/"))) return true;
  // Whatever keeps the site for offline use answers no HEAD: the network does.
  const answer = await fetch("/pagefind/pagefind-entry.json", { method: "HEAD", cache: "no-store" }).catch(() => null);
  return answer !== null && answer.ok;
}

/** Asks Pagefind: for all of the words, and where that finds little, for some. */
class Index {
  constructor() {
    /** @type {Promise<any> | undefined} */
    this.pagefind = undefined;
  }

  #load() {
    this.pagefind ??= import(PAGEFIND).then(async (pagefind) => {
      await pagefind.options({ excerptLength: 1, ranking: { termSimilarity: 1, pageLength: 0.3 } });
      await pagefind.filters(); // Without this a search counts nothing.
      return pagefind;
    });
    this.pagefind.catch(() => (this.pagefind = undefined)); // The next try loads it again.
    return this.pagefind;
  }

  /** Throws IndexMissing. @param {string} query @param {Record<string, string>} filters @returns {Promise<Found>} */
  async find(query, filters) {
    const found = await this.#find(telling(query), filters);
    // Pagefind finds nothing where its index does not arrive, and never asks for it again.
    if (found.hits.length || !query || (await indexIsHere())) return found;
    await (await this.#load()).destroy();
    this.pagefind = undefined;
    throw new IndexMissing();
  }

  /** @param {string[]} asked @param {Record<string, string>} filters @returns {Promise<Found>} */
  async #find(asked, filters) {
    const { results, filters: counts } = await this.#search(asked.join(" ") || null, filters);
    if (results.length >= FEW || asked.length < 2) return { hits: results, whole: results.length, counts };
    const known = new Set(results.map((hit) => hit.id));
    const others = (await this.#some(asked, filters)).filter((hit) => !known.has(hit.id)).slice(0, MOST_LOOSE);
    return { hits: [...results, ...others], whole: results.length, counts: others.length ? {} : counts };
  }

  /** @param {string | null} query @param {Record<string, string>} filters @returns {Promise<{results: Hit[], filters: Counts}>} */
  async #search(query, filters) {
    const pagefind = await this.#load();
    return pagefind.search(query, { filters });
  }

  /** Clauses with some of the words: those with the most, and the rarest, first. @param {string[]} asked @param {Record<string, string>} filters */
  async #some(asked, filters) {
    /** @type {Map<string, Hit>} */
    const byId = new Map();
    for (const word of asked) {
      const { results } = await this.#search(word, filters);
      const weight = 1 / Math.log2(2 + results.length);
      for (const hit of results) {
        const score = (byId.get(hit.id)?.score ?? 0) + weight;
        byId.set(hit.id, { id: hit.id, data: () => hit.data(), score });
      }
    }
    return [...byId.values()].sort((one, other) => other.score - one.score);
  }
}

/** @param {string} tag @param {string} look @param {...(Node | string)} children */
function element(tag, look, ...children) {
  const made = document.createElement(tag);
  if (look) made.className = look;
  made.append(...children);
  return made;
}

/** The part of a clause around the first word asked for, and the words marked. @param {string} text @param {string[]} asked */
function excerpt(text, asked) {
  const pattern = asked.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${asked.join("|")})\\p{L}*`, "giu") : null;
  const first = pattern ? text.search(pattern) : -1;
  const start = first > EXCERPT / 2 ? text.lastIndexOf(". ", first) + 1 : 0;
  const end = text.length > start + EXCERPT ? text.lastIndexOf(" ", start + EXCERPT) : text.length;
  const piece = `${start ? "… " : ""}${text.slice(start, end).trim()}${end < text.length ? " …" : ""}`;
  const shown = element("p", "");
  let done = 0;
  for (const match of pattern ? piece.matchAll(pattern) : []) {
    shown.append(piece.slice(done, match.index), element("mark", "", match[0]));
    done = match.index + match[0].length;
  }
  shown.append(piece.slice(done));
  return shown;
}

/** @type {Found} */
const NOTHING = { hits: [], whole: 0, counts: {} };

/** The form, and what it finds. */
class Search {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.index = new Index();
    this.status = document.getElementById("search-status") ?? element("p", "");
    this.results = document.getElementById("search-results") ?? element("ol", "");
    this.more = document.getElementById("search-more") ?? element("button", "");
    this.turn = 0;
    this.timer = 0;
    /** @type {Hit[]} */
    this.left = [];
    this.labels = new Map([...this.#options("duty")].map((option) => [option.value, option.dataset.label ?? ""]));
    this.#fromAddress(true);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
    form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.search(), PAUSE_MS);
    });
    this.more.addEventListener("click", () => this.#showMore(true));
    window.addEventListener("popstate", () => {
      this.#fromAddress();
      this.search();
    });
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
    const query = this.#field("q").value.trim();
    const filters = Object.fromEntries(
      FILTERS.filter((name) => this.#field(name).value).map((name) => [name, this.#field(name).value]),
    );
    this.#toAddress();
    this.asked = telling(query);
    if (!query && !Object.keys(filters).length) {
      this.#show(turn, NOTHING, "Type what you want to know, or choose a topic.");
      return;
    }
    try {
      const found = await this.index.find(query, filters);
      this.#show(turn, found, this.#summary(found, filters));
    } catch (error) {
      const offline = "The search needs the network the first time. Go online, and search again.";
      const says = "Search did not load. Check your connection and search again.";
      this.#show(turn, NOTHING, error instanceof IndexMissing ? offline : says);
    }
  }

  /** @param {Found} found @param {Record<string, string>} filters */
  #summary({ hits, whole }, filters) {
    if (!hits.length) {
      const other = Object.keys(filters).length ? "Take a filter away, or use other words." : "Try other words, or look under Topics.";
      return `No clause found. ${other}`;
    }
    const found = `${whole || "No"} ${whole === 1 ? "clause" : "clauses"} found`;
    const loose = hits.length - whole;
    return loose ? `${found} with all of these words, ${loose} more with some of them.` : `${found}.`;
  }

  /** @param {number} turn @param {Found} found @param {string} says */
  async #show(turn, found, says) {
    if (turn !== this.turn) return; // Overtaken by a later question.
    this.left = found.hits;
    const rows = await this.#rows();
    if (turn !== this.turn) return;
    this.results.replaceChildren(...rows);
    this.#count(found.counts);
    this.status.textContent = says;
    this.more.hidden = !this.left.length;
  }

  /** @param {boolean} focus */
  async #showMore(focus) {
    const turn = this.turn;
    const rows = await this.#rows();
    if (turn !== this.turn) return;
    this.results.append(...rows);
    this.more.hidden = !this.left.length;
    if (focus) rows[0]?.querySelector("a")?.focus();
  }

  async #rows() {
    const next = this.left.slice(0, SHOWN_AT_ONCE);
    this.left = this.left.slice(SHOWN_AT_ONCE);
    const clauses = await Promise.all(next.map((hit) => hit.data()));
    return clauses.map((clause) => this.#row(clause));
  }

  /** @param {Clause} clause */
  #row({ content, meta }) {
    const link = document.createElement("a");
    link.href = meta.url;
    link.textContent = meta.title;
    const duties = meta.duties.split(" ").filter((duty) => /^(must|should)(-not)?$|^may$/.test(duty));
    const badges = duties.map((duty) => element("span", `badge badge-${duty}`, this.labels.get(duty) ?? duty));
    return element(
      "li",
      "",
      element("h2", "", link),
      element("p", "muted", [meta.trust, meta.ref, meta.topic].join(" · ")),
      excerpt(content.split(PARTING)[1]?.trim() ?? "", this.asked ?? []),
      ...(badges.length ? [element("p", "duties", ...badges)] : []),
    );
  }

  /** Writes beside every choice how many clauses it would leave. @param {Counts} counts */
  #count(counts) {
    for (const name of FILTERS) {
      const known = counts[name];
      for (const option of this.#options(name)) {
        const number = known ? ` (${known[option.value] ?? 0})` : "";
        option.textContent = `${option.dataset.label}${number}`;
      }
    }
  }
}

const form = document.getElementById("search");
if (form instanceof HTMLFormElement) new Search(form);
