/**
 * What `instanceof` tells of a value: a property that the class does not have is not in its objects, and one that
 * only its objects have is in no other error. Asked of the program's own classes.
 */
import type { AbstractValue } from "./abstract-value.js";
import { givenToParent, operandsOfSite } from "./address-values.js";
import { chainOf, declaresMember, isLibraryError } from "./class-chain.js";
import { filledObjects } from "./filled-objects.js";
import type { PointsTo } from "./points-to.js";
import type { ClassNode } from "./program.js";
import { writersOf } from "./writers.js";
import type { Writers } from "./writers.js";

/** The value is an object of the class, or is none. */
export interface ClassTest {
  readonly class: ClassNode;
  readonly holds: boolean;
}

/** What every error has, whatever its class says. */
const ofErrors: ReadonlySet<string> = new Set(["message", "stack", "name", "cause"]);

export class ClassTests {
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
    return writersOf(this.pointsTo);
  }

  /** Objects that get properties whose names are not written down. */
  private get filled(): ReadonlySet<AbstractValue> {
    return filledObjects(this.pointsTo);
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
