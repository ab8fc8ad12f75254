/**
 * What a branch tells of the values it tests: a text has no properties, what is nullish has no content. A fact
 * that contradicts what holds on one side does not go there.
 */
import type { Argument, Terminator, ValueId } from "../contracts/file-graph.js";
import type { TypeReference } from "../contracts/type-reference.js";
import type { AbstractValue } from "./abstract-value.js";
import type { AccessPath } from "./access-path.js";
import type { ClassTest } from "./class-tests.js";
import { ClassTests } from "./class-tests.js";
import type { Fact } from "./fact.js";
import { MadeVariants } from "./made-variants.js";
import { isRound } from "./path-components.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import type { MemberTest, PropertyTest } from "./union-members.js";
import { UnionMembers } from "./union-members.js";
import type { Place } from "./value-places.js";
import { originOf, placesOf } from "./value-places.js";

type Branch = Extract<Terminator, { kind: "branch" }>;

/** `empty`: nothing, so it holds no data. `flat`: a primitive or a function, so it has no properties with data. */
type Nature = "empty" | "flat" | MemberTest | PropertyTest | ClassTest;

/** Something known of one value, or one of several such lists, by the ways that lead there. */
type Finding =
  { readonly place: Place; readonly nature: Nature } | { readonly either: readonly (readonly Finding[])[] };

interface Sides {
  readonly then: readonly Finding[];
  readonly else: readonly Finding[];
}

const nothing: Sides = { then: [], else: [] };
const deepest = 8;
const emptyWords: ReadonlySet<unknown> = new Set(["undefined", "boolean", "symbol"]);
const flatWords: ReadonlySet<unknown> = new Set(["string", "number", "bigint"]);

export class TypeTests {
  private readonly known = new Map<Branch, Sides>();
  private readonly unions: UnionMembers;
  private readonly classes: ClassTests;
  private readonly variants: MadeVariants;
  /** By what is known of a value: the properties that it does not have, as was found out. */
  private readonly forms = new WeakMap<object, Map<string, boolean>>();

  constructor(private readonly pointsTo: PointsTo) {
    this.unions = new UnionMembers(pointsTo);
    this.classes = new ClassTests(pointsTo);
    this.variants = new MadeVariants(pointsTo, this.classes);
  }

  /** True if the fact cannot hold where the branch goes to `then` or `else`. */
  rulesOut(node: FunctionNode, end: Branch, side: "then" | "else", fact: Fact): boolean {
    if (fact.base < 0) return false;
    return this.sidesOf(node, end)[side].some((finding) => this.contradicts(node, finding, fact));
  }

  /** The values, by where they come from, of which a branch tells something. */
  testedAt(node: FunctionNode, end: Branch): ReadonlySet<ValueId> {
    const sides = this.sidesOf(node, end);
    return new Set([...sides.then, ...sides.else].flatMap(basesOf));
  }

  private contradicts(node: FunctionNode, finding: Finding, fact: Fact): boolean {
    if ("either" in finding)
      return finding.either.every((way) => way.some((each) => this.contradicts(node, each, fact)));
    const { place, nature } = finding;
    if (originOf(node, fact.base) !== place.base) return false;
    const below = partBelow(fact.path, place.path);
    if (below === null) return false;
    if (nature === "empty") return true;
    const first = below.find((component) => !isRound(component));
    if (nature === "flat") return first !== undefined && first !== "<text>" && !first.startsWith("^");
    if ("class" in nature)
      return below[0] !== undefined && this.classes.excludes(below[0], nature, this.valuesAt(node, place));
    if (!("has" in nature) && below[0] !== undefined && this.isOfOtherForm(node, finding, below[0], nature))
      return true;
    const values = this.valuesAt(node, place);
    if ("has" in nature) return below.length === 1 && this.unions.lacks(fact.state.field, nature, values);
    const [name] = below;
    return below.length === 1
      ? this.unions.excludes(fact.state.field, nature, values)
      : name !== undefined && this.unions.excludesBelow(name, nature, values, writtenType(node, place));
  }

  private isOfOtherForm(
    node: FunctionNode,
    finding: { readonly place: Place },
    name: string,
    test: MemberTest,
  ): boolean {
    let row = this.forms.get(finding);
    if (row === undefined) this.forms.set(finding, (row = new Map<string, boolean>()));
    let found = row.get(name);
    if (found === undefined)
      row.set(name, (found = this.variants.excludes(name, test, this.valuesAt(node, finding.place))));
    return found;
  }

  private valuesAt(node: FunctionNode, { base, path }: Place): Iterable<AbstractValue> {
    let values: Iterable<AbstractValue> = this.pointsTo.valuesOf(node, base);
    for (const name of path)
      values = [...values].flatMap((value) => [...this.pointsTo.fieldNode(value, name).values]);
    return values;
  }

