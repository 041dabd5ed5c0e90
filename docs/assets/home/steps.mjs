/** How far is the reader on the way to their first post? As this browser knows it, and the register if there is one. */

import { confirmedOf } from "../training/confirmed.mjs";
import { longDate } from "../training/long-date.mjs";
import { begunAt } from "./begun.mjs";

/** @typedef {{digest: string, read: string[], reading: number, training: number, folder: string}} About a trust's steps */
/** @typedef {{person: {trust: string} | null, completion: {passed_on: string, expires_on: string} | null}} Me */

/** @type {Me} */
const NOBODY = { person: null, completion: null };

export class Steps {
  /** How often a trust has been chosen; what was fetched for an earlier one comes too late. */
  #turn = 0;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    /** @type {Promise<Me>} */
    this.me = "register" in list.dataset ? fetched("/api/me", NOBODY) : Promise.resolve(NOBODY);
    this.before = new Map([...list.querySelectorAll("li")].map((step) => [step, [...step.childNodes].map((one) => one.cloneNode(true))]));
  }

  /** Where the person who is signed in works. @returns {Promise<string | null>} */
  async ownTrust() {
    return (await this.me).person?.trust ?? null;
  }

  /** @param {string | null} trust */
  async show(trust) {
    const turn = ++this.#turn;
    for (const [step, nodes] of this.before) step.replaceChildren(...nodes.map((one) => one.cloneNode(true)));
    leadTopics(trust, "");
    if (!trust) return;
    const home = `/handbook/${trust}/`;
    this.#lead("read", `${home}training/#read`);
    this.#lead("train", `${home}training/#questions`);
    const about = await fetched(`${home}steps.json`, /** @type {About | null} */ (null));
    const [me, begun] = [await this.me, await begunAt(trust)];
    if (!about || turn !== this.#turn) return;
    leadTopics(trust, about.folder);
    const completion = me.person?.trust === trust ? me.completion : null;
    this.#say("read", minutes(about.reading), readSoFar(about, trust, completion !== null));
    if (about.training) this.#say("train", minutes(about.training), trained(completion, begun));
    else this.#sayNoTraining(home);
    if (completion) this.#say("right", "", "You have passed, so you can ask now.");
  }

  /** @param {string} policy its address */
  #sayNoTraining(policy) {
    this.#lead("read", policy);
    this.#say("read", "", "Your trust's policy, clause by clause.");
    this.#say("train", "", "There is no training for this trust yet.");
  }

  /** @param {string} step @param {string} to */
  #lead(step, to) {
    const link = this.list.querySelector(`[data-step="${step}"] a`);
    if (link instanceof HTMLAnchorElement) link.href = to;
  }

  /** @param {string} step @param {string} takes @param {string} says */
  #say(step, takes, says) {
    const place = this.list.querySelector(`[data-step="${step}"] span`);
    if (place) place.textContent = [takes, says].filter(Boolean).join(" · ");
  }
}

/** The topics lead to what my own trust says on them. @param {string | null} trust @param {string} folder */
function leadTopics(trust, folder) {
  for (const link of document.querySelectorAll(".topic-links a")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const topic = link.pathname.split("/").slice(0, 4).join("/");
    link.href = trust ? `${topic}/${folder}#${trust}` : `${topic}/`;
  }
}

/** @param {number} number */
function minutes(number) {
  return `About ${number} ${number === 1 ? "minute" : "minutes"}`;
}

/** @param {About} about @param {string} trust @param {boolean} passed @returns {string} */
function readSoFar({ digest, read }, trust, passed) {
  if (passed) return "done";
  if (!read.length) return "Your trust's policy, clause by clause";
  const done = confirmedOf(trust, digest).filter((one) => read.includes(one)).length;
  return done === read.length ? "done" : `${done} of ${read.length} read`;
}

/** @param {Me["completion"]} completion @param {number | "finished"} begun @returns {string} */
function trained(completion, begun) {
  if (completion) return `passed on ${longDate(completion.passed_on)}, counts until ${longDate(completion.expires_on)}`;
  if (begun === "finished") return "finished: open it to see your result";
  return begun ? `begun, ${begun} answered` : "not started";
}

/** @template T @param {string} address @param {T} otherwise @returns {Promise<T>} */
async function fetched(address, otherwise) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok ? await response.json() : otherwise;
  } catch {
    return otherwise; // The steps say less, and lead on all the same.
  }
}
