/** Hosts of the same legal person, as `firstParty` lists them. */
import { matchesHost } from "../base/host-pattern.js";

/** The machine itself is nobody else, listed or not. */
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?|0\.0\.0\.0)$/u;

/** `host` is "" for the program's own server. */
export function isFirstParty(host: string, firstParty: readonly string[]): boolean {
  return (
    host === "" ||
    loopback.test(host) ||
    firstParty.some((pattern) => matchesHost(withoutPort(pattern), host))
  );
}

function withoutPort(pattern: string): string {
  return pattern.startsWith("env:") ? pattern : pattern.replace(/^[a-z]+:\/\//u, "").replace(/:\d+$/u, "");
}
