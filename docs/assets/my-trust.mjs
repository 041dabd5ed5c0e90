/** Which trust is mine? Chosen once, kept by this browser alone, and then every page speaks of it first. */

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
export function remember(trust) {
  try {
    if (trust) localStorage.setItem(PLACE, trust);
    else localStorage.removeItem(PLACE);
  } catch {
    // Nothing is kept, and nothing breaks.
  }
}

/** On a page of several trusts the chosen one comes first. @param {HTMLElement} trusts */
function bringForward(trusts) {
  const trust = chosenTrust();
  const mine = trust && trusts.querySelector(`:scope > [data-trust="${CSS.escape(trust)}"]`);
  // An address that names a place on the page leads there; nothing moves under the reader.
  if (mine && !location.hash) trusts.prepend(mine);
}

/** Links for which each trust has a page of its own lead to mine at once; `data-own` is its place there. */
export function leadToOwn() {
  const trust = chosenTrust();
  for (const link of document.querySelectorAll("a[data-own]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.dataset.all ??= link.getAttribute("href") ?? "";
    link.href = trust ? `/handbook/${encodeURIComponent(trust)}/${link.dataset.own}` : link.dataset.all;
  }
}

/** Who reads another trust's page is told so, and shown the way to the same page of their own. */
function sayWhose() {
  const [mine, shown] = [chosenTrust(), document.body.dataset.trust];
  if (!mine || !shown || mine === shown) return;
  const note = document.createElement("p");
  const own = document.createElement("a");
  const here = `/handbook/${shown}/`;
  note.className = "not-mine";
  own.href = location.pathname.startsWith(here) ? `/handbook/${mine}/${location.pathname.slice(here.length)}` : `/handbook/${mine}/`;
  own.textContent = "Go to your own";
  note.append("This is another trust’s page. ", own);
  document.getElementById("content")?.prepend(note);
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-choose-trust]") : null;
  if (link instanceof HTMLElement) remember(link.dataset.chooseTrust ?? null);
});
for (const trusts of document.querySelectorAll(".columns, [data-mine-first]")) {
  if (trusts instanceof HTMLElement) bringForward(trusts);
}
leadToOwn();
sayWhose();
