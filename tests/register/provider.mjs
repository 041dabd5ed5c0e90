/**
 * A real OpenID Connect provider for the tests: whom it knows and what it says of them stands in its one argument.
 *
 * It prints a line once it listens. Whoever signs in types their subject as their name; any password will do.
 */

import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const { issuer, clients, accounts } = JSON.parse(process.argv[2]);

const provider = new Provider(issuer, {
  clients,
  claims: { openid: ["sub", "hd", "tid"], email: ["email", "email_verified", "xms_edov"], profile: ["name"] },
  // As Microsoft and Google do, it puts everything into the token.
  conformIdTokenClaims: false,
  cookies: { keys: ["for the tests alone"] },
  pkce: { required: () => true },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts[sub] }) }),
});

const { hostname, port } = new URL(issuer);
createServer(provider.callback()).listen(Number(port), hostname, () => console.log("listening"));
