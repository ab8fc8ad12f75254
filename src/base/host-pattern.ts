/** Hosts as people list them: `api.acme.cn`, `*.acme.cn`, `env:INTERNAL_API`. */

/** `*.acme.cn` is every subdomain at any depth, not `acme.cn` itself; case does not count in hosts. */
export function matchesHost(pattern: string, host: string): boolean {
  if (pattern.startsWith("*."))
    return host.length > pattern.length - 1 && host.endsWith(pattern.slice(1).toLowerCase());
  return host === pattern || host === pattern.toLowerCase();
}
