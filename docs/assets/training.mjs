/** Does this page have a training? Then it asks, explains, and hands the answers to the register. */

import { NoRegister } from "./training/no-register.mjs";
import { Register } from "./training/register.mjs";
import { Training } from "./training/training.mjs";

const root = document.getElementById("training");
if (root) new Training(root, "withoutRegister" in root.dataset ? new NoRegister() : new Register());
