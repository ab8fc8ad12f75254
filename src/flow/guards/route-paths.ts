/** Addresses of routes, segment by segment. */

/** Is everything under the address also under the prefix? What cannot be told is taken to be. */
export function isUnder(address: string, prefix: string | null): boolean {
  if (prefix === null) return true;
  const parts = segments(address);
  return segments(prefix).every((segment, index) => {
    const part = parts[index];
    if (segment.includes("*") || segment.startsWith("{")) return true;
    return part !== undefined && (part === segment || isOpen(part) || segment.startsWith(":"));
  });
}

/** The address of what is mounted under another one. */
export function joinPaths(prefix: string | null, path: string): string {
  return `/${[...segments(prefix ?? ""), ...segments(path)].join("/")}`;
}

function segments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function isOpen(part: string): boolean {
  return part.includes("*");
}
