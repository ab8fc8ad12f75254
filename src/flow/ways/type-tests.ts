/**
 * What a branch tells of the values it tests: a text has no properties, what is nullish has no content. A fact
 * that contradicts what holds on one side does not go there.
 */
import type { Terminator, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isElement } from "../points-to/alias-names.js";
import type { AccessPath } from "../paths/access-path.js";
import type { Finding, KnownOf, Sides } from "./branch-findings.js";
import {
  basesOf,
  constantOf,
  eitherOf,
  findingsOn,
  missingOn,
  nothing,
  takenTogether,
} from "./branch-findings.js";
import { branchesBefore } from "./earlier-branches.js";
import { ClassTests } from "./class-tests.js";
import {
  blank,
  testOfComparison,
  testOfContent,
  testOfList,
  testOfMember,
  testOfOwnProperty,
  testOfProperty,
  unfilled,
} from "./condition-tests.js";
import type { Fact } from "../tabulation/fact.js";
import { anything, nameOfResult } from "../heap/held-fields.js";
import type { Asked, IsHeld } from "../heap/held-fields.js";
import { heldAs } from "../heap/held-as.js";
import { MadeProperties } from "../heap/made-properties.js";
import { resultOf } from "../points-to/generator-results.js";
import { MadeVariants } from "../points-to/made-variants.js";
import { isRound } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { passes } from "./member-test.js";
import { argumentBehind, findingsBelow } from "./predicate-findings.js";
import type { MemberTest, PropertyTest, TypeofTest } from "./member-test.js";
import { stillSo } from "../constants/still-so.js";
import { TypeofWords } from "./typeof-words.js";
import { UnionMembers } from "./union-members.js";
import type { Place } from "../paths/value-places.js";
import { writtenType } from "./written-type.js";
import { originOf } from "../paths/value-places.js";

type Branch = Extract<Terminator, { kind: "branch" }>;

/** Objects that pass a test. */
type Holders = readonly AbstractValue[];

const deepest = 8;

export class TypeTests {
  /** By function too: copies of one function share its branches, and not what their values may be. */
  private readonly known = new Map<FunctionNode, Map<Branch, Sides>>();
  private readonly unions: UnionMembers;
  private readonly classes: ClassTests;
  private readonly variants: MadeVariants;
  private readonly words: TypeofWords;
  /** By what is known of a value: the objects that may hold data under a name all the same, as was found out. */
  private readonly forms = new WeakMap<object, Map<string, Holders | null>>();

  constructor(private readonly pointsTo: PointsTo) {
    this.classes = new ClassTests(pointsTo);
    const made = new MadeProperties(pointsTo, this.classes);
    this.unions = new UnionMembers(pointsTo, made);
    this.variants = new MadeVariants(pointsTo, this.classes, made);
    this.words = new TypeofWords(pointsTo);
  }

  /** True if the fact cannot hold where the branch goes to `then` or `else`. */
  rulesOut(
    node: FunctionNode,
    end: Branch,
    side: "then" | "else",
    fact: Fact,
    asked: Asked = anything,
  ): boolean {
    if (heldAs(node, fact.base) === null) return false;
    const before = (finding: KnownOf): readonly TypeofTest[] => this.saidBefore(node, end, finding);
    return this.sidesOf(node, end)[side].some((finding) =>
      this.contradicts(node, finding, fact, asked, before),
    );
  }

  /** What `typeof` has said of the same value on the way to a branch. */
  private saidBefore(node: FunctionNode, end: Branch, { place }: KnownOf): readonly TypeofTest[] {
    if (place.path.length > 0) return [];
    return branchesBefore(node, end).flatMap((taken) =>
      this.sidesOf(node, taken.end)[taken.side].flatMap((other) =>
        "either" in other ||
        other.place.base !== place.base ||
        other.place.path.length > 0 ||
        typeof other.nature !== "object" ||
        !("said" in other.nature)
          ? []
          : [other.nature],
      ),
    );
  }

  /** The values, by where they come from, of which a branch tells something. */
  testedAt(node: FunctionNode, end: Branch): ReadonlySet<ValueId> {
    const sides = this.sidesOf(node, end);
    const findings = [...sides.then, ...sides.else];
    return new Set([...findings.flatMap(basesOf), ...findings.flatMap((each) => besides(node, each))]);
  }

  /** A function of a value that answers with the truth gives it only where the fact about the value cannot hold. */
  answersWithout(node: FunctionNode, fact: Fact, truth: "then" | "else", asked: Asked = anything): boolean {
    if (node.graph.async || node.graph.generator) return false;
    const passed = new Set<number>();
    const queue = [0];
    for (let block = queue.pop(); block !== undefined; block = queue.pop()) {
      if (passed.has(block)) continue;
      passed.add(block);
      const end = node.graph.blocks[block]?.end;
      if (end === undefined) return false;
      const ways = this.waysOn(node, end, fact, truth, asked);
      if (ways === null) return false;
      queue.push(...ways.map((to) => node.blockById.get(to) ?? 0));
    }
    return true;
  }

