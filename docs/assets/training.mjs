/** How does somebody take a trust's training? On this page: it asks, explains, and hands the answers to the register. */

import { EngineClient, EngineRefusal, EngineUnavailable } from "./engine-client.mjs";

/** @typedef {{key: string, text: string}} Option */
/** @typedef {{id: string, story: string, asks: string, options: Option[], again: boolean}} Question */
/** @typedef {{ref: string, duty: string, label: string, text: string, clause: string, url: string}} Provision */
/**
 * @typedef {{right: boolean, headline: string, says: string[], chosen: string, right_option: string,
 *   provisions: Provision[], note: string | null}} Explanation
 */
/** @typedef {{label: string, right: number, of: number, url: string}} Topic */
/** @typedef {{passed: boolean, score: number, pass_mark: number, topics: Topic[], reread: Provision[]}} Result */
/**
 * @typedef {{asked: number, total: number, question: Question | null, feedback: Explanation | null,
 *   result: Result | null}} State what the engine says after some answers
 */
/** @typedef {{question: string, chosen: string}} Given */
/** @typedef {{ticket: string, seed: string, course_digest: string}} Ticket */
/** @typedef {{says: string, link?: {text: string, to: string}, again?: boolean}} Practice why nothing is recorded */
/** @typedef {{course: string, seed: string, standing: Ticket | Practice, answers: Given[]}} Attempt */
/** @typedef {{attempt: string, result: Result, completion: {expires_on: string} | null}} Receipt */
/**
 * @typedef {{kind: "recorded", receipt: Receipt} | {kind: "refused", says: string}
 *   | {kind: "waiting", says: string, signedOut: boolean}} Delivery
 */

const SIGN_IN = { text: "Sign in", to: "/sign-in/" };
const REGISTER_PATIENCE_MS = 20_000;

/** The course on the site and the register's are not the same, or have changed on the way. */
class CourseChanged extends Error {}

/** The course did not arrive. */
class CourseMissing extends Error {}

// --- Elements -------------------------------------------------------------------------------------------------------

/**
 * An element with attributes and children; texts stay texts.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * @template {HTMLElement} Type
 * @param {ParentNode} within
 * @param {string} selector
 * @param {new () => Type} type
 * @returns {Type}
 */
function part(within, selector, type) {
  const found = within.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`The training page has no ${selector}.`);
}

/** @param {string} text @param {() => void} press @param {string} [look] */
function button(text, press, look = "button") {
  const made = element("button", { type: "button", class: look }, text);
  made.addEventListener("click", press);
  return made;
}

/** @param {{text: string, to: string}} where */
function link({ text, to }) {
  return element("a", { href: to }, text);
}

/**
 * Moves the focus without moving the page more than it takes to see the start of the target.
 *
 * @param {HTMLElement} target
 */
function meet(target) {
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}

/**
 * A sentence, and under it what can be done about it.
 *
 * @param {string} says
 * @param {HTMLElement[]} actions
 */
function paragraphs(says, actions) {
  const all = [element("p", {}, says)];
  if (actions.length) all.push(element("p", {}, ...actions.flatMap((one) => [one, " "])));
  return all;
}

/** @param {number} share in percent */
function percent(share) {
  return `${share}\u00a0%`;
}

/** @param {string} day as ISO 8601 has it @returns {string} as in "14 January 2027" */
function longDate(day) {
  const how = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return new Intl.DateTimeFormat("en-GB", how).format(new Date(day));
}

/** @param {Provision[]} provisions */
function provisionList(provisions) {
  const items = provisions.map(({ duty, label, text, clause, ref, url }) => {
    const look = /^(must|should)(-not)?$|^may$/.test(duty) ? duty : "plain";
    const badge = element("span", { class: `badge badge-${look}` }, label);
    return element("li", { class: "provision" }, badge, " ", text, " ", link({ text: `${clause} (${ref})`, to: url }));
  });
  return element("ul", { class: "provisions" }, ...items);
}

// --- Pieces of the page ---------------------------------------------------------------------------------------------

