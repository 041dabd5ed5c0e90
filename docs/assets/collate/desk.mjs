/** How do receipts become a completion list? Each is graded again by the engine, one after the other, then all collated. */

import { chosenTrust } from "../my-trust.mjs";
import { courseAt } from "../training/course.mjs";
import { button, part } from "../training/elements.mjs";
import { EngineClient, EngineUnavailable } from "../training/engine-client.mjs";
import { Notice } from "../training/notice.mjs";
import { isStaffList, receiptText, staffListText } from "./file-texts.mjs";
import { counted, ListView } from "./list-view.mjs";

/** @import { Collation } from "./list-view.mjs" */

// A list of people that is empty is still a list.
const EMPTY_LIST = "\n";

export class Desk {
  /** The files dropped so far. @type {File[]} */
  #receipts = [];
  /** What the engine says of the first of them. @type {[file: string, graded: object][]} */
  #graded = [];
  #staff = "";
  /** Whoever finds another number here is out of date. */
  #turn = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.manifest = root.dataset.engineManifest ?? "";
    this.form = part(root, "form", HTMLFormElement);
    this.trust = part(root, "#collate-trust", HTMLSelectElement);
    this.status = part(root, ".collate-status", HTMLElement);
    this.list = new ListView(part(root, ".collated", HTMLElement));
    this.fault = new Notice(root, "notice error", "alert");
    this.engine = new EngineClient(this.manifest);
    this.#preselect();
    this.#listen();
    this.form.hidden = false;
  }

  #preselect() {
    const mine = [...this.trust.options].find((one) => one.dataset.trust && one.dataset.trust === chosenTrust());
    if (mine) this.trust.value = mine.value;
  }

  #listen() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.trust.addEventListener("change", () => {
      this.#graded = [];
      this.#collate();
    });
    for (const id of ["#receipt-files", "#staff-file"]) {
      const input = part(this.form, id, HTMLInputElement);
      input.addEventListener("change", async () => {
        const files = [...(input.files ?? [])];
        input.value = ""; // The same file can be chosen again, once it has been put right.
        await this.#take(files, id === "#staff-file");
      });
    }
    this.#listenForDrops(part(this.form, ".drop", HTMLElement));
  }

  /** @param {HTMLElement} area */
  #listenForDrops(area) {
    area.addEventListener("dragover", (event) => {
      event.preventDefault();
      area.dataset.over = "";
    });
    area.addEventListener("dragleave", () => delete area.dataset.over);
    area.addEventListener("drop", async (event) => {
      event.preventDefault();
      delete area.dataset.over;
      await this.#take([...(event.dataTransfer?.files ?? [])], false);
    });
  }

  /** @param {File[]} files @param {boolean} staffList whether they were given as such */
  async #take(files, staffList) {
    for (const file of files) {
      if (staffList || (await isStaffList(file))) this.#staff = (await staffListText(file)) || EMPTY_LIST;
      else this.#receipts.push(file);
    }
    if (files.length) await this.#collate();
  }

  #clear() {
    [this.#receipts, this.#graded, this.#staff] = [[], [], ""];
    this.#turn++;
    this.list.hide();
    this.#say("The list is cleared.");
    this.trust.focus();
  }

  /** Grades what has not been graded yet, and shows the list. */
  async #collate() {
    const turn = ++this.#turn;
    this.fault.hide();
    if (!this.trust.value) {
      this.list.hide();
      return this.#say("Choose the trust. Then the receipts are checked.");
    }
    if (!this.#receipts.length && !this.#staff) return this.#say("");
    try {
      if (await this.#grade(turn)) await this.#show(turn);
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error instanceof EngineUnavailable) this.engine = new EngineClient(this.manifest);
      const why = error instanceof Error && error.message ? error.message : "The course did not arrive.";
      this.#say("");
      this.fault.show(why, button("Try again", () => this.#collate()));
    }
  }

  /** @param {number} turn @returns {Promise<boolean>} whether all are graded and nothing has come in between */
  async #grade(turn) {
    const course = await courseAt(this.trust.value, "no-cache");
    while (turn === this.#turn && this.#graded.length < this.#receipts.length) {
      const done = this.#graded.length;
      if (done % 10 === 0) this.#say(`Checking receipt ${done + 1} of ${this.#receipts.length}…`);
      const file = this.#receipts[done];
      const graded = JSON.parse(await this.engine.call("grade_receipt", course, await receiptText(file)));
      if (turn === this.#turn) this.#graded.push([file.name, graded]);
    }
    return turn === this.#turn;
  }

  /** @param {number} turn */
  async #show(turn) {
    const today = new Date().toISOString().slice(0, 10);
    const said = await this.engine.call("collate", JSON.stringify(this.#graded), this.#staff, today);
    if (turn !== this.#turn) return;
    /** @type {Collation} */
    const list = JSON.parse(said);
    const trust = this.trust.selectedOptions[0].dataset.trust;
    this.list.show(list, `completions-${trust}-${today}.csv`, () => this.#clear());
    const without = this.#staff ? "" : " Add your staff list to see who is missing.";
    const receipts = this.#receipts.length === 1 ? "1 receipt" : `${this.#receipts.length} receipts`;
    this.#say(`Checked ${receipts}: ${counted(list)}.${without}`);
  }

  /** @param {string} says */
  #say(says) {
    this.status.textContent = says;
  }
}