  /** The blocks that the fact goes to from an end; null where the function may answer with the truth. */
  private waysOn(
    node: FunctionNode,
    end: Terminator,
    fact: Fact,
    truth: "then" | "else",
    asked: Asked,
  ): readonly number[] | null {
    switch (end.kind) {
      case "jump":
        return [end.to];
      case "loop":
        return [end.body, end.exit];
      case "branch":
        return (["then", "else"] as const).flatMap((side) =>
          this.rulesOut(node, end, side, fact, asked) ? [] : [end[side]],
        );
      case "return": {
        const constant = end.value === null ? { value: undefined } : constantOf(node, end.value);
        if (constant !== null) return Boolean(constant.value) === (truth === "then") ? null : [];
        const told = end.value === null ? [] : this.testOf(node, end.value, 0)[truth];
        return told.some((finding) => this.contradicts(node, finding, fact, asked)) ? [] : null;
      }
      default:
        return [];
    }
  }

  private contradicts(
    node: FunctionNode,
    finding: Finding,
    fact: Fact,
    asked: Asked,
    before: (finding: KnownOf) => readonly TypeofTest[] = () => [],
  ): boolean {
    const { isHeld } = asked;
    if ("either" in finding)
      return finding.either.every((way) =>
        way.some((each) => this.contradicts(node, each, fact, asked, before)),
      );
    const { place, nature } = finding;
    const below = partOf(node, finding, fact);
    if (below === null) return false;
    if (nature === "empty") return true;
    const first = below.find((component) => !isRound(component));
    if (nature === "flat") return first !== undefined && first !== "<text>" && !first.startsWith("^");
    if (nature === "unfilled") return first === undefined || first === "<text>" || isElement(first);
    if ("said" in nature)
      return this.words.exclude(node, [nature, ...before(finding)], first, fact, asked.isConverted);
    const [name] = below;
    if (name === undefined || isRound(name)) return false;
    if ("constant" in nature && name === "value" && this.isOfOtherResult(node, place, nature, below, isHeld))
      return true;
    const values = this.valuesAt(node, place);
    if ("class" in nature)
      return (
        this.classes.excludes(name, nature, values, isHeld) ||
        (below.length === 1 && this.classes.excludesField(name, fact.state.field, nature, [...values]))
      );
    if (this.isOfOtherForm(node, finding, name, nature, isHeld)) return true;
    return below.length === 1
      ? this.unions.excludes(fact.state.field, nature, [...values])
      : this.unions.excludesBelow(name, nature, [...values], writtenType(node, place));
  }

  /** `if (step.done)`: what the generators do not return (or yield, on the other side) is not there. */
  private isOfOtherResult(
    node: FunctionNode,
    { base, path }: Place,
    test: MemberTest,
    below: readonly string[],
    isHeld: IsHeld,
  ): boolean {
    if (test.name !== "done" || path.length > 0) return false;
    const generators = resultOf(this.pointsTo, node, base);
    return (
      generators?.every(
        ({ yielded, ended }) =>
          !(passes(false, test) && isHeld(yielded, nameOfResult(below), true)) &&
          !(passes(true, test) && isHeld(ended, nameOfResult(below), true)),
      ) === true
    );
  }

  private isOfOtherForm(
    node: FunctionNode,
    finding: KnownOf,
    name: string,
    test: MemberTest | PropertyTest,
    isHeld: IsHeld,
  ): boolean {
    let row = this.forms.get(finding);
    if (row === undefined) this.forms.set(finding, (row = new Map<string, Holders | null>()));
    let found = row.get(name);
    if (found === undefined)
      row.set(name, (found = this.variants.holders(name, test, this.valuesAt(node, finding.place))));
    return found?.every((value) => !isHeld(value, name)) === true;
  }

  private valuesAt(node: FunctionNode, { base, path }: Place): Iterable<AbstractValue> {
    let values: Iterable<AbstractValue> = this.pointsTo.valuesOf(node, base);
    for (const name of path)
      values = [...values].flatMap((value) => [...this.pointsTo.fieldNode(value, name).values]);
    return values;
  }