/** How far the attempt has come, in words and as a bar. */
class Progress {
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

/** The question: it is answered with a choice, and waits while the choice is checked. */
class QuestionForm {
  /** @param {HTMLFormElement} form @param {() => void} onAnswer */
  constructor(form, onAnswer) {
    this.form = form;
    this.waiting = false;
    form.noValidate = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.waiting) onAnswer();
    });
    form.addEventListener("change", () => this.#clearError());
    // What is being checked stays chosen; a disabled field would lose the focus.
    form.addEventListener("click", (event) => {
      if (this.waiting && event.target instanceof HTMLInputElement) event.preventDefault();
    });
    this.#adopt();
  }

  #adopt() {
    this.story = part(this.form, ".story", HTMLElement);
    this.fieldset = part(this.form, "fieldset", HTMLFieldSetElement);
    this.legend = part(this.form, "legend", HTMLLegendElement);
    this.submit = part(this.form, "button[type=submit]", HTMLButtonElement);
    this.status = element("p", { class: "muted", role: "status" });
    this.form.append(this.status);
  }

  /** The question's id. */
  get id() {
    return this.form.dataset.questionId ?? "";
  }

  /** The key of the option chosen, if any. */
  get chosen() {
    const chosen = new FormData(this.form).get("answer");
    return typeof chosen === "string" ? chosen : null;
  }

  /** @param {Question} question @returns {boolean} whether this is the question that stands here */
  shows({ id, story, options }) {
    const keys = [...this.form.querySelectorAll("input")].map((one) => one.value).join();
    return this.id === id && this.story?.textContent === story && keys === options.map(({ key }) => key).join();
  }

  /** @param {Question} question */
  show(question) {
    const again = question.again ? [element("p", { class: "again muted" }, "A variant of one you missed.")] : [];
    const choices = question.options.map(({ key, text }) => {
      const input = element("input", { type: "radio", name: "answer", value: key });
      return element("label", { class: "option" }, input, " ", element("span", {}, text));
    });
    this.form.dataset.questionId = question.id;
    this.form.replaceChildren(
      ...again,
      element("p", { class: "story" }, question.story),
      element("fieldset", {}, element("legend", {}, question.asks), ...choices),
      element("button", { type: "submit", class: "button" }, "Check my answer"),
    );
    this.form.hidden = false;
    this.#adopt();
  }

  /** Says at the field that nothing is chosen, and moves there. */
  complain() {
    this.#clearError();
    const error = element("p", { class: "field-error", id: "answer-error" }, "Choose one of the answers.");
    this.legend?.after(error);
    this.fieldset?.setAttribute("aria-describedby", error.id);
    part(this.form, "input", HTMLInputElement).focus();
  }

  #clearError() {
    this.form.querySelector(".field-error")?.remove();
    this.fieldset?.removeAttribute("aria-describedby");
  }

  /** @param {boolean} waiting @param {string} [says] */
  wait(waiting, says = "") {
    this.waiting = waiting;
    if (!this.submit || !this.status) return;
    this.submit.textContent = waiting ? "Checking…" : "Check my answer";
    this.submit.setAttribute("aria-disabled", String(waiting));
    this.status.textContent = says;
  }

  /** Leaves only the story: what was asked makes room for the explanation. */
  fold() {
    for (const one of [this.fieldset, this.submit, this.status]) if (one) one.hidden = true;
  }
}

/** What follows an answer: whether it was right, and what the policy says. */
class Feedback {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** @param {Explanation} feedback @param {string} onward @param {() => void} goOn */
  show({ right, chosen, right_option, headline, says, provisions, note }, onward, goOn) {
    const answers = [element("p", {}, `You chose: ${chosen}`)];
    if (!right) answers.push(element("p", { class: "right-answer" }, `The right answer: ${right_option}`));
    this.root.hidden = false;
    this.root.replaceChildren(
      element("h2", {}, right ? "Right." : "Not this time."),
      ...answers,
      element("p", { class: "muted" }, "What the policy answers:"),
      element("p", { class: "verdict" }, headline),
      ...says.map((one) => element("p", {}, one)),
      ...(note ? [element("p", { class: "note" }, note)] : []),
      ...(provisions.length ? [this.#fold(provisions)] : []),
      button(onward, goOn),
    );
    meet(this.root);
  }

  /** @param {Provision[]} provisions */
  #fold(provisions) {
    return element("details", {}, element("summary", {}, "What the policy says"), provisionList(provisions));
  }
}

/** A message that stands beside the training: why nothing is recorded, or what went wrong and what to do. */
class Notice {
  /** @param {HTMLElement} root @param {string} look @param {"status" | "alert"} role */
  constructor(root, look, role) {
    this.root = element("div", { class: look, role, hidden: "" });
    root.append(this.root);
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** @param {string} says @param {...HTMLElement} actions */
  show(says, ...actions) {
    this.root.hidden = false;
    this.root.replaceChildren(...paragraphs(says, actions));
  }
}

/** The result of an attempt: what it means, by topic, and what to read again. */
class ResultView {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = element("section", { class: "result", "aria-labelledby": "training-result", hidden: "" });
    this.heading = element("h2", { id: "training-result" });
    this.recording = element("div", { class: "recording", role: "status" });
    this.details = element("div");
    this.root.append(this.heading, this.recording, this.details);
    root.append(this.root);
  }

