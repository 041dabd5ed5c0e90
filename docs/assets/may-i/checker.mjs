/** How does somebody get an answer? They say where they work, answer what matters there, and read it at once. */

import { chosenTrust } from "../my-trust.mjs";
import { ChosenEngine } from "../training/chosen-engine.mjs";
import { button, element, link, part } from "../training/elements.mjs";
import { Notice } from "../training/notice.mjs";
import { RegisterSilent } from "../training/remote-engine.mjs";
import { consult } from "./answer.mjs";
import { FactForm } from "./fact-form.mjs";
import { otherTrusts } from "./other-trusts.mjs";
import { RulingView } from "./ruling-view.mjs";
import { NotArrived, Trusts } from "./trusts.mjs";

/** @import { Answer } from "./answer.mjs" */
/** @import { Trust } from "./trusts.mjs" */

export class Checker {
  /** How often something has been asked; an answer to an earlier question comes too late. */
  #turn = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.decision = root.dataset.decision ?? "";
    const top = element("div");
    root.before(top);
    this.leftOut = new Notice(top, "notice", "status");
    const register = new Notice(root, "notice", "status");
    this.engine = new ChosenEngine(root.dataset.engineManifest ?? "", (busy) =>
      register.show(`Your browser cannot work out the answers by itself, so the register does.${busy}`),
    );
    this.trusts = new Trusts(root.dataset.trusts ?? "");
    this.root = root;
    this.form = new FactForm(part(root, "form", HTMLFormElement));
    this.trust = part(root, "#trust", HTMLSelectElement);
    this.ruling = new RulingView(part(root, ".answer", HTMLElement), this.form);
    this.#begin();
  }

  async #begin() {
    const { form } = this.form;
    this.form.show({});
    form.hidden = false;
    try {
      const all = await this.trusts.all;
      this.trust.append(...all.map(({ id, name }) => element("option", { value: id }, name)));
      this.#restore(new URLSearchParams(location.search), all);
    } catch (error) {
      return this.#stumble(error);
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    part(form, "button", HTMLButtonElement).addEventListener("click", () => this.#clear());
    form.addEventListener("change", () => this.#ask());
    form.addEventListener("input", ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === "number") this.#ask();
    });
    this.#ask();
  }

  /** @param {URLSearchParams} query @param {Trust[]} all */
  #restore(query, all) {
    const named = query.get("trust");
    const wanted = [named, chosenTrust()].find((id) => all.some((one) => one.id === id));
    this.trust.value = wanted ?? "";
    const known = this.form.restore(query) && (named === null || named === wanted);
    if (!known) this.leftOut.show("Part of the link is not known here and was left out. Check your answers.");
  }

  /** Every answer goes, the trust stays. */
  #clear() {
    const trust = this.trust.value;
    this.form.form.reset();
    this.trust.value = trust;
    this.#ask();
  }

  async #ask() {
    const turn = ++this.#turn;
    const late = () => turn !== this.#turn;
    const trust = (await this.trusts.all).find(({ id }) => id === this.trust.value);
    this.#address();
    if (!trust) return this.#askForTrust();
    try {
      await this.#answer(trust, late);
    } catch (error) {
      if (!late()) this.#stumble(error, trust);
    }
  }

  /** The address leads to these answers at this trust. */
  #address() {
    const query = new URLSearchParams([...(this.trust.value ? [["trust", this.trust.value]] : []), ...this.form.query]);
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  }

  #askForTrust() {
    delete document.body.dataset.trust;
    this.form.show({});
    this.ruling.show("Choose your trust", element("p", {}, "Each trust has its own policy."));
  }

  /** @param {Trust} trust @param {() => boolean} late whether something else has been asked since */
  async #answer(trust, late) {
    const positions = await this.trusts.positions(trust);
    if (late()) return;
    if (document.body.dataset.trust !== trust.id) {
      document.body.dataset.trust = trust.id;
      this.form.nameRoles(positions.roles);
      this.form.show(positions.matters[this.decision]);
      this.ruling.show("One moment…", element("p", {}, "The answer is being worked out."));
    }
    const answer = await consult(this.engine, positions.text, this.decision, this.form.given);
    if (late()) return;
    this.form.show(answer.asks);
    if (!answer.settled) return this.ruling.showOpen(answer);
    this.ruling.showRuling(answer, trust, positions);
    await this.#compare(trust, late);
  }

  /**
   * Adds the other trusts; what goes wrong with them leaves the ruling as it is.
   *
   * @param {Trust} own
   * @param {() => boolean} late
   */
  async #compare(own, late) {
    const { decision, engine, trusts } = this;
    const { given, query } = this.form;
    const others = await otherTrusts({ decision, engine, trusts, own, given, query }).catch(() => [
      element("p", { class: "muted" }, "The other trusts cannot be asked now."),
    ]);
    if (!late()) this.ruling.rest.append(...others);
  }

  /** @param {unknown} error @param {Trust} [trust] whose policy can be read instead */
  #stumble(error, trust) {
    this.ruling.show(
      "No answer for now",
      element("p", {}, reason(error)),
      element(
        "p",
        { class: "actions" },
        button("Try again", () => location.reload()),
        trust
          ? link({ text: "Read the policy", to: trust.policy })
          : link({ text: "Read the policies by topic", to: "/handbook/topics/" }),
      ),
    );
  }
}

/** @param {unknown} error @returns {string} */
function reason(error) {
  if (error instanceof NotArrived) return "Part of this page did not arrive. Check your connection.";
  if (error instanceof RegisterSilent) return error.message;
  return "The answer cannot be worked out in this browser. Use a current Chrome, Edge, Firefox or Safari.";
}
