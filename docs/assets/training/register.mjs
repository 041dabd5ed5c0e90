/** What does the register say? Who is here, which ticket an attempt gets, and what became of a finished one. */

import { CourseChanged } from "./course.mjs";
import { within } from "./within.mjs";

/** @import { Given, Result } from "./quiz.mjs" */

/** @typedef {{ticket: string, seed: string, course_digest: string, expires_at: string}} Ticket */
/** @typedef {"stands" | "foreign" | "expired" | "changed" | "used" | "signed-out" | "unknown"} Check of a ticket */
/**
 * @typedef {{says: string, link?: {text: string, to: string}, again?: boolean, receipt?: boolean}} Practice why nothing
 *   is recorded, and whether a receipt stands in for a record
 */
/**
 * @typedef {{attempt: string, result: Result, completion: {expires_on: string} | null,
 *   certificate: string | null}} Receipt where its certificate is printed, if there is one
 */
/**
 * @typedef {{kind: "recorded", receipt: Receipt} | {kind: "refused", says: string} | {kind: "foreign"}
 *   | {kind: "waiting", says: string, signedOut: boolean}} Delivery
 */

export const SIGN_IN = { text: "Sign in", to: "/sign-in/" };
const NO_REGISTER = {
  says: "This site has no register. When you have passed, you save a receipt for your manager.",
  receipt: true,
};
const PATIENCE_MS = 20_000;
// Somebody waits to carry on; without word they can.
const PATIENCE_TO_CARRY_ON_MS = 5_000;
/** @type {Record<string, Check>} */
const CHECKS = {
  "ticket-foreign": "foreign",
  "ticket-unknown": "expired",
  "ticket-expired": "expired",
  "course-changed": "changed",
  "ticket-used": "used",
  "signed-out": "signed-out",
};

export class Register {
  /**
   * A ticket, or why the attempt is practice. Throws CourseChanged when the register knows another course.
   *
   * @param {string} trust
   * @returns {Promise<Ticket | Practice>}
   */
  async standing(trust) {
    return (await this.practice(trust)) ?? this.#ticket(trust);
  }

  /** Why whoever is here can only practise, if so. @param {string} trust @returns {Promise<Practice | null>} */
  async practice(trust) {
    const me = await this.#ask("/api/me");
    if (me.status === 404) return NO_REGISTER;
    if (me.status !== 200 || !me.body?.person) return this.#practice(me);
    const own = me.body.person.trust;
    if (own === trust) return null;
    const link = { text: "Take your own trust’s training", to: `/handbook/${encodeURIComponent(own)}/training/` };
    return { says: "You belong to another trust: this is practice and is not recorded.", link };
  }

  /** May whoever is here carry on with this ticket? @param {Ticket} ticket @returns {Promise<Check>} */
  async check({ ticket, course_digest }) {
    const { status, body } = await this.#ask("/api/tickets/check", { ticket, course_digest }, PATIENCE_TO_CARRY_ON_MS);
    if (status === 200 && body?.expires_at) return "stands";
    return CHECKS[body?.error?.code] ?? "unknown";
  }

  /** @param {string} trust @returns {Promise<Ticket | Practice>} */
  async #ticket(trust) {
    const made = await this.#ask("/api/tickets", { trust });
    if (made.status === 409) throw new CourseChanged(says(made.body));
    return (made.status === 201 || made.status === 200) && made.body?.ticket ? made.body : this.#practice(made);
  }

  /** @param {{status: number, body: any}} answer @returns {Practice} */
  #practice({ status, body }) {
    if (status === 401 || (status === 200 && body?.person === null)) {
      return { says: "You are not signed in: this is practice and is not recorded.", link: SIGN_IN };
    }
    // A page where JSON should be: a host for plain files that answers every address.
    if (status === 200) return NO_REGISTER;
    const why = status >= 400 && status < 500 ? says(body) : "";
    return { says: `${why || "The register does not answer."} This is practice and is not recorded.`, again: true };
  }

  /**
   * Sending the same answers twice is harmless: the register counts a ticket once.
   *
   * @param {{ticket: string, course_digest: string}} ticket
   * @param {Given[]} answers
   * @param {string[]} confirmed ids of the sections read
   * @returns {Promise<Delivery>}
   */
  async deliver({ ticket, course_digest }, answers, confirmed) {
    const { status, body } = await this.#ask("/api/attempts", { ticket, course_digest, answers, confirmed });
    if ((status === 200 || status === 201) && body?.attempt) return { kind: "recorded", receipt: body };
    if (body?.error?.code === "ticket-foreign") return { kind: "foreign" };
    const passing = [401, 408, 425, 429].includes(status) || body?.error?.code === "not-read";
    const final = status >= 400 && status < 500 && !passing && says(body);
    if (final) return { kind: "refused", says: final };
    return { kind: "waiting", says: status === 401 || status === 422 ? says(body) : "", signedOut: status === 401 };
  }

  /**
   * @param {string} address
   * @param {object} [sent] posted where given
   * @param {number} [patience] in milliseconds
   * @returns {Promise<{status: number, body: any}>} status 0 when nothing came back
   */
  async #ask(address, sent, patience = PATIENCE_MS) {
    const headers = { Accept: "application/json", "X-CSRF": "1", "Content-Type": "application/json" };
    const post = sent && { method: "POST", headers, body: JSON.stringify(sent) };
    try {
      return await within(patience, async (signal) => {
        const response = await fetch(address, { credentials: "same-origin", cache: "no-store", signal, ...post });
        return { status: response.status, body: await response.json().catch(() => null) };
      });
    } catch {
      return { status: 0, body: null };
    }
  }
}

/** @param {any} body @returns {string} the sentence of an error, if it has one */
function says(body) {
  return typeof body?.error?.says === "string" ? body.error.says : "";
}
