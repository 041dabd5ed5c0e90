/** How much of the engine has come? Said in bytes to whoever has to wait for it. */

import { element } from "./elements.mjs";

// Whoever has it in their cache sees nothing flash by.
const SHOWN_AFTER_MS = 500;
// A network that is only slow has sent something by then.
const STALLED_AFTER_MS = 15_000;

export class Loading {
  /** @param {HTMLElement} place stands at the end of the page's part, so that nothing moves when it comes and goes */
  constructor(place) {
    this.text = element("p", { class: "muted" });
    this.stalled = element("p", { role: "status" });
    this.bar = element("progress", { "aria-label": "Loading the training" });
    this.root = element("div", { class: "loading", hidden: "" }, this.text, this.bar, this.stalled);
    place.append(this.root);
  }

  /** Shows itself soon, until it is told that all is ready. */
  begin() {
    this.text.textContent = "Loading the training. You can read and choose meanwhile.";
    this.bar.removeAttribute("value");
    clearTimeout(this.soon);
    this.soon = setTimeout(() => (this.root.hidden = false), SHOWN_AFTER_MS);
    this.#watch();
  }

  /** @param {number} arrived in bytes @param {number} of in bytes */
  show(arrived, of) {
    this.text.textContent = `Loading the training: ${megabytes(arrived)} of ${megabytes(of)} MB. You can read and choose meanwhile.`;
    this.bar.max = of;
    this.bar.value = arrived;
    if (arrived < of) this.#watch();
    else this.#watchNoMore();
  }

  end() {
    clearTimeout(this.soon);
    this.#watchNoMore();
    this.root.hidden = true;
  }

  /** Says so if nothing comes for long: the bar alone looks the same then as when it is only slow. */
  #watch() {
    this.#watchNoMore();
    this.late = setTimeout(() => {
      this.stalled.textContent = "Nothing is arriving just now. Check your connection.";
    }, STALLED_AFTER_MS);
  }

  #watchNoMore() {
    clearTimeout(this.late);
    this.stalled.textContent = "";
  }
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1_000_000).toFixed(1);
}
