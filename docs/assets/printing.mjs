/** How is a page printed? With a button, where a script runs; without one the page names the browser's menu. */

import { button } from "./training/elements.mjs";

const place = document.querySelector("[data-print]");
place?.replaceChildren(button(place.getAttribute("data-print") || "Print", () => print()));
