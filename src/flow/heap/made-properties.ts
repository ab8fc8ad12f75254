/** Whether objects that the program makes have a property for certain, or can have none of a name. */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { ClassTests } from "../ways/class-tests.js";
import type { PointsTo } from "../points-to/points-to.js";
import { isToldInFull } from "../points-to/property-keys.js";
import type { PropertyTest } from "../ways/member-test.js";
import { writersOf } from "../points-to/writers.js";

/** What is deleted from which objects; `everywhere`: from objects that are not known. */
interface Deletions {
  readonly objects: ReadonlyMap<AbstractValue, ReadonlySet<string>>;
  readonly everywhere: ReadonlySet<string>;
}

/** Stands for a key that is not written down. */
const any = "*";

export class MadeProperties {
  private deletions: Deletions | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly classes: ClassTests,
  ) {}

  /** The object does not pass the test, whenever it is asked. */
  fails(value: AbstractValue, { has, holds }: PropertyTest): boolean {
    if (value.kind !== "object" || value.array) return false;
    return holds ? !this.mayHave(value, has) : this.hasAlways(value, has);
  }

  /** The property may be deleted from an object of which it is not known where it was made. */
  isDeleted(name: string): boolean {
    this.deletions ??= findDeletions(this.pointsTo);
    return this.deletions.everywhere.has(name) || this.deletions.everywhere.has(any);
  }

  mayHave(value: AbstractValue, name: string): boolean {
    return this.classes.isFilled(value) || writersOf(this.pointsTo).ofField(value, name).length > 0;
  }

  /** It is written out in the literal that makes the object, and never deleted. */
  hasAlways(value: Extract<AbstractValue, { kind: "object" }>, name: string): boolean {
    if (this.isDeleted(name)) return false;
    const deleted = this.deletions?.objects.get(value);
    if (deleted?.has(name) === true || deleted?.has(any) === true) return false;
    return writersOf(this.pointsTo)
      .ofField(value, name)
      .some(({ node, point, object }) => {
        const written = node.code[point];
        const made = node.definitions[object];
        return (
          written?.kind === "store" &&
          written.initial &&
          made?.kind === "instruction" &&
          made.instruction.kind === "object" &&
          value.site === `${String(node.index)}:${String(made.point)}`
        );
      });
  }
}

function findDeletions(pointsTo: PointsTo): Deletions {
  const objects = new Map<AbstractValue, Set<string>>();
  const everywhere = new Set<string>();
  for (const node of pointsTo.program.functions)
    for (const instruction of node.code) {
      if (instruction.kind === "call" && /\bdeleteProperty$/u.test(instruction.name)) everywhere.add(any);
      if (instruction.kind !== "delete") continue;
      const name = instruction.property.kind === "name" ? instruction.property.name : any;
      if (!isToldInFull(pointsTo, node, instruction.object, 0)) everywhere.add(name);
      for (const value of pointsTo.valuesOf(node, instruction.object)) {
        const names = objects.get(value);
        if (names === undefined) objects.set(value, new Set([name]));
        else names.add(name);
      }
    }
  return { objects, everywhere };
}
