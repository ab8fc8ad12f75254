/** The property names that stand for well-known symbols: `[Symbol.iterator]` is `@@iterator`. */
export function wellKnownSymbol(name: string): string | null {
  switch (name) {
    case "iterator":
    case "asyncIterator":
      return "@@iterator";
    case "dispose":
    case "asyncDispose":
      return "@@dispose";
    case "toPrimitive":
      return "@@toPrimitive";
    default:
      return null;
  }
}
