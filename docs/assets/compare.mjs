/** Is this the page that compares trusts? Then it lets the reader choose them. */

import { Chooser } from "./compare/chooser.mjs";

const root = document.getElementById("compare");
if (root) new Chooser(root);
