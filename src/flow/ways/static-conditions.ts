/**
 * Conditions that the program text decides: constants, comparisons of constants, flags that nobody changes; in one run
 * of a function what its caller gives as constants; and what follows from the name that a key has.
 */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import { NamedStores } from "../constants/commonjs-constants.js";
import { onlyConstant, operate, operateOne, truthOfConstant } from "../constants/constant-operations.js";
import type { Constant } from "../constants/constant-operations.js";
import { ConstantContexts } from "../contexts/constant-contexts.js";
import type { Context } from "../contexts/context.js";
import { noContext } from "../contexts/context.js";
import { ContextValues } from "../contexts/context-values.js";
import type { ControlWalk } from "../program/control-walk.js";
import { walkFrom } from "../program/control-walk.js";
import type { KeyNote } from "../tabulation/fact.js";
import { constantElement } from "../constants/constant-elements.js";
import { lastConstant } from "../constants/last-stored.js";
import { isSamePlace, placeOf } from "../constants/key-places.js";
import { flagProperty, frozenProperty } from "../constants/frozen-literals.js";
import { heldInSlot } from "../program/captured-from.js";
import { findExports, findImport } from "../program/module-links.js";
import type { LinkTarget } from "../program/module-links.js";
import { FieldsInRun } from "../contexts/fields-in-run.js";
import { OptionsInRun } from "../contexts/options-in-run.js";
import { onlyEdge } from "../points-to/only-edge.js";
import type { PointsTo } from "../points-to/points-to.js";
import { writersOf } from "../points-to/writers.js";
import type { FunctionNode } from "../program/program.js";
import { askedMethod } from "./asked-methods.js";
import { testedList } from "./list-tests.js";
import { isMade, isReadFrom } from "./made-or-read.js";
import { toldOfCall } from "../contexts/told-of-call.js";
import { commonResult } from "./constant-results.js";
import { anyRun, keyOf } from "./run-of-function.js";
import type { Run } from "./run-of-function.js";
import { TakenWays } from "./taken-ways.js";

const deepest = 12;

export class StaticConditions {
  private readonly stores: NamedStores;
  private readonly options: OptionsInRun;
  private readonly fields: FieldsInRun;
  private readonly answers = new Map<string, boolean | null>();
  private readonly constantContexts: ConstantContexts;
  private readonly walks = new Map<string, ControlWalk | null>();
  private readonly ways = new Map<number, Map<Context, TakenWays<Constant | null>>>();

  constructor(private readonly pointsTo: PointsTo) {
    this.constantContexts = new ConstantContexts(pointsTo);
    this.options = new OptionsInRun(pointsTo);
    this.fields = new FieldsInRun(pointsTo, new ContextValues(pointsTo));
    this.stores = new NamedStores(pointsTo);
  }

  /** Whether a condition always holds (true), never (false), or depends (null), in one run of the function. */
  truthOf(
    node: FunctionNode,
    value: ValueId,
    context: Context = noContext,
    key: KeyNote | null = null,
  ): boolean | null {
    return this.truth(node, value, { context, key }, 0);
  }

  /** What a value is in all runs of the function. */
  constantOf(node: FunctionNode, value: ValueId): Constant | null {
    return this.evaluate(node, value, anyRun, 0);
  }

  /** May control come to a block (by position), with a key from where it is made, if the key has its name? */
  comesTo(node: FunctionNode, context: Context, key: KeyNote | null, block: number): boolean {
    if (key === null) return this.waysOf(node, context).mayCome(block);
    return this.walkOf(node, { context, key })?.blocks.has(block) !== false;
  }

  /** Whether what a function returns is truthy, called with a parameter that is a key, or a pair with it. */
  truthOfResult(
    node: FunctionNode,
    index: number,
    name: string,
    isPair: boolean,
    context: Context = noContext,
    depth = 0,
  ): boolean | null {
    const value = node.code.find((each) => each.kind === "parameter" && each.index === index);
    if (value?.kind !== "parameter") return null;
    return this.truthOfEnds(node, { context, key: { place: { value: value.out, isPair }, name } }, depth);
  }

