/** How is a page answered whose browser cannot run the quiz? The register works it out, and records nothing. */

import { CourseChanged } from "./course.mjs";
import { EngineRefusal } from "./engine-client.mjs";

const PATIENCE_MS = 20_000;

/** What is sent for those functions of `quiz.engine` that the register offers. @type {Record<string, (...args: string[]) => object>} */
const SENT = {
  play(course, seed, answers) {
    const { trust, digest } = JSON.parse(course);
    return { trust, course_digest: digest, seed, answers: JSON.parse(answers) };
  },
  consult(positions, decision, facts) {
    return { trust: JSON.parse(positions).trust, decision, facts: JSON.parse(facts) };
  },
};

/** The register does not answer, or not now; the same may be asked again. */
export class RegisterSilent extends Error {
  /** @param {string} says the register's own words, if there are any */
  constructor(says) {
    super(says || "The register does not answer. Check your connection and try again.");
    this.name = "RegisterSilent";
  }
}

/** The register in the place of the engine's worker: the same calls, the same answers. */
export class RemoteEngine {
  constructor() {
    /** Settled when it is known whether there is a register. @type {Promise<unknown>} */
    this.ready = present();
    this.ready.catch(() => {}); // Told to whoever asks.
  }

  /** Whether a function can be called. @param {string} name */
  static offers(name) {
    return name in SENT;
  }

  /**
   * The text a function of `quiz.engine` returns.
   *
   * Rejects with RegisterSilent when the register does not answer, with CourseChanged when it teaches another course
   * than the page, and with EngineRefusal when the function raised.
   *
   * @param {string} name
   * @param {...string} args
   * @returns {Promise<string>}
   */
  async call(name, ...args) {
    await this.ready;
    const { status, text } = await asked(`/api/${name}`, SENT[name](...args));
    if (status === 200) return text;
    const { code, says } = refusal(text);
    if (code === "course-changed") throw new CourseChanged(says);
    if (code === "not-asked") throw new EngineRefusal("NotAsked", says);
    if (code === "fact-unknown") throw new EngineRefusal("FactError", says);
    if (status >= 400 && status < 500) throw new Error(says);
    throw new RegisterSilent(says);
  }
}

/** Resolves if there is a register that answers; a host for plain files has none. */
async function present() {
  const { status, text } = await asked("/api/me");
  if (status !== 200 || !("person" in JSON.parse(text))) throw new RegisterSilent("");
}

/**
 * @param {string} address
 * @param {object} [sent] posted where given
 * @returns {Promise<{status: number, text: string}>} status 0 when nothing came back that a register would say
 */
async function asked(address, sent) {
  const patience = new AbortController();
  const late = setTimeout(() => patience.abort(), PATIENCE_MS);
  const headers = { Accept: "application/json", "X-CSRF": "1", "Content-Type": "application/json" };
  const post = sent && { method: "POST", headers, body: JSON.stringify(sent) };
  try {
    const response = await fetch(address, { cache: "no-store", signal: patience.signal, ...post });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { status: isJson ? response.status : 0, text: await response.text() };
  } catch {
    return { status: 0, text: "" };
  } finally {
    clearTimeout(late);
  }
}

/** @param {string} text @returns {{code: string, says: string}} what a refusal says, if it says anything */
function refusal(text) {
  try {
    return { code: "", says: "", ...JSON.parse(text).error };
  } catch {
    return { code: "", says: "" };
  }
}