  sidesOf(node: FunctionNode, end: Branch): Sides {
    let ofNode = this.known.get(node);
    if (ofNode === undefined) this.known.set(node, (ofNode = new Map<Branch, Sides>()));
    let sides = ofNode.get(end);
    if (sides === undefined) {
      // What is falsy or nullish has no content.
      const missing = findingsOn(node, end.value, "empty");
      const tested = end.test === "truthy" ? this.testOf(node, end.value, 0) : nothing;
      sides = {
        then: stillSo(node, tested.then, end),
        else: [...missing, ...stillSo(node, tested.else, end)],
      };
      ofNode.set(end, sides);
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
        if (instruction.operator === "in")
          return testOfProperty(node, instruction.left, instruction.right, false);
        return testOfComparison(node, instruction.operator, instruction.left, instruction.right);
      case "call": {
        const told = this.testOfCall(node, definition.point, depth);
        return { then: told.then, else: [...told.else, ...blank(node, value)] };
      }
      case "load": {
        const member = testOfMember(node, value, null);
        return { then: member.then, else: [...member.else, ...unfilled(node, value)] };
      }
      default:
        return nothing;
    }
  }

  private testOfClass(node: FunctionNode, value: ValueId, wanted: ValueId): Sides {
    const [only, ...others] = this.pointsTo.valuesOf(node, wanted);
    if (only === undefined || others.length > 0) return nothing;
    // A text or a number is an object of no class.
    const isObject = findingsOn(node, value, { word: "object", said: true, value });
    if (only.kind !== "class")
      return only.kind === "foreign" && only.path.at(-1) !== "Function"
        ? { then: isObject, else: [] }
        : nothing;
    return {
      then: [...findingsOn(node, value, { class: only.class, holds: true }), ...isObject],
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
      const end = node.graph.blocks[node.blockById.get(input.block) ?? -1]?.end;
      const tested = end?.kind === "branch" && end.test === "truthy" && end.value === input.value;
      const constant = constantTruth(node, input.value);
      const truth = tested && end.then !== end.else ? end.then === target : constant;
      const sides =
        constant === null
          ? this.testOf(node, input.value, depth + 1)
          : { then: [], else: missingOn(node, input.block, target) };
      return { truth, sides };
    });
    const common = (truth: boolean, side: "then" | "else"): readonly Finding[] =>
      eitherOf(ways.filter((way) => way.truth !== !truth).map((way) => way.sides[side]));
    return { then: common(true, "then"), else: common(false, "else") };
  }

  private testOfCall(node: FunctionNode, point: number, depth: number): Sides {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return nothing;
    return site.edges.size === 0
      ? (testOfList(site) ?? testOfContent(site) ?? testOfOwnProperty(site))
      : this.testOfPredicate(site, depth);
  }

  /** A function of the project that only answers what it finds of its parameters. */
  private testOfPredicate(site: CallSite, depth: number): Sides {
    const { caller: node } = site;
    const [edge, ...others] = site.edges.values();
    if (site.instruction.kind !== "call" || edge?.shape !== "call" || others.length > 0) return nothing;
    const { callee } = edge;
    const results = callee.graph.blocks.flatMap((block) => (block.end.kind === "return" ? [block.end] : []));
    const [result] = results;
    if (site.foreign.size > 0 || callee.graph.async || callee.graph.generator) return nothing;
    if (result === undefined || result.value === null || results.length > 1) return nothing;
    const inner = this.testOf(callee, result.value, depth + 1);
    const { arguments: given, out } = site.instruction;
    const outside = (findings: readonly Finding[]): readonly Finding[] =>
      findings.flatMap((finding): readonly Finding[] => {
        if ("either" in finding) return eitherOf(finding.either.map(outside));
        const argument = argumentBehind(callee, finding.place.base, given);
        const found = argument === null ? [] : findingsBelow(node, argument, finding);
        return finding.seen === undefined ? found : found.map((known) => ({ ...known, seen: out }));
      });
    return {
      then: outside(stillSo(callee, inner.then, result)),
      else: outside(stillSo(callee, inner.else, result)),
    };
  }
}

/** Taken out of the tested object together with what is tested. */
function besides(node: FunctionNode, finding: Finding): readonly ValueId[] {
  return "either" in finding
    ? finding.either.flat().flatMap((each) => besides(node, each))
    : takenTogether(node, finding).map(({ out }) => out);
}

/** Where in the place that is known of a fact lies; null where it lies elsewhere. */
function partOf(node: FunctionNode, finding: KnownOf, { base, path }: Fact): readonly string[] | null {
  const held = heldAs(node, base);
  if (held === null) return null;
  const origin = originOf(node, held);
  if (origin === finding.place.base) return partBelow(path, finding.place.path);
  const taken = takenTogether(node, finding).find(({ out }) => out === origin);
  if (taken === undefined) return null;
  if (taken.kind === "object-rest") return path.components;
  return taken.property.kind === "name" ? [taken.property.name, ...path.components] : null;
}

function constantTruth(node: FunctionNode, value: ValueId): boolean | null {
  const constant = constantOf(node, value);
  return constant === null ? null : Boolean(constant.value);
}

function partBelow(path: AccessPath, prefix: readonly string[]): readonly string[] | null {
  const { components } = path;
  if (components.length < prefix.length) return null;
  return prefix.every((name, index) => components[index] === name) ? components.slice(prefix.length) : null;
}
