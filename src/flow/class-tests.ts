/**
 * What `instanceof` tells of a value: a property that the class does not have is not in its objects, and one that
 * only its objects have is in no other error. Asked of the program's own classes.
 */
import type { ValueId } from "../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import { givenToParent, operandsAt, operandsOfSite } from "./address-values.js";
import { chainOf, declaresMember, isLibraryError } from "./class-chain.js";
import type { PointsTo } from "./points-to.js";
import type { ClassNode, FunctionNode } from "./program.js";
import { Writers } from "./writers.js";

/** The value is an object of the class, or is none. */
export interface ClassTest {
  readonly class: ClassNode;
  readonly holds: boolean;
}

/** What every error has, whatever its class says. */
const ofErrors: ReadonlySet<string> = new Set(["message", "stack", "name", "cause"]);

export class ClassTests {
  private known: Writers | null = null;
  private filledObjects: ReadonlySet<AbstractValue> | null = null;
  private readonly chains = new Map<ClassNode, readonly AbstractValue[]>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** True if no value that passes the test has data under the name; `values`: what is known of the tested one. */
  excludes(name: string, test: ClassTest, values: Iterable<AbstractValue>): boolean {
    if (/^(?:<|\^|\[|=|\*)/u.test(name)) return false;
    const own = this.objectsOf((each) => this.isKindOf(each, test.class));
    if (test.holds) return own.every((object) => !this.mayHold(object, name));
    // On the other side only an error that nothing else can be is known not to be there.
    if (!this.isError(test.class) || !own.some((object) => this.mayHold(object, name))) return false;
    const others = this.objectsOf((each) => this.isError(each) && !this.isKindOf(each, test.class));
    for (const value of [...values, ...others])
      if (!this.isOf(value, test.class) && this.mayHold(value, name)) return false;
    return true;
  }

  private get writers(): Writers {
    this.known ??= new Writers(this.pointsTo);
    return this.known;
  }

  /** Objects that get properties whose names are not written down. */
  private get filled(): ReadonlySet<AbstractValue> {
    this.filledObjects ??= filledObjects(this.pointsTo);
    return this.filledObjects;
  }

  isFilled(value: AbstractValue): boolean {
    return this.filled.has(value);
  }

  private objectsOf(wanted: (each: ClassNode) => boolean): readonly AbstractValue[] {
    return this.pointsTo.program.classes.filter(wanted).flatMap((each) => this.pointsTo.instancesOf(each));
  }

  private chainOf(start: ClassNode): readonly AbstractValue[] {
    let chain = this.chains.get(start);
    if (chain === undefined) {
      chain = chainOf(this.pointsTo, start);
      this.chains.set(start, chain);
    }
    return chain;
  }

  private isKindOf(each: ClassNode, wanted: ClassNode): boolean {
    return this.chainOf(each).some((value) => value.kind === "class" && value.class === wanted);
  }

  private isError(each: ClassNode): boolean {
    return this.chainOf(each).some(isLibraryError);
  }

  private isOf(value: AbstractValue, wanted: ClassNode): boolean {
    return value.kind === "constant" || (value.kind === "instance" && this.isKindOf(value.class, wanted));
  }

  /** The object may have data under the name, as far as the program shows. */
  mayHold(value: AbstractValue, name: string): boolean {
    if (value.kind === "object") return !value.array && this.isWritten(value, name);
    if (value.kind === "foreign") return !isLibraryError(value) || ofErrors.has(name);
    if (value.kind !== "instance") return true;
    const chain = this.chainOf(value.class);
    if (!chain.every((each) => each.kind === "class" || isLibraryError(each))) return true;
    if (name === "message" || name === "stack") return this.mayHoldText(value) || this.isWritten(value, name);
    return ofErrors.has(name) || this.isWritten(value, name) || declaresMember(chain, name);
  }

  private isWritten(value: AbstractValue, name: string): boolean {
    return this.isFilled(value) || this.writers.ofField(value, name).length > 0;
  }

  /** The message that an error was made with is more than a constant. */
  private mayHoldText(value: Extract<AbstractValue, { kind: "instance" }>): boolean {
    const made = value.site === null ? undefined : this.pointsTo.sites.get(value.site);
    if (made === undefined) return true;
    const given = givenToParent(this.pointsTo, value.class, made);
    const [message] = operandsOfSite(given).arguments;
    if (message === undefined) return false;
    const definition = given.caller.definitions[message.value];
    return definition?.kind !== "instruction" || definition.instruction.kind !== "constant";
  }
}

/** By a computed key, by a copy of another object, or by a call that copies (`Object.assign(this, details)`). */
function filledObjects(pointsTo: PointsTo): ReadonlySet<AbstractValue> {
  const found = new Set<AbstractValue>();
  const add = (node: FunctionNode, value: ValueId): void => {
    for (const object of pointsTo.valuesOf(node, value)) found.add(object);
  };
  for (const node of pointsTo.program.functions)
    for (const instruction of node.code) {
      if (instruction.kind === "store" && instruction.property.kind !== "name") add(node, instruction.object);
      else if (instruction.kind === "copy-properties") add(node, instruction.target);
    }
  for (const site of pointsTo.sites.values())
    for (const { roles, text } of site.applied.keys())
      for (const role of text === "Object.setPrototypeOf" ? [] : roles)
        for (const to of role.kind === "flow" ? role.to : [])
          if (to.root.kind === "argument" && to.steps.length === 0)
            for (const value of operandsAt(site, to)) add(site.caller, value);
  return found;
}
