/** What went wrong, in plain words, and what has to be loaded anew? */

import { CourseChanged, CourseMissing } from "./course.mjs";
import { EngineRefusal, EngineUnavailable } from "./engine-client.mjs";
import { GoneOn } from "./kept-attempts.mjs";
import { RegisterSilent } from "./remote-engine.mjs";

/** @typedef {{says: string, mend: "nothing" | "engine" | "course" | "attempt" | "place"}} Fault */

/** @param {unknown} error @returns {Fault} */
export function faultOf(error) {
  if (error instanceof EngineUnavailable) return { says: error.message, mend: "engine" };
  if (error instanceof RegisterSilent) return { says: error.message, mend: "nothing" };
  if (error instanceof CourseMissing) {
    return { says: "The training did not arrive. Check your connection and try again.", mend: "course" };
  }
  if (error instanceof GoneOn) {
    return { says: "You have gone on in another tab. Carry on there, or take it up here.", mend: "place" };
  }
  if (error instanceof CourseChanged || (error instanceof EngineRefusal && error.kind === "NotAsked")) {
    const reason = error instanceof CourseChanged && error.message;
    return { says: reason || "The training has changed since you opened it. Start again.", mend: "attempt" };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { says: `The training cannot go on. Start again, or tell your manager: ${detail}`, mend: "attempt" };
}