  hide() {
    this.root.hidden = true;
  }

  /** @param {Result} result */
  show(result) {
    this.recording.replaceChildren();
    this.grade(result);
    this.details.replaceChildren(
      this.#topics(result.topics),
      ...(result.reread.length ? [element("h3", {}, "What to reread"), provisionList(result.reread)] : []),
    );
    this.root.hidden = false;
    meet(this.heading);
  }

  /** @param {Result} result */
  grade({ passed, score, pass_mark }) {
    this.heading.textContent = passed
      ? `You have passed: ${percent(score)}.`
      : score < pass_mark
        ? `Not passed yet: ${percent(score)} of the ${percent(pass_mark)} you need.`
        : `Not passed yet: ${percent(score)}, but a question everyone has to get right is still wrong.`;
  }

  /** @param {Topic[]} topics */
  #topics(topics) {
    const rows = topics.map(({ label, right, of, url }) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, link({ text: label, to: url })),
        element("td", {}, `${right}\u00a0of\u00a0${of}`),
      ),
    );
    const caption = element("caption", {}, "Right answers by topic");
    return element("table", { class: "data-table" }, caption, element("tbody", {}, ...rows));
  }

  /** @param {string} says @param {...HTMLElement} actions */
  say(says, ...actions) {
    this.recording.replaceChildren(...paragraphs(says, actions));
  }
}

// --- The register ---------------------------------------------------------------------------------------------------

/** The register as this page needs it: who is here, a ticket for an attempt, and the answers of a finished one. */
class Register {
  /**
   * A ticket, or why the attempt is practice. Throws CourseChanged when the register knows another course.
   *
   * @param {string} trust
   * @returns {Promise<Ticket | Practice>}
   */
  async standing(trust) {
    const me = await this.#ask("/api/me");
    if (me.status === 404) return { says: "This site has no register: this is practice and is not recorded." };
    if (me.status === 200 && me.body?.person) return this.#ticket(trust, me.body.person.trust);
    return this.#practice(me);
  }

  /** @param {string} trust @param {string} own @returns {Promise<Ticket | Practice>} */
  async #ticket(trust, own) {
    if (own !== trust) {
      const link = { text: "Take your own trust’s training", to: `/handbook/${encodeURIComponent(own)}/training/` };
      return { says: "You belong to another trust: this is practice and is not recorded.", link };
    }
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
    if (status === 200) return { says: "This site has no register: this is practice and is not recorded." };
    const why = status >= 400 && status < 500 ? says(body) : "";
    return { says: `${why || "The register does not answer."} This is practice and is not recorded.`, again: true };
  }

  /**
   * Sending the same answers twice is harmless: the register counts a ticket once.
   *
   * @param {Ticket} ticket
   * @param {Given[]} answers
   * @returns {Promise<Delivery>}
   */
  async deliver({ ticket, course_digest }, answers) {
    const { status, body } = await this.#ask("/api/attempts", { ticket, course_digest, answers });
    if ((status === 200 || status === 201) && body?.attempt) return { kind: "recorded", receipt: body };
    const final = status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status) && says(body);
    if (final) return { kind: "refused", says: final };
    return { kind: "waiting", says: status === 401 ? says(body) : "", signedOut: status === 401 };
  }

  /**
   * @param {string} address
   * @param {object} [sent] posted where given
   * @returns {Promise<{status: number, body: any}>} status 0 when nothing came back
   */
  async #ask(address, sent) {
    const signal = AbortSignal.timeout(REGISTER_PATIENCE_MS);
    const headers = { Accept: "application/json", "X-CSRF": "1", "Content-Type": "application/json" };
    const post = sent && { method: "POST", headers, body: JSON.stringify(sent) };
    try {
      const response = await fetch(address, { credentials: "same-origin", cache: "no-store", signal, ...post });
      return { status: response.status, body: await response.json().catch(() => null) };
    } catch {
      return { status: 0, body: null };
    }
  }
}

