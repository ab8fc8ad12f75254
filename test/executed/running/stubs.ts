/**
 * What stands for everything that a fixture gets from outside: an object, a function, a list and a text at once. It
 * notes what it is called with, calls the functions that it is given, and becomes a value of a type where one is known.
 */
import type { Recorder } from "./recorder.js";

type Called = (...given: readonly unknown[]) => void;

export class Stubs {
  private readonly known = new WeakSet();
  private readonly made = new WeakMap<object, () => unknown>();

  constructor(
    private readonly recorder: () => Recorder,
    private readonly text: string,
    /** Calls a function of the fixture with what a package might give it. */
    private readonly call: (callee: Called, ...given: readonly unknown[]) => unknown,
  ) {}

  is(value: unknown): boolean {
    return typeof value === "function" && this.known.has(value);
  }

  /** `make` gives values of the type that is written where the stub comes from. */
  create(make: (() => unknown) | null = null): unknown {
    const members = new Map<string | symbol, unknown>();
    const target = function stub(): void {
      // Only called through the proxy.
    };
    const proxy: unknown = new Proxy(target, {
      get: (_target, name) => {
        if (name === "prototype") return target.prototype as unknown;
        if (name === "__esModule") return true;
        if (name === "default") return proxy;
        if (!members.has(name)) members.set(name, this.member(name, make));
        return members.get(name);
      },
      set: (_target, name, value) => {
        this.recorder().record([value], "package");
        members.set(name, value);
        return true;
      },
      has: () => true,
      apply: (_target, _self, given: unknown[]) => this.used(given, make),
      construct: (_target, given: unknown[]) => this.used(given, make) as object,
    });
    this.known.add(proxy as object);
    if (make !== null) this.made.set(proxy as object, make);
    return proxy;
  }

  private used(given: readonly unknown[], make: (() => unknown) | null): unknown {
    this.recorder().record(given, "package");
    for (const each of given) this.callFunctionsIn(each, make, 0);
    return this.create(make);
  }

  private callFunctionsIn(value: unknown, make: (() => unknown) | null, depth: number): void {
    if (typeof value === "function" && !this.known.has(value)) {
      const own = (): unknown => (make === null ? this.create() : make());
      this.call(value as Called, own(), own(), own(), own());
    } else if (typeof value === "object" && value !== null && depth < 2)
      for (const each of Object.values(value)) this.callFunctionsIn(each, make, depth + 1);
  }

  private member(name: string | symbol, make: (() => unknown) | null): unknown {
    if (name === "then") return undefined;
    if (name === Symbol.toPrimitive) return () => this.text;
    if (name === "toString" || name === "toJSON" || name === "valueOf") return () => this.text;
    const list = (): unknown[] => [make === null ? this.create() : make()];
    if (name === Symbol.iterator) return () => list()[Symbol.iterator]();
    if (name === Symbol.asyncIterator)
      return async function* each() {
        await Promise.resolve();
        yield* list();
      };
    if (typeof name === "symbol") return undefined;
    if (name === "length" || name === "size") return 1;
    if (make !== null) {
      const made: unknown = make();
      if (typeof made === "object" && made !== null && name in made) return Reflect.get(made, name);
      if (/^\d+$/u.test(name)) return made;
      const method: unknown = Reflect.get(Array.prototype, name);
      if (typeof method === "function") return method.bind(list());
      if (name === "toArray") return () => Promise.resolve(list());
    }
    return this.create(make);
  }
}