  private truthOfEnds(node: FunctionNode, run: Run, depth: number): boolean | null {
    if (node.graph.async || node.graph.generator || depth > deepest) return null;
    const walk = this.walkOf(node, run);
    const truths = node.graph.blocks.flatMap(({ end }, position) =>
      end.kind === "return" && walk?.blocks.has(position) !== false
        ? [end.value === null ? false : this.truth(node, end.value, run, depth + 1)]
        : [],
    );
    const [first = null, ...others] = truths;
    return others.every((truth) => truth === first) ? first : null;
  }

  /** Whether a value is there (true), is nullish (false), or may be either (null), in one run of the function. */
  presenceOf(node: FunctionNode, value: ValueId, context: Context = noContext): boolean | null {
    const constant = this.evaluate(node, value, { context, key: null }, 0);
    if (constant === null) return isMade(node, value) ? true : this.options.isThere(node, value, context);
    // The test of a default value lets null through, that of `??` does not.
    if (constant.value === null) return isReadFrom(node, value) ? null : false;
    return constant.value !== undefined;
  }

  private truth(node: FunctionNode, value: ValueId, run: Run, depth: number): boolean | null {
    const key = `${String(node.index)}:${String(value)}:${keyOf(run)}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const definition = node.definitions[value];
    const answer =
      definition?.kind === "phi"
        ? this.truthOfChoice(node, value, run, depth)
        : isMade(node, value) || truthOfConstant(this.evaluate(node, value, run, depth));
    if (depth === 0) this.answers.set(key, answer);
    return answer;
  }

  /** `a && b` as a value: what comes over the ways that control may take. */
  private truthOfChoice(node: FunctionNode, value: ValueId, run: Run, depth: number): boolean | null {
    let common: boolean | null = null;
    for (const input of this.alternatives(node, value, run, depth)) {
      const truth = this.truth(node, input, run, depth + 1);
      if (truth === null || (common !== null && truth !== common)) return null;
      common = truth;
    }
    return common;
  }

  /** What a value is that is the same over all ways that control may take. */
  private choice(node: FunctionNode, value: ValueId, run: Run, depth: number): Constant | null {
    if (run.key !== null) return null;
    const { answers } = this.waysOf(node, run.context);
    const known = answers.get(value);
    if (known !== undefined) return known;
    // In a loop a value is not told by itself.
    answers.set(value, null);
    let common: Constant | null = null;
    for (const input of this.alternatives(node, value, run, depth)) {
      const constant = this.evaluate(node, input, run, depth + 1);
      if (constant === null || (common !== null && constant.value !== common.value)) return null;
      common = constant;
    }
    answers.set(value, common);
    return common;
  }

  private alternatives(node: FunctionNode, value: ValueId, run: Run, depth: number): readonly ValueId[] {
    const definition = node.definitions[value];
    if (definition?.kind !== "phi" || depth > deepest) return [];
    const target = node.graph.blocks[definition.block]?.id;
    const walk = run.key === null ? null : this.walkOf(node, run);
    if (target === undefined || (run.key !== null && walk === null)) return [];
    const ways = run.key === null ? this.waysOf(node, run.context) : null;
    return definition.phi.inputs
      .filter(({ block }) => (walk === null ? ways?.mayGo(block, target) : walk.goes(block, target)))
      .map((input) => input.value);
  }

  private waysOf(node: FunctionNode, context: Context): TakenWays<Constant | null> {
    let runs = this.ways.get(node.index);
    if (runs === undefined)
      this.ways.set(node.index, (runs = new Map<Context, TakenWays<Constant | null>>()));
    let ways = runs.get(context);
    if (ways !== undefined) return ways;
    runs.set(context, (ways = new TakenWays<Constant | null>(node)));
    ways.follow(({ test, value }) => {
      const holds =
        test === "truthy" ? this.truthOf(node, value, context) : this.presenceOf(node, value, context);
      return holds === null ? null : holds ? "then" : "else";
    });
    return ways;
  }

  /** Where control may come from where the key is made; null while that is being found out. */
  private walkOf(node: FunctionNode, run: Run): ControlWalk | null {
    const key = `${String(node.index)}:${keyOf(run)}`;
    const known = this.walks.get(key);
    if (known !== undefined) return known;
    this.walks.set(key, null);
    const made = node.definitions[run.key?.place.value ?? -1];
    const start = made === undefined ? 0 : made.kind === "phi" ? made.block : (node.blockOf[made.point] ?? 0);
    const walk = walkFrom(node, start, (condition) => this.truth(node, condition, run, 0));
    this.walks.set(key, walk);
    return walk;
  }

  private evaluate(node: FunctionNode, value: ValueId, run: Run, depth: number): Constant | null {
    if (run.key !== null && isSamePlace(placeOf(node, value), run.key.place)) return { value: run.key.name };
    const definition = node.definitions[value];
    if (definition?.kind === "phi") return this.choice(node, value, run, depth);
    if (definition === undefined || depth > deepest) return null;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "constant":
        if (instruction.type === "regexp" || instruction.type === "bigint") return null;
        return { value: instruction.type === "undefined" ? undefined : instruction.value };
      case "parameter":
        return onlyConstant(run.context.parameters.get(instruction.index));
      case "capture":
        return (
          onlyConstant(run.context.slots.get(instruction.slot)) ??
          this.captured(node, instruction.slot, depth)
        );
      case "call":
        return this.ofCall(node, instruction, definition.point, run, depth);
      case "declare":
      case "cast":
        return this.evaluate(node, instruction.value, run, depth + 1);
      case "cell-read":
        return this.cell(node.file, instruction.cell, depth);
      case "import-read": {
        const binding = node.fileGraph.imports[instruction.import];
        return binding === undefined
          ? null
          : this.exported(findImport(this.pointsTo, node.file, binding.specifier, binding.name), depth);
      }
      case "unary": {
        if (instruction.operator !== "!") {
          const operand = this.evaluate(node, instruction.operand, run, depth + 1);
          return operand && operateOne(instruction.operator, operand);
        }
        const truth = this.truth(node, instruction.operand, run, depth + 1);
        return truth === null ? null : { value: !truth };
      }
      case "binary": {
        const left = this.evaluate(node, instruction.left, run, depth + 1);
        const right = this.evaluate(node, instruction.right, run, depth + 1);
        return left === null || right === null
          ? null
          : operate(instruction.operator, left.value, right.value);
      }
      case "load":
        return instruction.property.kind === "name"
          ? (toldOfCall(node, instruction, run.context) ??
              this.ofNamespace(node, instruction.object, instruction.property.name, depth) ??
              lastConstant(node, definition.point, instruction, (stored) =>
                this.evaluate(node, stored, run, depth + 1),
              ) ??
              this.options.constantAt(node, instruction, run.context, (member) =>
                this.evaluate(member.node, member.value, anyRun, depth + 1),
              ) ??
              this.setting(node, instruction.object, instruction.property.name, depth) ??
              this.ofGetter(node, definition.point, instruction.object, run, depth) ??
              this.fields.constantAt(node, instruction, run.context, (maker, given, context) =>
                this.evaluate(maker, given, { context, key: null }, depth + 1),
              ))
          : null;
      default:
        return null;
    }
  }

  /** What a closure has captured is the same in all runs of the function around it. */
  private captured(node: FunctionNode, slot: number, depth: number): Constant | null {
    const held = heldInSlot(this.pointsTo, node, slot);
    return held === null ? null : this.evaluate(held.node, held.value, anyRun, depth + 1);
  }

  private exported([link, ...others]: readonly LinkTarget[], depth: number): Constant | null {
    if (link === undefined || others.length > 0) return null;
    if (link.kind === "cell") return this.cell(link.file, link.cell, depth);
    const written = this.stores.onlyExport(link);
    return written === null ? null : this.evaluate(written.node, written.value, anyRun, depth + 1);
  }

  /** `config.debug` of `import * as config from "../config.js"`. */
  private ofNamespace(node: FunctionNode, object: ValueId, name: string, depth: number): Constant | null {
    const [only, ...others] = this.pointsTo.valuesOf(node, object);
    return only?.kind === "module" && others.length === 0
      ? this.exported(findExports(this.pointsTo, only.file, name), depth)
      : null;
  }

  /** `secret.has(name)`, `name.startsWith("_")`, `isSecret(name)`. */
  private ofCall(
    node: FunctionNode,
    call: Extract<Instruction, { kind: "call" }>,
    point: number,
    run: Run,
    depth: number,
  ): Constant | null {
    const [given, ...others] = call.arguments;
    const only = given !== undefined && others.length === 0 && !given.spread ? given : null;
    const wanted = only === null ? null : this.evaluate(node, only.value, run, depth + 1);
    const constantOf = (value: ValueId): Constant | null => this.evaluate(node, value, run, depth + 1);
    return (
      askedMethod(this.pointsTo, node, call, constantOf, run.context) ??
      testedList(
        this.pointsTo,
        node,
        call,
        {
          constantOf,
          truthOf: (callee, context) => this.truthOfEnds(callee, { context, key: null }, depth + 1),
        },
        run.context,
      ) ??
      this.ofConstantCall(node, call, point, run, depth) ??
      (wanted === null ? null : this.ofOwnCall(node, point, wanted, depth))
    );
  }

  /** What a function of the project gives that is called with constants only: `tracing()`, `limitOf("answer")`. */
  private ofConstantCall(
    node: FunctionNode,
    call: Extract<Instruction, { kind: "call" }>,
    point: number,
    run: Run,
    depth: number,
  ): Constant | null {
    const edge = onlyEdge(this.pointsTo.findSite(node, point), "call");
    if (edge === null) return null;
    const { callee } = edge;
    const { graph } = callee;
    if (graph.async || graph.generator || call.new || depth > deepest / 2) return null;
    if (graph.parameters.some(({ rest }) => rest) || call.arguments.length > graph.parameters.length)
      return null;
    const given: Constant[] = [];
    for (const { value, spread } of call.arguments) {
      const constant = spread ? null : this.evaluate(node, value, run, depth + 1);
      if (constant === null) return null;
      given.push(constant);
    }
    const context = this.constantContexts.of(given);
    return this.resultOf(callee, context, depth);
  }

  private resultOf(callee: FunctionNode, context: Context, depth: number): Constant | null {
    const ways = this.waysOf(callee, context);
    return commonResult(
      callee,
      (block) => ways.mayCome(block),
      (value) => this.evaluate(callee, value, { context, key: null }, depth + 1),
    );
  }

  /** `config.isDebug`, where that is a getter of own code. */
  private ofGetter(node: FunctionNode, point: number, object: ValueId, run: Run, depth: number) {
    const edge = onlyEdge(this.pointsTo.findSite(node, point), "getter");
    if (edge === null) return null;
    const receiver = depth > deepest / 2 ? null : this.fields.receiversAt(node, object, run.context);
    if (receiver === null) return null;
    const key = `g${[...receiver].map(({ id }) => String(id)).join(",")}`;
    return this.resultOf(edge.callee, { ...noContext, key, receiver }, depth);
  }

  /** A function of the project that is asked about a name. */
  private ofOwnCall(node: FunctionNode, point: number, wanted: Constant, depth: number): Constant | null {
    if (typeof wanted.value !== "string" || depth > deepest / 2) return null;
    const edge = onlyEdge(this.pointsTo.findSite(node, point), "call");
    if (edge === null) return null;
    const truth = this.truthOfResult(edge.callee, 0, wanted.value, false, noContext, depth + 1);
    return truth === null ? null : { value: truth };
  }

  private cell(file: string, cell: string, depth: number): Constant | null {
    const [only, ...others] = writersOf(this.pointsTo).ofCell(file, cell);
    return only === undefined || others.length > 0
      ? null
      : this.evaluate(only.node, only.value, anyRun, depth + 1);
  }

  /** A property of a literal that nobody changes, which is worked out of constants. */
  private setting(node: FunctionNode, object: ValueId, name: string, depth: number): Constant | null {
    const stored =
      flagProperty(this.pointsTo, node, object, name) ?? frozenProperty(this.pointsTo, node, object, name);
    return stored === null
      ? constantElement(this.pointsTo, node, object, name)
      : this.evaluate(stored.node, stored.value, anyRun, depth + 1);
  }
}