/** @param {any} body @returns {string} the sentence of an error, if it has one */
function says(body) {
  return typeof body?.error?.says === "string" ? body.error.says : "";
}

// --- The training ---------------------------------------------------------------------------------------------------

/** One person's way through the training, from the question in the page to the receipt. */
class Training {
  /** @param {HTMLElement} root @param {Register} register */
  constructor(root, register) {
    this.root = root;
    this.register = register;
    this.progress = new Progress(root);
    this.form = new QuestionForm(part(root, "form.question", HTMLFormElement), () => this.#answer());
    this.feedback = new Feedback(part(root, ".feedback", HTMLElement));
    this.result = new ResultView(root);
    this.fault = new Notice(root, "notice error", "alert");
    this.standing = new Notice(root, "notice", "status");
    this.engine = this.#startEngine();
    this.attempt = this.#prepare("default");
  }

  /** Loads the engine while the person reads; if that fails, says so before they have answered in vain. */
  #startEngine() {
    this.loaded = false;
    const engine = new EngineClient(this.root.dataset.engineManifest ?? "");
    engine.ready.then(
      () => {
        this.loaded = true;
        performance.mark("engine-ready"); // Read by scripts/bench/quiz_start.py.
      },
      (error) => this.#stumble(error, () => {}),
    );
    return engine;
  }

