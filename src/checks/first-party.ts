/** Hosts of the same legal person, as `firstParty` lists them. */

/** `host` is "" for the program's own server; `*.acme.cn` is every subdomain at any depth, not `acme.cn` itself. */
export function isFirstParty(host: string, firstParty: readonly string[]): boolean {
  if (host === "") return true;
  return firstParty.some((pattern) =>
    pattern.startsWith("*.")
      ? host.length > pattern.length - 1 && host.endsWith(pattern.slice(1).toLowerCase())
      : host === pattern.toLowerCase() || host === pattern,
  );
}
