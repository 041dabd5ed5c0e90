/** How do I send a colleague to this clause? A button under each, and every number, copies its link. */

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

/** @param {string} ref */
async function copyLink(ref) {
  const address = new URL(`#${ref}`, location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    said.say(`Link to ${ref} copied.`);
  } catch {
    location.hash = ref;
    said.say(`The link to ${ref} is in the address bar.`);
  }
}

for (const heading of document.querySelectorAll("h3.clause-title[id]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = "Copy link";
  button.setAttribute("aria-label", `Copy link to ${heading.id}`);
  button.addEventListener("click", () => copyLink(heading.id));
  heading.nextElementSibling?.querySelector(".ways-on")?.append(button);
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a.ref") : null;
  const ref = link?.getAttribute("href") ?? "";
  if (ref.startsWith("#")) copyLink(ref.slice(1));
});
