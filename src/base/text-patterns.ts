/** Texts with `*` for what is unknown. */

/** Two of them: may they be the same? A text of which nothing is known is any. */
export function mayBeSameText(a: string, b: string): boolean {
  return matcherOf(a).test(b.replaceAll("*", "\u0000")) || matcherOf(b).test(a.replaceAll("*", "\u0000"));
}

function matcherOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\/]/gu, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "su");
}
