/** Can the engine begin to load before the page has read its program? Then its worker is opened by this small script. */

import { killedLastTime } from "./last-load.mjs";
import { openEarly } from "./opened-worker.mjs";

if ("WebAssembly" in globalThis && "Worker" in globalThis && !killedLastTime()) {
  try {
    openEarly(new URL("../engine/manifest.json", import.meta.url).href);
  } catch {
    // The page itself finds out what is missing, and says so.
  }
}
