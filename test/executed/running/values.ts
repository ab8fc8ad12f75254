/** Values by plan, made by fast-check. */
import fc from "fast-check";
import { outside, tokenOf } from "../../oracle/execution/tokens.js";
import type { Plan, PlanId } from "../plan.js";
import { asciiToken, dateToken, numberToken } from "./recorder.js";

/** Deeper than this, lists are empty and what may be left out is. */
const deepest = 5;

export class Values {
  private readonly known = new Map<string, fc.Arbitrary<unknown>>();
  private drawn = 0;

  constructor(
    private readonly plans: readonly Plan[],
    private readonly words: readonly string[],
    private readonly numbers: readonly number[],
    private readonly anything: readonly PlanId[],
    private readonly seed: number,
    private readonly createStub: () => unknown,
    private readonly classOf: (module: string, name: string) => new (...given: unknown[]) => object,
  ) {}

  /** Another value each time, the same ones in each run. */
  draw(plan: PlanId): unknown {
    this.drawn += 1;
    // A first run is biased towards the ends of what there is; here every draw is a first run.
    return fc.sample(fc.noBias(this.of(plan, 0)), { seed: this.drawn * 7919 + this.seed, numRuns: 1 })[0];
  }

  private of(id: PlanId, depth: number): fc.Arbitrary<unknown> {
    const key = `${String(id)} ${String(depth)}`;
    let known = this.known.get(key);
    if (known === undefined) {
      known = this.make(this.plans[id] ?? { kind: "stub" }, depth);
      this.known.set(key, known);
    }
    return known;
  }

  private make(plan: Plan, depth: number): fc.Arbitrary<unknown> {
    const inner = (id: PlanId): fc.Arbitrary<unknown> => this.of(id, depth + 1);
    const isDeep = depth >= deepest;
    switch (plan.kind) {
      case "text":
        return plan.token === null ? this.plainText() : textWith(plan.token, this.words);
      case "number":
        return plan.token === null
          ? fc.constantFrom(0, 1, 2, 3, 7, 12, ...this.numbers)
          : fc.constant(numberToken(plan.token));
      case "bigint":
        return fc.constant(BigInt(plan.token === null ? 1 : numberToken(plan.token)));
      case "date":
        return fc
          .constant(plan.token === null ? new Date(0) : dateToken(plan.token))
          .map((date) => new Date(date));
      case "bytes":
        return fc.constant(plan.token).map((token) => Buffer.from(tokenOf(token ?? outside)));
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      case "undefined":
        return fc.constant(undefined);
      case "literal":
        return fc.constant(plan.value);
      case "error":
        return fc.constant(null).map(() => new Error(tokenOf(outside)));
      case "stub":
        return fc.constant(null).map(() => this.createStub());
      case "anything":
        return fc.oneof(
          fc.constant(null).map(() => this.createStub()),
          this.plainText(),
          ...(isDeep ? [] : this.anything.map(inner)),
        );
      case "record":
        return fc.dictionary(fc.constantFrom("first", ...this.words), inner(plan.of), {
          minKeys: 1,
          maxKeys: 6,
        });
      case "union":
        return isDeep ? inner(plan.of[0] ?? -1) : fc.oneof(...plan.of.map(inner));
      case "tuple":
        return fc.tuple(...plan.of.map(inner));
      case "list":
        return isDeep ? fc.constant([]) : fc.array(inner(plan.of), { minLength: 1, maxLength: 3 });
      case "set":
        return isDeep
          ? fc.constant(new Set())
          : fc.array(inner(plan.of), { minLength: 1, maxLength: 3 }).map((list) => new Set(list));
      case "map":
        return isDeep
          ? fc.constant(new Map())
          : fc
              .array(fc.tuple(inner(plan.key), inner(plan.of)), { minLength: 1, maxLength: 3 })
              .map((pairs) => new Map(pairs));
      case "promise":
        return inner(plan.of).map((value) => Promise.resolve(value));
      case "iterator":
        return inner(plan.of).map((value) => [value].values());
      case "async-iterator":
        return inner(plan.of).map(asyncIterator);
      case "function":
        return fc.constant(null).map(() => {
          const draw = (): unknown => this.draw(plan.returns);
          return function given() {
            return draw();
          };
        });
      case "instance":
        return fc.tuple(...plan.parameters.map(inner)).map((given) => {
          const made = new (this.classOf(plan.module, plan.name))(...given);
          for (const { name, plan: field } of plan.fields) Reflect.set(made, name, this.draw(field));
          return made;
        });
      case "object":
        return fc
          .tuple(...plan.fields.map((field) => this.field(field, depth)))
          .chain((parts) => fc.shuffledSubarray(parts, { minLength: parts.length }))
          .map((parts) => Object.fromEntries(parts.flatMap((part) => (part === null ? [] : [part]))));
    }
  }

  private field(
    {
      name,
      plan,
      isOptional,
    }: { readonly name: string; readonly plan: PlanId; readonly isOptional: boolean },
    depth: number,
  ): fc.Arbitrary<readonly [string, unknown] | null> {
    const value = this.of(plan, depth + 1).map((made) => [name, made] as const);
    if (!isOptional) return value;
    return depth >= deepest ? fc.constant(null) : fc.option(value, { freq: 3 });
  }

  private plainText(): fc.Arbitrary<string> {
    return fc.oneof(
      { weight: 6, arbitrary: fc.constant(tokenOf(outside)) },
      ...(this.words.length === 0 ? [] : [{ weight: 4, arbitrary: fc.constantFrom(...this.words) }]),
      { weight: 1, arbitrary: fc.constantFrom("", "", "7", "2020-01-01", '{"a":1}') },
    );
  }
}

/** Texts with one token in shapes that conditions may ask for. */
function textWith(token: number, words: readonly string[]): fc.Arbitrary<string> {
  const text = tokenOf(token);
  const plain = asciiToken(token);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(text) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        "",
        text.replace(/[@.]/gu, ""),
        `${text} ${text}`,
        text.repeat(20),
        plain,
        `${plain}@${plain}.example`,
        `${plain} ${plain}`,
        `${plain.toUpperCase()}7`,
        plain.toLowerCase(),
        `${plain}, ${plain} (${plain}) ${plain}`,
        `https://${plain}.example/?q=${plain}#${plain}`,
        `<b>${plain}</b>`,
      ),
    },
    ...(words.length === 0
      ? []
      : [{ weight: 2, arbitrary: fc.constantFrom(...words.flatMap((word) => [text + word, word + text])) }]),
  );
}

async function* asyncIterator(value: unknown): AsyncGenerator {
  await Promise.resolve();
  yield value;
}
