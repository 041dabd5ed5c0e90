/** The practice page: is there a topic in its address, and can it be practised at this trust? Then it is asked about. */

import { Round } from "./practise/round.mjs";

const root = document.getElementById("practice");
const topic = new URLSearchParams(location.search).get("topic") ?? "";
const listed = document.querySelector(`[data-topic="${CSS.escape(topic)}"]`);
if (root && listed instanceof HTMLElement) {
  new Round(root, { id: topic, label: listed.textContent ?? "", policy: listed.dataset.policy ?? "" });
}
