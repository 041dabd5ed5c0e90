/** What stands in for the register where the site was built without one? Nothing is asked, and nothing is recorded. */

import { Register } from "./register.mjs";

/** @import { Practice } from "./register.mjs" */

export class NoRegister extends Register {
  /** @override @returns {Promise<Practice>} */
  async practice() {
    return { says: "Nothing is sent from here. When you have passed, you save a receipt for your manager.", receipt: true };
  }
}