  private sidesOf(node: FunctionNode, end: Branch): Sides {
    let sides = this.known.get(end);
    if (sides === undefined) {
      // What is falsy or nullish has no content.
      const missing = findingsOn(node, end.value, "empty");
      const tested = end.test === "truthy" ? this.testOf(node, end.value, 0) : nothing;
      sides = { then: tested.then, else: [...missing, ...tested.else] };
      this.known.set(end, sides);
    }
    return sides;
  }

  /** What is known where a value is truthy, and where it is falsy. */
  private testOf(node: FunctionNode, value: ValueId, depth: number): Sides {
    const definition = node.definitions[value];
    if (definition === undefined || depth > deepest) return nothing;
    if (definition.kind === "phi") return this.testOfChoice(node, value, depth);
    const { instruction } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
        return this.testOf(node, instruction.value, depth + 1);
      case "unary": {
        if (instruction.operator !== "!") return nothing;
        const inner = this.testOf(node, instruction.operand, depth + 1);
        return { then: [...findingsOn(node, instruction.operand, "empty"), ...inner.else], else: inner.then };
      }
      case "binary":
        if (instruction.operator === "instanceof")
          return this.testOfClass(node, instruction.left, instruction.right);
        if (instruction.operator === "in") return testOfProperty(node, instruction.left, instruction.right);
        return testOfComparison(node, instruction.operator, instruction.left, instruction.right);
      case "call":
        return this.testOfPredicate(node, definition.point, depth);
      case "load":
        return testOfMember(node, value, null);
      default:
        return nothing;
    }
  }

  private testOfClass(node: FunctionNode, value: ValueId, wanted: ValueId): Sides {
    const [only, ...others] = this.pointsTo.valuesOf(node, wanted);
    if (only?.kind !== "class" || others.length > 0) return nothing;
    return {
      then: findingsOn(node, value, { class: only.class, holds: true }),
      else: findingsOn(node, value, { class: only.class, holds: false }),
    };
  }

  /** `a && b` and `a || b` as values: what each way to the wanted truth tells. */
  private testOfChoice(node: FunctionNode, value: ValueId, depth: number): Sides {
    const definition = node.definitions[value];
    if (definition?.kind !== "phi") return nothing;
    const { phi, block } = definition;
    const target = node.graph.blocks[block]?.id;
    const ways: { truth: boolean | null; sides: Sides }[] = phi.inputs.map((input) => {
      const sides = this.testOf(node, input.value, depth + 1);
      const end = node.graph.blocks[node.blockById.get(input.block) ?? -1]?.end;
      const tested = end?.kind === "branch" && end.test === "truthy" && end.value === input.value;
      const truth = tested && end.then !== end.else ? end.then === target : constantTruth(node, input.value);
      return { truth, sides };
    });
    const common = (truth: boolean, side: "then" | "else"): readonly Finding[] => {
      const either = ways.filter((way) => way.truth !== !truth).map((way) => way.sides[side]);
      return either.length === 0 || either.some((way) => way.length === 0) ? [] : [{ either }];
    };
    return { then: common(true, "then"), else: common(false, "else") };
  }

  /** A function of the project that only answers what it finds of its parameters. */
  private testOfPredicate(node: FunctionNode, point: number, depth: number): Sides {
    const site = this.pointsTo.findSite(node, point);
    const [edge, ...others] = site === undefined ? [] : [...site.edges.values()];
    if (site?.instruction.kind !== "call" || edge?.shape !== "call" || others.length > 0) return nothing;
    const { callee } = edge;
    const results = callee.graph.blocks.flatMap((block) => (block.end.kind === "return" ? [block.end] : []));
    const [result] = results;
    if (site.foreign.size > 0 || callee.graph.async || callee.graph.generator) return nothing;
    if (result === undefined || result.value === null || results.length > 1) return nothing;
    const inner = this.testOf(callee, result.value, depth + 1);
    const given = site.instruction.arguments;
    const outside = (findings: readonly Finding[]): readonly Finding[] =>
      findings.flatMap((finding): readonly Finding[] => {
        if ("either" in finding) {
          const either = finding.either.map(outside);
          return either.some((way) => way.length === 0) ? [] : [{ either }];
        }
        const argument = argumentBehind(callee, finding.place.base, given);
        return argument === null ? [] : findingsBelow(node, argument, finding);
      });
    return { then: outside(inner.then), else: outside(inner.else) };
  }
}

