/** What is under way on this device? My training says where the person stopped, which no register knows. */

import { Confirmed } from "./training/confirmed.mjs";
import { KeptAttempts } from "./training/kept-attempts.mjs";
import { Outbox } from "./training/outbox.mjs";
import { Register } from "./training/register.mjs";
import { UnderWay } from "./training/under-way.mjs";

for (const place of document.querySelectorAll("[data-under-way]")) {
  if (!(place instanceof HTMLElement)) continue;
  const { trust = "", course = "", sections = "[]", training = "" } = place.dataset;
  const register = new Register();
  const attempts = new KeptAttempts(trust);
  const underWay = new UnderWay(attempts, new Outbox(register), register, new Confirmed(trust, course));
  underWay.show(place, JSON.parse(sections), course, training);
}
