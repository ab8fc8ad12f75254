/** Classes of a graph that is run. An instance is made first, and constructors fill it from the base class down. */
import type { Instruction } from "../../../src/contracts/file-graph.js";
import type { Callable, RunState } from "./run-state.js";
import { accessors, keyOf } from "./run-state.js";

type Class = Callable & { prototype: object; construct: (self: unknown, args: readonly unknown[]) => void };

const fields = new WeakMap<object, Callable>();

export function createClass(
  state: RunState,
  i: Extract<Instruction, { kind: "class" }>,
  values: readonly unknown[],
): Callable {
  const graph = state.file.classes[i.class];
  if (graph === undefined) throw new Error(`no class ${String(i.class)}`);
  const heritage = i.heritage === null ? undefined : (values[i.heritage] as Partial<Class> & Callable);
  const bodies = new Map(i.members.map((member) => [member.function, values[member.value] as Callable]));
  const body = graph.constructorFunction === null ? undefined : bodies.get(graph.constructorFunction);
  const made = function (this: unknown, ...args: unknown[]): unknown {
    const root = builtinRoot(made);
    const self: unknown = root === undefined ? this : Reflect.construct(root, [], new.target);
    made.construct(self, args);
    return self;
  } as unknown as Class;
  made.construct = (self, args) => {
    if (heritage === undefined) initializeFields(state, i.class, self);
    if (body !== undefined) body.apply(self, [...args]);
    else if (heritage !== undefined) {
      if (heritage.construct !== undefined) heritage.construct(self, args);
      else if (self instanceof Error) self.message = String(args[0]);
      initializeFields(state, i.class, self);
    }
  };
  if (heritage !== undefined) {
    Object.setPrototypeOf(made, heritage);
    Object.setPrototypeOf(made.prototype, heritage.prototype ?? null);
  }
  if (graph.fieldInitializer !== null) {
    const initializer = bodies.get(graph.fieldInitializer);
    if (initializer !== undefined) fields.set(made, initializer);
  }
  state.homes.set(i.class, made);
  for (const member of graph.members) {
    const code = member.function === null ? undefined : bodies.get(member.function);
    if (code === undefined) continue;
    const holder = member.static ? made : made.prototype;
    const key = keyOf(member.name, values);
    const known = Object.getOwnPropertyDescriptor(holder, key);
    if (member.kind === "method")
      Object.defineProperty(holder, key, { value: code, configurable: true, writable: true });
    else
      Object.defineProperty(holder, key, {
        ...accessors(known),
        configurable: true,
        [member.kind === "getter" ? "get" : "set"]: code,
      });
  }
  return made;
}

/** The builtin class at the root of the chain, if there is one. */
function builtinRoot(made: object): (new () => unknown) | undefined {
  for (
    let at: unknown = made;
    typeof at === "function" && at !== Function.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    if (!("construct" in at)) return at as new () => unknown;
  }
  return undefined;
}

export function initializeFields(state: RunState, id: number, self: unknown): void {
  const made = state.homes.get(id);
  if (made !== undefined) fields.get(made)?.apply(self, []);
}
