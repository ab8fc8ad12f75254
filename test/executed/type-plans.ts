/** From the compiler's types to plans of values. */
import ts from "typescript";
import type { Plan, PlanId, PlannedField } from "./plan.js";

/** The token of a declaration's value, or null for what is no child data. */
export type TokenOf = (declaration: ts.Declaration) => number | null;

/** Whether a declaration stands in the fixture, and then the path of its module. */
export type ModuleOf = (declaration: ts.Declaration) => string | null;

const containers: Readonly<Record<string, "list" | "set" | "promise" | "iterator" | "async-iterator">> = {
  Array: "list",
  ReadonlyArray: "list",
  Set: "set",
  ReadonlySet: "set",
  Promise: "promise",
  PromiseLike: "promise",
  Iterable: "list",
  IterableIterator: "iterator",
  Iterator: "iterator",
  Generator: "iterator",
  AsyncIterable: "async-iterator",
  AsyncIterableIterator: "async-iterator",
  AsyncGenerator: "async-iterator",
};
const bytes = /^(?:Buffer|ArrayBuffer|(?:Ui|I)nt\d+Array|Uint8ClampedArray|Float\d+Array)$/u;

/** Types that make ever new types of themselves end here. */
const deepest = 12;

export class TypePlans {
  readonly plans: Plan[] = [];
  private readonly known = new Map<string, PlanId>();
  private depth = 0;

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly tokenOf: TokenOf,
    private readonly moduleOf: ModuleOf,
  ) {}

  /** `token` is that of whatever holds a value of the type. */
  of(type: ts.Type, token: number | null = null): PlanId {
    const key = `${String((type as ts.Type & { id: number }).id)} ${String(token)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const id = this.plans.length;
    this.known.set(key, id);
    this.plans.push({ kind: "stub" });
    if (this.depth >= deepest) return id;
    this.depth += 1;
    this.plans[id] = this.make(type, token);
    this.depth -= 1;
    return id;
  }

  private make(type: ts.Type, token: number | null): Plan {
    const { flags } = type;
    if (type.isUnion()) return this.union(type, token);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: "literal", value: type.value };
    if ((flags & ts.TypeFlags.BooleanLiteral) !== 0)
      return { kind: "literal", value: this.checker.typeToString(type) === "true" };
    if ((flags & (ts.TypeFlags.StringLike | ts.TypeFlags.TemplateLiteral)) !== 0)
      return { kind: "text", token };
    if ((flags & ts.TypeFlags.NumberLike) !== 0) return { kind: "number", token };
    if ((flags & ts.TypeFlags.BigIntLike) !== 0) return { kind: "bigint", token };
    if ((flags & ts.TypeFlags.BooleanLike) !== 0) return { kind: "boolean" };
    if ((flags & ts.TypeFlags.Null) !== 0) return { kind: "null" };
    if ((flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never)) !== 0)
      return { kind: "undefined" };
    if ((flags & ts.TypeFlags.TypeParameter) !== 0) {
      const bound = this.checker.getBaseConstraintOfType(type);
      return bound === undefined || bound === type
        ? { kind: "stub" }
        : (this.plans[this.of(bound, token)] ?? { kind: "stub" });
    }
    if (type.isIntersection()) return this.intersection(type, token);
    if ((flags & ts.TypeFlags.Object) !== 0) return this.object(type, token);
    if (token !== null) return { kind: "text", token };
    return { kind: (flags & ts.TypeFlags.Unknown) === 0 ? "stub" : "anything" };
  }

  private union(type: ts.UnionType, token: number | null): Plan {
    if (type.types.every((each) => (each.flags & ts.TypeFlags.BooleanLike) !== 0)) return { kind: "boolean" };
    return { kind: "union", of: type.types.map((each) => this.of(each, token)) };
  }

  /** A brand is added to what the value really is; other intersections have the fields of all. */
  private intersection(type: ts.IntersectionType, token: number | null): Plan {
    for (const part of type.types) {
      const plan = this.plans[this.of(part, token)];
      if (plan !== undefined && plan.kind !== "object" && plan.kind !== "stub") return plan;
    }
    return { kind: "object", fields: this.fields(type, token) };
  }

  /** Tokens of which some value is a text or bytes: only those are seen wherever they go. */
  get tokensInTexts(): ReadonlySet<number> {
    return new Set(
      this.plans.flatMap((plan) =>
        (plan.kind === "text" || plan.kind === "bytes") && plan.token !== null ? [plan.token] : [],
      ),
    );
  }

  private object(type: ts.Type, token: number | null): Plan {
    const { checker } = this;
    const signature = type.getCallSignatures()[0];
    const symbol = type.getSymbol();
    const name = symbol?.getName() ?? "";
    const declaration = symbol?.declarations?.[0];
    const isOwn = declaration !== undefined && this.moduleOf(declaration) !== null;
    const given =
      checker.isArrayType(type) || isReference(type)
        ? checker.getTypeArguments(type as ts.TypeReference)
        : [];
    if (checker.isTupleType(type)) return { kind: "tuple", of: given.map((each) => this.of(each, token)) };
    if (!isOwn) {
      const container = containers[name];
      if (container !== undefined && given[0] !== undefined)
        return { kind: container, of: this.of(given[0], token) };
      if ((name === "Map" || name === "ReadonlyMap") && given[0] !== undefined && given[1] !== undefined)
        return { kind: "map", key: this.of(given[0], token), of: this.of(given[1], token) };
      if (name === "Date") return { kind: "date", token };
      if (bytes.test(name)) return { kind: "bytes", token };
      if (name === "Error") return { kind: "error" };
    }
    if (signature !== undefined) return { kind: "function", returns: this.of(signature.getReturnType()) };
    if (isOwn && ts.isClassDeclaration(declaration) && isMade(declaration))
      return this.instance(type, declaration);
    const isNamedElsewhere = !isOwn && name !== "__type" && name !== "__object" && declaration !== undefined;
    if (isNamedElsewhere) return { kind: "stub" };
    const index = type.getStringIndexType();
    if (index !== undefined && type.getProperties().length === 0)
      return { kind: "record", of: this.of(index, token) };
    return { kind: "object", fields: this.fields(type, token) };
  }

  private fields(type: ts.Type, token: number | null): PlannedField[] {
    return type.getProperties().map((property): PlannedField => {
      const own = this.tokenOfProperty(type, property) ?? token;
      return {
        name: property.getName(),
        plan: this.of(this.checker.getTypeOfSymbol(property), own),
        isOptional: (property.flags & ts.SymbolFlags.Optional) !== 0,
      };
    });
  }

  /** A property of a mapped type has the declarations of the property that it was made from. */
  private tokenOfProperty(_type: ts.Type, property: ts.Symbol): number | null {
    for (const declaration of property.declarations ?? []) {
      const token = this.tokenOf(declaration);
      if (token !== null) return token;
    }
    return null;
  }

  /** An object of an own class: made by its constructor, then its public fields filled as its type says. */
  private instance(type: ts.Type, declaration: ts.ClassDeclaration): Plan {
    const module = this.moduleOf(declaration) ?? "";
    const made = this.checker.getTypeOfSymbol(type.symbol).getConstructSignatures()[0];
    return {
      kind: "instance",
      module,
      name: declaration.name === undefined ? "default" : exposedClass(declaration.name.text),
      parameters: (made?.getParameters() ?? []).map((parameter) => this.ofParameter(parameter)),
      fields: this.ownFields(type),
    };
  }

  /** The fields of an object of data; those of a service are its own affair. */
  private ownFields(type: ts.Type): PlannedField[] {
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Readonly;
    const fields = this.fields(type, null).filter(({ name, plan }) => {
      const declaration = type.getProperty(name)?.valueDeclaration;
      const flags = declaration === undefined ? 0 : ts.getCombinedModifierFlags(declaration);
      return (flags & hidden) === 0 && !name.startsWith("__#") && this.plans[plan]?.kind !== "function";
    });
    return fields.some(({ plan }) => this.isMarked(plan)) ? fields : [];
  }

  typeOf(symbol: ts.Symbol): ts.Type {
    return this.checker.getTypeOfSymbol(symbol);
  }

  /** A function, called with or without `new`, that gives a value of the type. */
  making(type: ts.Type): PlanId {
    this.plans.push({ kind: "function", returns: this.of(type) });
    return this.plans.length - 1;
  }

  elementOf(id: PlanId): PlanId {
    const plan = this.plans[id];
    return plan?.kind === "list" ? plan.of : id;
  }

  private isMarked(id: PlanId): boolean {
    const plan = this.plans[id];
    return plan !== undefined && "token" in plan && plan.token !== null;
  }

  ofParameter(parameter: ts.Symbol): PlanId {
    const declaration = parameter.valueDeclaration;
    const token = declaration === undefined ? null : this.tokenOf(declaration);
    return this.of(this.checker.getTypeOfSymbol(parameter), token);
  }
}

/** A class whose objects its constructor makes, not one that only a type tells of. */
function isMade(declaration: ts.ClassDeclaration): boolean {
  const none = ts.ModifierFlags.Ambient | ts.ModifierFlags.Abstract;
  return (ts.getCombinedModifierFlags(declaration) & none) === 0;
}

/** The name under which a module gives a class of its top, exported or not. */
export function exposedClass(name: string): string {
  return `__class_${name}`;
}

/** `declare class`, or of a declaration file: nothing of it exists. */
export function isAmbient(node: ts.Node): boolean {
  return (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Ambient) !== 0;
}

function isReference(type: ts.Type): boolean {
  return ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
}
