/**
 * What `instanceof` tells of a value: a property that the class does not have is not in its objects, and one that
 * only its objects have is in no other error. Asked of the program's own classes.
 */
import type { Span } from "../../base/location.js";
import type { FieldId } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { givenToParent, operandsOfSite } from "../models/address-values.js";
import { chainOf, declaresMember, isLibraryError } from "../program/class-chain.js";
import { filledObjects, isFilledBeside } from "../heap/filled-objects.js";
import { mayBeHeld } from "../heap/held-fields.js";
import type { IsHeld } from "../heap/held-fields.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import { writersOf } from "../points-to/writers.js";
import type { Writers } from "../points-to/writers.js";
import { definitionOf } from "../paths/value-places.js";

/** The value is an object of the class, or is none. */
export interface ClassTest {
  readonly class: ClassNode;
  readonly holds: boolean;
}

/** What every error has, whatever its class says. */
const ofErrors: ReadonlySet<string> = new Set(["message", "stack", "name", "cause"]);

export class ClassTests {
  private owners: Map<FieldId, readonly ClassNode[]> | null = null;
  private readonly chains = new Map<ClassNode, readonly AbstractValue[]>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** True if no value that passes the test has data under the name; `values`: what is known of the tested one. */
  excludes(name: string, test: ClassTest, values: Iterable<AbstractValue>, isHeld: IsHeld): boolean {
    if (/^(?:<|\^|\[|=|\*)/u.test(name)) return false;
    const isOwn = (each: ClassNode): boolean => this.isKindOf(each, test.class);
    const isOther = (each: ClassNode): boolean => this.isError(each) && !isOwn(each);
    const own = this.objectsOf(isOwn);
    if (test.holds)
      return (
        own.every((object) => !this.mayHold(object, name) || !isHeld(object, name)) &&
        !this.isUnmadeHeld(isOwn, name, isHeld)
      );
    // On the other side only an error that nothing else can be is known not to be there.
    if (!this.isError(test.class) || !own.some((object) => this.mayHold(object, name))) return false;
    for (const value of [...values, ...this.objectsOf(isOther)])
      if (!this.isOf(value, test.class) && this.mayHold(value, name) && isHeld(value, name)) return false;
    return !this.isUnmadeHeld(isOther, name, isHeld);
  }

  /** The same of a field that only objects of the class have by their types, where the program makes none of the others. */
  excludesField(
    name: string,
    field: FieldId,
    { class: wanted, holds }: ClassTest,
    values: readonly AbstractValue[],
  ): boolean {
    const owners = this.ownersOf(field);
    if (owners.length === 0) return false;
    const isOther = (each: ClassNode): boolean =>
      holds ? !this.isKindOf(each, wanted) && !this.isKindOf(wanted, each) : this.isKindOf(each, wanted);
    if (!owners.every(isOther)) return false;
    return values.every(
      (value) =>
        value.kind === "constant" ||
        (value.kind === "instance" &&
          (value.site === null ||
            this.isKindOf(value.class, wanted) !== holds ||
            !this.isWritten(value, name))),
    );
  }

  /** Classes that declare a field; none where it is declared elsewhere too. */
  private ownersOf(field: FieldId): readonly ClassNode[] {
    if (this.owners === null) {
      this.owners = new Map();
      const { byDeclaration } = this.pointsTo.annotations;
      for (const each of this.pointsTo.program.classes)
        for (const [start] of declaredAt(this.pointsTo, each)) {
          const found = byDeclaration.get(declarationId(each.file, start));
          if (found !== undefined) this.owners.set(found, [...(this.owners.get(found) ?? []), each]);
        }
    }
    return this.owners.get(field) ?? [];
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

  /** By something that may be the property of this name. */
  isFilledBeside(value: AbstractValue, name: string): boolean {
    return isFilledBeside(this.pointsTo, value, name);
  }

  private objectsOf(wanted: (each: ClassNode) => boolean): readonly AbstractValue[] {
    return this.pointsTo.program.classes.filter(wanted).flatMap((each) => this.pointsTo.instancesOf(each));
  }

  /** An object of such a class that nobody is seen to make was given data under the name. */
  private isUnmadeHeld(wanted: (each: ClassNode) => boolean, name: string, isHeld: IsHeld): boolean {
    if (isHeld === mayBeHeld) return false;
    const { program, values } = this.pointsTo;
    return program.classes.some((each) => wanted(each) && isHeld(values.instance(each, null), name, true));
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
    return (
      this.isFilledBeside(value, name) ||
      this.writers.ofField(value, name).some((writer) => !this.isConstantIn(value, writer.node, writer.value))
    );
  }

  /** A constant is written, also where it is what the object was made with. */
  private isConstantIn(value: AbstractValue, node: FunctionNode, written: ValueId): boolean {
    if (isConstant(node, written)) return true;
    if (value.kind !== "instance" || value.site === null || node.graph.kind !== "constructor") return false;
    const parameter = definitionOf(node, written);
    const made = this.pointsTo.sites.get(value.site);
    const { class: own } = value;
    if (parameter?.kind !== "parameter" || made?.instruction.kind !== "call") return false;
    if (node.file !== own.file || node.graph.class !== own.graph.id) return false;
    const given = made.instruction.arguments.slice(0, parameter.index + 1);
    const last = given[parameter.index];
    return last !== undefined && !given.some(({ spread }) => spread) && isConstant(made.caller, last.value);
  }

  /** The message that an error was made with is more than a constant. */
  private mayHoldText(value: Extract<AbstractValue, { kind: "instance" }>): boolean {
    const made = value.site === null ? undefined : this.pointsTo.sites.get(value.site);
    if (made === undefined) return true;
    const given = givenToParent(this.pointsTo, value.class, made);
    const [message] = operandsOfSite(given).arguments;
    if (message === undefined) return false;
    return !isConstant(given.caller, message.value);
  }
}

/** Where fields of a class have their names: among its members, or as parameters of its constructor. */
function declaredAt({ program }: PointsTo, home: ClassNode): readonly Span[] {
  const { graph } = home;
  const made =
    graph.constructorFunction === null ? undefined : program.memberOf(home, graph.constructorFunction);
  const given = made?.graph.parameters.filter(({ property }) => property) ?? [];
  return [...graph.members, ...given].map(({ nameAt }) => nameAt);
}

function isConstant(node: FunctionNode, value: ValueId): boolean {
  return definitionOf(node, value)?.kind === "constant";
}
