/** What is an attempt? A course, the seed that draws its questions, a ticket or the reason for none, and answers. */

import { CourseChanged, courseAt, digestOf } from "./course.mjs";

/** @import { Given } from "./quiz.mjs" */
/** @import { Practice, Ticket } from "./register.mjs" */

/** @typedef {{course: string, digest: string, seed: string, standing: Ticket | Practice, answers: Given[]}} Attempt */

/**
 * A new attempt, at the course its ticket is for. Throws CourseChanged, CourseMissing, or what `standing` does.
 *
 * @param {Promise<Ticket | Practice>} standing
 * @param {string} address of the course
 * @param {RequestCache} cache
 * @returns {Promise<Attempt>}
 */
export async function begun(standing, address, cache) {
  const [stands, course] = await Promise.all([standing, courseAt(address, cache)]);
  if (!("ticket" in stands)) return attemptAt(course, randomSeed(), stands);
  const wanted = stands.course_digest;
  const current = digestOf(course) === wanted ? course : await courseAt(address, "reload");
  if (digestOf(current) !== wanted) throw new CourseChanged();
  return attemptAt(current, stands.seed, stands);
}

/**
 * @param {string} course as JSON text
 * @param {string} seed
 * @param {Ticket | Practice} standing
 * @param {Given[]} [answers]
 * @returns {Attempt}
 */
export function attemptAt(course, seed, standing, answers = []) {
  return { course, digest: digestOf(course), seed, standing, answers };
}

/** A seed for practice; the seed of an attempt that counts comes from the register. */
function randomSeed() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
