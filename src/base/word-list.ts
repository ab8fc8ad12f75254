/**
 * Names of fields as people read them: `Child.email`, `Child.email and phone`, `Child.email, realName and
 * 6 more`. The owner is named once for neighbours that share it.
 */
export function listNames(names: readonly string[]): string {
  const shown = names.length <= 3 ? names : names.slice(0, 2);
  const words = shown.map((name, index) => {
    const owner = ownerOf(name);
    return index > 0 && owner !== "" && owner === ownerOf(shown[index - 1] ?? "")
      ? name.slice(owner.length + 1)
      : name;
  });
  if (names.length > shown.length) words.push(`${String(names.length - shown.length)} more`);
  return listWords(words, "and");
}

function ownerOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(".")));
}

/** `a, b or c` */
export function listWords(words: readonly string[], last: string): string {
  if (words.length <= 1) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1) ?? ""}`;
}
