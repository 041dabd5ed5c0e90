/** Which trust is mine? Chosen on the home page, kept by this browser alone, and then shown first. */

const PLACE = "clearpost.trust";

/** @returns {string | null} the id of the trust chosen before */
export function chosenTrust() {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null; // A browser that keeps nothing: every visit is the first.
  }
}

/** @param {string | null} trust */
function remember(trust) {
  try {
    if (trust) localStorage.setItem(PLACE, trust);
    else localStorage.removeItem(PLACE);
  } catch {
    // Nothing is kept, and nothing breaks.
  }
}

/** The home page's list of trusts, and the steps that lead to the one chosen. */
class TrustChoice {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    list.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("[data-choose-trust]") : null;
      if (link instanceof HTMLElement) remember(link.dataset.chooseTrust ?? null);
    });
    const link = list.querySelector(`[data-choose-trust="${CSS.escape(chosenTrust() ?? "")}"]`);
    if (link instanceof HTMLAnchorElement) this.#show(link);
  }

  /** @param {HTMLAnchorElement} link */
  #show(link) {
    const row = link.closest("li");
    if (!row) return;
    const note = document.createElement("span");
    const forget = document.createElement("button");
    note.className = "chosen";
    note.append("Your trust. ", forget);
    forget.type = "button";
    forget.className = "link-button";
    forget.textContent = "Forget my choice";
    forget.addEventListener("click", () => {
      remember(null);
      location.reload();
    });
    link.after(note);
    this.list.prepend(row);
    this.#lead("read", link.href);
    this.#lead("train", link.dataset.training ?? link.href);
  }

  /** @param {string} step @param {string} to */
  #lead(step, to) {
    const link = document.querySelector(`[data-step="${step}"]`);
    if (link instanceof HTMLAnchorElement) link.href = to;
  }
}

/** On a topic's page the chosen trust's column comes first. @param {HTMLElement} columns */
function bringForward(columns) {
  const trust = chosenTrust();
  const mine = trust && columns.querySelector(`:scope > [data-trust="${CSS.escape(trust)}"]`);
  // An address that names a place on the page leads there; nothing moves under the reader.
  if (mine && !location.hash) columns.prepend(mine);
}

/** Where the chosen trust has a page of its own, the link leads to it at once. @param {ParentNode} page */
function leadToOwn(page) {
  const trust = chosenTrust();
  if (!trust || !page.querySelector(`li[data-trust="${CSS.escape(trust)}"]`)) return;
  for (const link of page.querySelectorAll("a[data-own]")) {
    if (link instanceof HTMLAnchorElement) link.href = `/handbook/${trust}/${link.dataset.own}`;
  }
}

const list = document.getElementById("trusts");
if (list) new TrustChoice(list);
const columns = document.querySelector(".columns");
if (columns instanceof HTMLElement) bringForward(columns);
for (const trusts of document.querySelectorAll("[data-mine-first]")) {
  if (trusts instanceof HTMLElement) bringForward(trusts);
}
leadToOwn(document);
