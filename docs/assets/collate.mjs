/** Does this page collate receipts? Then it takes them, checks each, and shows who has finished and who is missing. */

import { Desk } from "./collate/desk.mjs";

const root = document.getElementById("collate");
if (root) new Desk(root);
