/** Does a finished training still wait in this browser? Whoever has signed in has it sent from here. */

import { element } from "./training/elements.mjs";
import { Outbox } from "./training/outbox.mjs";
import { Register } from "./training/register.mjs";
import { Waiting } from "./training/waiting.mjs";

const place = element("div");
document.querySelector("main h1")?.after(place);
new Waiting(place, new Outbox(new Register())).send();
