/** Has the site been built again, or is something wrong with the sources? Only `clearpost serve --watch` sends this. */

const EVERY_MS = 1000;

/** @typedef {{built: number, building: boolean, problems: string[]}} State */

class Watcher {
  /** How often the site had been built when this page was loaded. @type {number | undefined} */
  #built;

  constructor() {
    this.root = document.createElement("div");
    this.root.className = "notice error watch";
    this.root.setAttribute("role", "status");
    this.root.hidden = true;
    document.body.prepend(this.root);
  }

  async ask() {
    try {
      const response = await fetch("/watch/state.json", { cache: "no-store" });
      this.#take(await response.json());
    } catch {
      // The server has been stopped, or is starting again.
    }
    setTimeout(() => this.ask(), EVERY_MS);
  }

  /** @param {State} state */
  #take({ built, problems }) {
    this.#built ??= built;
    if (built !== this.#built) return location.reload();
    const said = problems.join("\n");
    if (this.root.dataset.said === said) return;
    this.root.dataset.said = said;
    this.root.hidden = !problems.length;
    const title = document.createElement("p");
    title.textContent = "The sources have mistakes. This is the last good page.";
    const list = document.createElement("ul");
    for (const one of problems) list.append(Object.assign(document.createElement("li"), { textContent: one }));
    this.root.replaceChildren(title, list);
  }
}

new Watcher().ask();
