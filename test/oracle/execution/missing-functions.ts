/** Standard functions that this Node may not have yet. */
export function addMissingFunctions(): void {
  const known: { withResolvers?: unknown } = Promise as never;
  known.withResolvers ??= function () {
    let resolve: unknown;
    let reject: unknown;
    const promise = new Promise((yes, no) => {
      [resolve, reject] = [yes, no];
    });
    return { promise, resolve, reject };
  };
  const grouping: { groupBy?: unknown } = Object as never;
  grouping.groupBy ??= (items: Iterable<unknown>, keyOf: (item: unknown, index: number) => PropertyKey) => {
    const groups = Object.create(null) as Record<PropertyKey, unknown[]>;
    [...items].forEach((item, index) => (groups[keyOf(item, index)] ??= []).push(item));
    return groups;
  };
  const mapGrouping: { groupBy?: unknown } = Map as never;
  mapGrouping.groupBy ??= (items: Iterable<unknown>, keyOf: (item: unknown, index: number) => unknown) => {
    const groups = new Map<unknown, unknown[]>();
    [...items].forEach((item, index) => {
      const key = keyOf(item, index);
      groups.set(key, [...(groups.get(key) ?? []), item]);
    });
    return groups;
  };
}
