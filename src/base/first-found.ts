/** What the first of several things is answered with that has an answer; null: none has. */
export function firstFound<Item, Found>(
  items: readonly Item[],
  ask: (item: Item) => Found | null,
): Found | null {
  for (const item of items) {
    const found = ask(item);
    if (found !== null) return found;
  }
  return null;
}
