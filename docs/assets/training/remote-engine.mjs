/** How is a page answered whose browser cannot run the quiz? The register works it out, and records nothing. */

import { CourseChanged } from "./course.mjs";
import { EngineRefusal } from "./engine-client.mjs";
import { within } from "./within.mjs";

const PATIENCE_MS = 20_000;
// So often it is asked again while it says that it is busy.
const MOST_TRIES = 10;
const LONGEST_PAUSE_S = 60;

/** What is sent for those functions of `quiz.engine` that the register offers. @type {Record<string, (...args: string[]) => object>} */
const SENT = {
  play: attempt,
  another(course, seed, answers, tried) {
    return { ...attempt(course, seed, answers), tried: JSON.parse(tried) };
  },
  consult(positions, decision, facts) {
    return { trust: JSON.parse(positions).trust, decision, facts: JSON.parse(facts) };
  },
};

/** @param {string} course @param {string} seed @param {string} answers */
function attempt(course, seed, answers) {
  const { trust, digest } = JSON.parse(course);
  return { trust, course_digest: digest, seed, answers: JSON.parse(answers) };
}

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
  /** @param {(seconds: number) => void} [onBusy] told how long the register has to be left alone; 0 when it answers again */
  constructor(onBusy = () => {}) {
    this.onBusy = onBusy;
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
    const { status, text } = await this.#patiently(`/api/${name}`, SENT[name](...args));
    if (status === 200) return text;
    const { code, says } = refusal(text);
    if (code === "course-changed") throw new CourseChanged(says);
    if (code === "not-asked") throw new EngineRefusal("NotAsked", says);
    if (code === "fact-unknown") throw new EngineRefusal("FactError", says);
    if (status >= 400 && status < 500) throw new Error(says);
    throw new RegisterSilent(says);
  }

  /** Asks again when the register is busy, as soon as it says. @param {string} address @param {object} sent */
  async #patiently(address, sent) {
    let answer = await asked(address, sent);
    if (answer.status !== 429) return answer;
    for (let tries = 1; answer.status === 429 && tries < MOST_TRIES; tries++) {
      const { pause } = answer;
      this.onBusy(pause);
      await new Promise((done) => setTimeout(done, pause * 1000));
      answer = await asked(address, sent);
    }
    this.onBusy(0);
    return answer.status === 429 ? { ...answer, status: 503 } : answer;
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
 * @returns {Promise<{status: number, text: string, pause: number}>} status 0 when nothing came back that a register would
 *   say; `pause` in seconds, before it is asked again
 */
async function asked(address, sent) {
  const headers = { Accept: "application/json", "X-CSRF": "1", "Content-Type": "application/json" };
  const post = sent && { method: "POST", headers, body: JSON.stringify(sent) };
  try {
    return await within(PATIENCE_MS, async (signal) => {
      const response = await fetch(address, { cache: "no-store", signal, ...post });
      const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
      const pause = Math.min(Number(response.headers.get("Retry-After")) || 1, LONGEST_PAUSE_S);
      return { status: isJson ? response.status : 0, text: await response.text(), pause };
    });
  } catch {
    return { status: 0, text: "", pause: 1 };
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