  /** @param {RequestCache} cache @returns {Promise<Attempt>} */
  #prepare(cache) {
    const attempt = this.#begin(cache);
    attempt.catch(() => {}); // Told when the person answers.
    return attempt;
  }

  /** @param {RequestCache} cache @returns {Promise<Attempt>} */
  async #begin(cache) {
    const [standing, course] = await Promise.all([this.#stand(), this.#course(cache)]);
    if (!("ticket" in standing)) return { course, seed: randomSeed(), standing, answers: [] };
    const wanted = standing.course_digest;
    const current = digestOf(course) === wanted ? course : await this.#course("reload");
    if (digestOf(current) !== wanted) throw new CourseChanged();
    return { course: current, seed: standing.seed, standing, answers: [] };
  }

  async #stand() {
    const standing = await this.register.standing(this.root.dataset.trust ?? "");
    if ("ticket" in standing) this.standing.hide();
    else this.standing.show(standing.says, ...this.#wayOut(standing));
    return standing;
  }

  /** @param {Practice} practice */
  #wayOut(practice) {
    if (practice.again) return [button("Start again", () => this.#restart(), "button secondary")];
    return practice.link ? [link(practice.link)] : [];
  }

  /** @param {RequestCache} cache @returns {Promise<string>} */
  async #course(cache) {
    try {
      const response = await fetch(this.root.dataset.course ?? "", { cache });
      if (response.ok) return await response.text();
    } catch {
      // The same to the reader as an answer that is none.
    }
    throw new CourseMissing();
  }

  /** @param {Attempt} attempt @param {Given[]} answers @returns {Promise<State>} */
  async #play({ course, seed }, answers) {
    return JSON.parse(await this.engine.call("play", course, seed, JSON.stringify(answers)));
  }

  async #answer() {
    const { id, chosen } = this.form;
    if (chosen === null) return this.form.complain();
    this.fault.hide();
    this.form.wait(true, this.loaded ? "" : "The training is still loading. Your answer is kept.");
    try {
      await this.#check({ question: id, chosen });
    } catch (error) {
      this.#stumble(error, () => this.#answer());
      meet(this.fault.root);
    } finally {
      this.form.wait(false);
    }
  }

  /** @param {Given} given */
  async #check(given) {
    const attempt = await this.attempt;
    if (!attempt.answers.length && !(await this.#openingStands(attempt))) throw new CourseChanged();
    const answers = [...attempt.answers, given];
    const state = await this.#play(attempt, answers);
    if ((await this.attempt) !== attempt) return; // Begun again in the meantime.
    attempt.answers = answers;
    this.#explain(attempt, state);
  }

  /** The question in the page may be that of an older course. @param {Attempt} attempt @returns {Promise<boolean>} */
  async #openingStands(attempt) {
    const { question } = await this.#play(attempt, []);
    return question !== null && this.form.shows(question);
  }

  /** @param {Attempt} attempt @param {State} state */
  #explain(attempt, { asked, total, question, feedback, result }) {
    if (!feedback) throw new CourseChanged();
    const answered = attempt.answers.length;
    this.progress.show(answered, total, answered);
    this.form.fold();
    if (question) this.feedback.show(feedback, "Next question", () => this.#next(question, asked, total));
    else if (result) this.feedback.show(feedback, "See your result", () => this.#finish(attempt, result));
  }

  /** @param {Question} question @param {number} asked @param {number} total */
  #next(question, asked, total) {
    this.feedback.hide();
    this.result.hide();
    this.fault.hide();
    this.form.show(question);
    this.progress.show(asked, total, asked - 1);
    meet(this.progress.text);
  }

  /** @param {Attempt} attempt @param {Result} result */
  #finish(attempt, result) {
    const { standing, answers } = attempt;
    this.feedback.hide();
    this.standing.hide();
    this.form.form.hidden = true;
    this.result.show(result);
    if ("ticket" in standing) this.#deliver(standing, answers);
    else this.result.say(standing.says, ...(standing.link ? [link(standing.link)] : []), this.#anotherTry());
  }

  /** @param {Ticket} ticket @param {Given[]} answers */
  async #deliver(ticket, answers) {
    this.result.say("Sending your answers to the register…");
    const delivery = await this.register.deliver(ticket, answers);
    if (delivery.kind === "recorded") this.#recorded(delivery.receipt);
    else if (delivery.kind === "refused") {
      this.result.say(`Not recorded. ${delivery.says}`, button("Start again", () => this.#restart()));
    } else {
      const signIn = delivery.signedOut ? [element("a", { href: SIGN_IN.to, target: "_blank" }, "Sign in in a new tab")] : [];
      const why = delivery.says || "The register cannot be reached. Keep this page open and try again.";
      this.result.say(`Not recorded yet. ${why}`, ...signIn, button("Try again", () => this.#deliver(ticket, answers)));
    }
  }

  /** The register believes only its own grading, and so does this page. @param {Receipt} receipt */
  #recorded({ attempt, result, completion }) {
    this.result.grade(result);
    const until = completion ? ` Your training counts until ${longDate(completion.expires_on)}.` : "";
    const onward = result.passed ? link({ text: "Ask for the right to post.", to: "/my/" }) : this.#anotherTry();
    this.result.say(`Recorded. Receipt ${attempt}.${until}`, onward);
  }

  #anotherTry() {
    return button("Try again", () => this.#restart(), "button secondary");
  }

  /** Begins a new attempt, with a new ticket, from the course as it is now. */
  async #restart() {
    this.progress.say("Loading the first question…");
    this.attempt = this.#prepare("no-cache");
    try {
      const { question, asked, total } = await this.#play(await this.attempt, []);
      if (question) this.#next(question, asked, total);
    } catch (error) {
      this.#stumble(error, () => this.#restart());
      meet(this.fault.root);
    }
  }

  /**
   * Says what went wrong and offers what helps; the answer chosen stays chosen.
   *
   * @param {unknown} error
   * @param {() => void} retry what to do again once the cause is gone
   */
  #stumble(error, retry) {
    const startAgain = button("Start again", () => this.#restart());
    if (error instanceof EngineUnavailable) {
      this.fault.show(error.message, button("Try again", () => this.#mended(() => (this.engine = this.#startEngine()), retry)));
    } else if (error instanceof CourseMissing) {
      const words = "The training did not arrive. Check your connection and try again.";
      this.fault.show(words, button("Try again", () => this.#mended(() => (this.attempt = this.#prepare("no-cache")), retry)));
    } else if (error instanceof CourseChanged || (error instanceof EngineRefusal && error.kind === "NotAsked")) {
      const reason = error instanceof CourseChanged && error.message;
      this.fault.show(reason || "The training has changed since you opened it. Start again.", startAgain);
    } else {
      const detail = error instanceof Error ? error.message : String(error);
      this.fault.show(`The training cannot go on. Start again, or tell your manager: ${detail}`, startAgain);
    }
  }

  /** @param {() => void} mend @param {() => void} retry */
  #mended(mend, retry) {
    this.fault.hide();
    mend();
    retry();
  }
}

/** @param {string} course @returns {unknown} */
function digestOf(course) {
  return JSON.parse(course).digest;
}

/** A seed for practice; the seed of an attempt that counts comes from the register. */
function randomSeed() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const root = document.getElementById("training");
if (root) new Training(root, new Register());
