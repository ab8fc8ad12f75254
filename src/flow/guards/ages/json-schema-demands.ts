/**
 * What a JSON Schema asks of what it lets through, read from the plain object that it is: `{ required: ["age"],
 * properties: { age: { type: "integer", minimum: 14 } } }`. All of its words hold at once, but for those that loosen it.
 */
import { listsAmong } from "../handlers/handler-lists.js";
import type { InstructionOf } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { Demand, SchemaDemands } from "./schema-demands.js";
import { under } from "./schema-demands.js";
import { literalAt } from "./schema-literals.js";

interface Word {
  readonly point: number;
  readonly store: InstructionOf<"store">;
}

type Words = ReadonlyMap<string, Word>;

const limits = { minimum: ">=", exclusiveMinimum: ">", maximum: "<=", exclusiveMaximum: "<" } as const;
/** Beside these, the others may not hold, or something else stands for what is missing. */
const loosening = ["$ref", "nullable", "default"];
const deepest = 6;

export class JsonSchemaDemands {
  private readonly known = new Map<number, readonly Demand[]>();

  constructor(
    private readonly pointsTo: PointsTo,
    /** Schemas that packages make stand among them, too. */
    private readonly others: SchemaDemands,
  ) {}

  of(value: AbstractValue, depth = 0): readonly Demand[] {
    if (value.kind !== "object" || value.array) return this.others.of(value);
    let found = this.known.get(value.id);
    if (found === undefined) {
      found = depth > deepest ? [] : this.read(value, value.site, depth);
      this.known.set(value.id, found);
    }
    return found;
  }

  private read(value: AbstractValue, site: string, depth: number): readonly Demand[] {
    const literal = literalAt(this.pointsTo, site);
    if (literal === null) return [];
    const { node } = literal;
    const words = this.wordsOf(value, literal);
    if (words === null || loosening.some((word) => words.has(word))) return [];
    return [...this.limitsIn(node, words), ...this.propertiesIn(node, words, depth)];
  }

  /** What stands under each word; null: something is put there by whoever knows whom. */
  private wordsOf(
    value: AbstractValue,
    { node, stores }: NonNullable<ReturnType<typeof literalAt>>,
  ): Words | null {
    const words = new Map<string, Word>();
    for (const { point, written } of stores) {
      if (written.kind !== "store" || written.property.kind !== "name") return null;
      const { name } = written.property;
      const own = this.pointsTo.valuesOf(node, written.value);
      const isElsewhere = this.pointsTo.fieldNode(value, name).values.size > [...own].length;
      if (words.has(name) || isElsewhere) return null;
      words.set(name, { point, store: written });
    }
    return words;
  }

  /** A limit is for numbers: what is none is not held against it. */
  private limitsIn(node: FunctionNode, words: Words): readonly Demand[] {
    const type = this.textAt(node, words.get("type"));
    if (type === null || !["integer", "number"].includes(type)) return [];
    return Object.entries(limits).flatMap(([word, operator]) => {
      const found = words.get(word);
      if (found === undefined) return [];
      const { point, store } = found;
      const site = { caller: node, point, instruction: { at: store.at } };
      return [{ path: [], spared: new Set<number>(), site, asks: { operator, limit: store.value } }];
    });
  }

  private propertiesIn(node: FunctionNode, words: Words, depth: number): readonly Demand[] {
    const properties = this.onlyAt(node, words.get("properties"));
    const literal = properties?.kind === "object" ? literalAt(this.pointsTo, properties.site) : null;
    const keys = properties === null || literal === null ? null : this.wordsOf(properties, literal);
    if (literal === null || keys === null) return [];
    const required = this.requiredIn(node, words.get("required"));
    return [...keys].flatMap(([name, word]) => {
      const schema = this.onlyAt(literal.node, word);
      const demands = schema === null ? [] : under(name, this.of(schema, depth + 1));
      return required.has(name)
        ? demands
        : demands.map((demand) => ({ ...demand, spared: new Set([...demand.spared, 1]) }));
    });
  }

  private requiredIn(node: FunctionNode, word: Word | undefined): ReadonlySet<unknown> {
    const list = this.onlyAt(node, word);
    const [elements = [], ...others] = list === null ? [] : listsAmong(this.pointsTo, node, [list]);
    if (others.length > 0) return new Set();
    return new Set(
      elements.flatMap(({ values: [value, ...more] }) =>
        value?.kind === "constant" && more.length === 0 ? [value.value] : [],
      ),
    );
  }

  private textAt(node: FunctionNode, word: Word | undefined): string | null {
    const value = this.onlyAt(node, word);
    return value?.kind === "constant" && typeof value.value === "string" ? value.value : null;
  }

  private onlyAt(node: FunctionNode, word: Word | undefined): AbstractValue | null {
    if (word === undefined) return null;
    const [value, ...others] = this.pointsTo.valuesOf(node, word.store.value);
    return value === undefined || others.length > 0 ? null : value;
  }
}
