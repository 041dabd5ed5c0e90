/** How far has the attempt come? Said in words, and shown as a bar. */

import { part } from "./elements.mjs";

export class Progress {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.text = part(root, ".progress-text", HTMLElement);
    this.bar = part(root, "progress", HTMLProgressElement);
  }

  /** @param {string} words instead of the number of the question */
  say(words) {
    this.text.textContent = words;
  }

  /** @param {number} number of the question that stands there @param {number} total @param {number} answered */
  show(number, total, answered) {
    this.text.textContent = answered === total ? `All ${total} questions answered` : `Question ${number} of ${total}`;
    this.bar.max = total;
    this.bar.value = answered;
  }
}
