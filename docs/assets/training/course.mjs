/** Which course does the page teach? The one at its address, unless the register says that it has changed. */

/** @import { Section } from "./quiz.mjs" */

/** The course on the site and the register's are not the same, or have changed on the way. */
export class CourseChanged extends Error {}

/** The course did not arrive. */
export class CourseMissing extends Error {}

/**
 * The course as JSON text. Throws CourseMissing.
 *
 * @param {string} address
 * @param {RequestCache} cache
 * @returns {Promise<string>}
 */
export async function courseAt(address, cache) {
  try {
    const response = await fetch(address, { cache });
    if (response.ok) return await response.text();
  } catch {
    // The same to the reader as an answer that is none.
  }
  throw new CourseMissing();
}

/** @param {string} course @returns {string} */
export function digestOf(course) {
  return JSON.parse(course).digest;
}

/** @param {string} course @returns {Section[]} what is to be read and confirmed */
export function sectionsOf(course) {
  return JSON.parse(course).read;
}