/** The type that is written for a parameter, or for the list that is gone through. */
function writtenType(node: FunctionNode, { base, path }: Place): TypeReference | null {
  const definition = node.definitions[base];
  if (definition?.kind !== "instruction" || path.length > 0) return null;
  const { instruction } = definition;
  if (instruction.kind === "parameter") return node.graph.parameters[instruction.index]?.type ?? null;
  if (instruction.kind !== "iterate") return null;
  const list = writtenType(node, { base: originOf(node, instruction.object), path });
  if (list?.kind === "array") return list.element;
  return list?.kind === "named" && /^(?:ReadonlyArray|Array|Iterable|Set)$/u.test(list.name)
    ? (list.arguments[0] ?? null)
    : null;
}

function basesOf(finding: Finding): readonly ValueId[] {
  return "either" in finding ? finding.either.flat().flatMap(basesOf) : [finding.place.base];
}

function testOfComparison(node: FunctionNode, operator: string, left: ValueId, right: ValueId): Sides {
  const equality = /^[!=]==?$/u.test(operator);
  const constant = equality ? (constantOf(node, right) ?? constantOf(node, left)) : null;
  if (constant === null) return nothing;
  const other = constantOf(node, right) === null ? right : left;
  const sides = testOfEquality(node, other, constant.value, operator.length === 2);
  return operator.startsWith("!") ? { then: sides.else, else: sides.then } : sides;
}

function testOfEquality(node: FunctionNode, value: ValueId, constant: unknown, isLoose: boolean): Sides {
  const typeOf = operandOfTypeof(node, value);
  if (typeOf === null) {
    const isNothing = constant === null || constant === undefined || (constant === false && !isLoose);
    const member = isLiteral(constant) ? testOfMember(node, value, { value: constant }) : nothing;
    return isNothing ? { ...member, then: [...member.then, ...findingsOn(node, value, "empty")] } : member;
  }
  if (constant === "object") return { then: [], else: findingsOn(node, typeOf, "flat") };
  if (emptyWords.has(constant)) return { then: findingsOn(node, typeOf, "empty"), else: [] };
  return flatWords.has(constant) ? { then: findingsOn(node, typeOf, "flat"), else: [] } : nothing;
}

function isLiteral(constant: unknown): constant is string | number | boolean | null {
  return constant === null || /^(?:string|number|boolean)$/u.test(typeof constant);
}

/** `x.kind === "robot"`, `x.ok`: what the object is. */
function testOfMember(node: FunctionNode, value: ValueId, constant: MemberTest["constant"]): Sides {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "load") return nothing;
  const { object, property } = definition.instruction;
  if (property.kind !== "name") return nothing;
  const { name } = property;
  return {
    then: findingsOn(node, object, { name, constant, holds: true }),
    else: findingsOn(node, object, { name, constant, holds: false }),
  };
}

/** `"points" in event`; where it is not there nothing is told, for it may be optional. */
function testOfProperty(node: FunctionNode, name: ValueId, object: ValueId): Sides {
  const constant = constantOf(node, name);
  return typeof constant?.value === "string"
    ? { then: findingsOn(node, object, { has: constant.value }), else: [] }
    : nothing;
}

function operandOfTypeof(node: FunctionNode, value: ValueId): ValueId | null {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "unary") return null;
  return definition.instruction.operator === "typeof" ? definition.instruction.operand : null;
}

function constantOf(node: FunctionNode, value: ValueId): { readonly value: unknown } | null {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "constant") return null;
  const { instruction } = definition;
  return { value: instruction.type === "undefined" ? undefined : instruction.value };
}

function constantTruth(node: FunctionNode, value: ValueId): boolean | null {
  const constant = constantOf(node, value);
  return constant === null ? null : Boolean(constant.value);
}

function findingsOn(node: FunctionNode, value: ValueId, nature: Nature): Finding[] {
  return placesOf(node, value).map((place) => ({ place, nature }));
}

/** The argument of a call that is a parameter of its callee. */
function argumentBehind(callee: FunctionNode, value: ValueId, given: readonly Argument[]): ValueId | null {
  const definition = callee.definitions[value];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return null;
  const { index } = definition.instruction;
  const isPlain = given.slice(0, index + 1).every((each) => !each.spread);
  if (!isPlain || callee.graph.parameters[index]?.rest === true) return null;
  return given[index]?.value ?? null;
}

function findingsBelow(
  node: FunctionNode,
  value: ValueId,
  { place, nature }: Extract<Finding, { place: Place }>,
): Finding[] {
  return placesOf(node, value).map(({ base, path }) => ({
    place: { base, path: [...path, ...place.path] },
    nature,
  }));
}

function partBelow(path: AccessPath, prefix: readonly string[]): readonly string[] | null {
  const { components } = path;
  if (components.length < prefix.length) return null;
  return prefix.every((name, index) => components[index] === name) ? components.slice(prefix.length) : null;
}
