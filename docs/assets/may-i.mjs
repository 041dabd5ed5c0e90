/** Does this page ask a question of May I…? Then it answers, at once, for the reader's trust. */

import { Checker } from "./may-i/checker.mjs";

const root = document.getElementById("may-i");
if (root) new Checker(root);
