/**
 * Functions of elements that are chosen out of a list by what a member of theirs is: of `routes.find((each) =>
 * each.path === path)?.run(request)` only that runs which stands beside the path of this run.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { areAllKnown } from "../constants/complete-values.js";
import { MadeProperties } from "../heap/made-properties.js";
import { definitionOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { MadeVariants } from "../points-to/made-variants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { ClassTests } from "../ways/class-tests.js";
import type { Literal } from "../ways/member-test.js";
import { type Context, noContext } from "./context.js";
import type { ContextValues } from "./context-values.js";
import { fewer } from "./narrowed-values.js";
import { type ElementTest, testsOf, testsOfFiltered } from "./element-tests.js";

/** A call of a member of an element. */
interface Chosen {
  readonly object: ValueId;
  readonly name: string;
  readonly tests: readonly ElementTest[];
}

/** More elements than this are not told apart. */
const mostElements = 64;

export class ChosenElements {
  private readonly known = new Map<CallSite, Chosen | null>();
  private readonly callees = new Map<CallSite, Map<Context, readonly FunctionNode[] | null>>();
  private readonly ofReceivers = new Map<CallSite, readonly ElementTest[]>();
  private readonly variants: MadeVariants;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
  ) {
    const classes = new ClassTests(pointsTo);
    this.variants = new MadeVariants(pointsTo, classes, new MadeProperties(pointsTo, classes));
  }

  /** What is called is a member of an element of which something was asked before. */
  isChosen(site: CallSite): boolean {
    return this.chosenAt(site) !== null;
  }

  /** May the function be that of an element that has passed, in a run? */
  mayRun(context: Context, site: CallSite, callee: FunctionNode): boolean {
    const chosen = this.chosenAt(site);
    if (chosen === null) return true;
    let ofSite = this.callees.get(site);
    if (ofSite === undefined)
      this.callees.set(site, (ofSite = new Map<Context, readonly FunctionNode[] | null>()));
    let callees = ofSite.get(context);
    if (callees === undefined) ofSite.set(context, (callees = this.calleesOf(context, site, chosen)));
    return callees?.some((each) => isSameCallee(each, callee)) ?? true;
  }

  private chosenAt(site: CallSite): Chosen | null {
    let chosen = this.known.get(site);
    if (chosen === undefined) this.known.set(site, (chosen = this.find(site)));
    return chosen;
  }

  private find({ caller, instruction, point, edges }: CallSite): Chosen | null {
    if (instruction.kind !== "call" || edges.size < 2) return null;
    const load = definitionOf(caller, instruction.callee);
    if (load?.kind !== "load" || load.property.kind !== "name") return null;
    const { object, property } = load;
    const tests = testsOf(this.pointsTo, caller, object, caller.blockOf[point] ?? 0);
    return tests.length === 0 ? null : { object, name: property.name, tests };
  }

  /** The functions of those that pass; null where all may, or it is not told. */
  private calleesOf(
    context: Context,
    { caller }: CallSite,
    { object, name, tests }: Chosen,
  ): readonly FunctionNode[] | null {
    const elements = this.values.valuesIn(context, caller, object);
    const passing = elements && this.passing(context, caller, tests, elements);
    const found = passing && this.values.membersOf(passing, name);
    return found && [...found].flatMap((each) => (each.kind === "function" ? [each.function] : []));
  }

  /** Those objects of a callee's whose method a call runs, where they were asked for what they are; null: all. */
  receiverOf(
    context: Context,
    site: CallSite,
    all: ReadonlySet<AbstractValue>,
  ): ReadonlySet<AbstractValue> | null {
    const { caller, instruction, point } = site;
    if (all.size < 2 || instruction.kind !== "call" || instruction.receiver === null) return null;
    let tests = this.ofReceivers.get(site);
    if (tests === undefined) {
      tests = testsOf(this.pointsTo, caller, instruction.receiver, caller.blockOf[point] ?? 0);
      this.ofReceivers.set(site, tests);
    }
    const elements = tests.length === 0 ? null : this.values.valuesIn(context, caller, instruction.receiver);
    const passing = elements && this.passing(context, caller, tests, elements);
    return passing && fewer(passing, all);
  }

  /** What lies in the list whose method is called, where it is a list of this run's own, or of what a filter let pass. */
  elementsIn(context: Context, { caller, instruction }: CallSite): ReadonlySet<AbstractValue> | null {
    if (instruction.kind !== "call" || instruction.receiver === null) return null;
    const lists = this.values.valuesIn(context, caller, instruction.receiver);
    if (lists === null) return null;
    const isOwn = [...lists].every(({ kind }) => kind === "object");
    const elements = new Set([...lists].flatMap((list) => [...this.pointsTo.fieldNode(list, "*").values]));
    const tests = testsOfFiltered(this.pointsTo, caller, instruction.receiver);
    return this.passing(context, caller, tests, elements) ?? (isOwn ? elements : null);
  }

  private passing(
    context: Context,
    caller: FunctionNode,
    tests: readonly ElementTest[],
    elements: ReadonlySet<AbstractValue>,
  ): ReadonlySet<AbstractValue> | null {
    const wanted = tests.flatMap((test) => this.wantedBy(context, caller, test));
    if (elements.size > mostElements || wanted.length === 0) return null;
    const objects = [...elements].filter(({ kind }) => kind !== "constant");
    const passing = objects.filter((each) =>
      wanted.every(({ test: { member, holds }, constants }) =>
        constants.some((value) => this.variants.mayPass(each, { name: member, constant: { value }, holds })),
      ),
    );
    return passing.length === 0 || passing.length === objects.length ? null : new Set(passing);
  }

  /** The constants that a member is compared with in this run; none where they are not told. */
  private wantedBy(
    context: Context,
    caller: FunctionNode,
    test: ElementTest,
  ): readonly { readonly test: ElementTest; readonly constants: readonly Literal[] }[] {
    const { node, value } = test;
    const run = node === caller ? context : noContext;
    const values = this.values.valuesIn(run, node, value);
    if (values === null || !areAllKnown(this.pointsTo, run, node, value)) return [];
    const constants = [...values].flatMap((each) =>
      each.kind === "constant" && each.value !== undefined ? [each.value] : [],
    );
    return constants.length === values.size && constants.length > 0 ? [{ test, constants }] : [];
  }
}

/** The same function, or a copy of it for a call, and of a method the one that runs on the same object. */
export function isSameCallee(one: FunctionNode, other: FunctionNode): boolean {
  return one.closureIndex === other.closureIndex && (one.copy?.self ?? null) === (other.copy?.self ?? null);
}
