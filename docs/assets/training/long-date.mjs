/** How is a day said? As we write it: 14 January 2027. */

/** @param {string} day as ISO 8601 has it @returns {string} */
export function longDate(day) {
  const how = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return new Intl.DateTimeFormat("en-GB", how).format(new Date(day));
}
