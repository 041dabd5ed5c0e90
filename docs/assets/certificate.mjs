/** How is a certificate printed? With a button, where a script runs; without one the page names the browser's menu. */

import { button } from "./training/elements.mjs";

document.querySelector("[data-print]")?.replaceChildren(button("Print this certificate", () => print()));
