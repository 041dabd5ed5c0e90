/** How do I send a colleague to this clause? The button under each, and every number, copies its link. */

/** Says in one place what has just happened. */
class Said {
  constructor() {
    this.root = document.createElement("p");
    this.root.className = "said";
    this.root.setAttribute("role", "status");
    this.timer = 0;
    document.body.append(this.root);
  }

  /** @param {string} words */
  say(words) {
    this.root.textContent = words;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.root.textContent = ""), 4000);
  }
}

const said = new Said();

/** The page stays where it is, and its address leads to the place. @param {string} ref */
async function copyLink(ref) {
  history.replaceState(null, "", `#${ref}`);
  try {
    await navigator.clipboard.writeText(location.href);
    said.say(`Copied: the link to ${ref}.`);
  } catch {
    said.say(`The link to ${ref} is in the address bar.`);
  }
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
  const button = event.target.closest("button.copy-link");
  const number = event.target.closest("a.ref");
  const ref = button instanceof HTMLElement ? `#${button.dataset.ref}` : (number?.getAttribute("href") ?? "");
  if (!ref.startsWith("#")) return;
  event.preventDefault();
  copyLink(ref.slice(1));
});
