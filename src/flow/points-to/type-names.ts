/** The module of a type that a model names, and its path there: `lib#Map` of another, `EventEmitter` of the model's own. */
export function typeNamed(type: string, module: string): readonly [module: string, path: readonly string[]] {
  const hash = type.indexOf("#");
  return [hash === -1 ? module : type.slice(0, hash), type.slice(hash + 1).split(".")];
}
