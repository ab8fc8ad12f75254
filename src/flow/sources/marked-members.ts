/**
 * Marked properties of objects that the program makes, told by the class or the literal where they are made: what is
 * put into `contact.fullName` is the field also where nothing says of what type `contact` is.
 */
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { Writers } from "../points-to/writers.js";
import { chainOf } from "../program/class-chain.js";
import type { ClassNode, FunctionNode } from "../program/program.js";

type Members = ReadonlyMap<string, readonly FieldId[]>;

const none: Members = new Map();

export class MarkedMembers {
  private readonly known = new Map<AbstractValue, Members>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Pick<Resolver, "fieldsAt">,
    private readonly annotations: AnnotationTable,
    private readonly writers: Writers,
  ) {}

  /** The fields that a property of a value is, of whichever objects the value may be. */
  fieldsAt(node: FunctionNode, value: ValueId, name: string): readonly FieldId[] {
    const found = new Set<FieldId>();
    for (const object of this.pointsTo.valuesOf(node, value))
      for (const field of this.of(object).get(name) ?? []) found.add(field);
    return [...found];
  }

  /** All marked properties of a value, of whichever objects it may be. */
  of(object: AbstractValue): Members {
    if (object.kind !== "instance" && object.kind !== "object") return none;
    let members = this.known.get(object);
    if (members === undefined) {
      members = object.kind === "instance" ? this.ofClass(object.class) : this.ofLiteral(object);
      this.known.set(object, members);
    }
    return members;
  }

  private ofClass(start: ClassNode): Members {
    const found = new Map<string, readonly FieldId[]>();
    for (const each of chainOf(this.pointsTo, start)) {
      if (each.kind !== "class") continue;
      const { file, graph } = each.class;
      for (const { name, nameAt, kind, static: isStatic } of graph.members) {
        if (name.kind !== "name" || kind !== "field" || isStatic || found.has(name.name)) continue;
        const field = this.annotations.byDeclaration.get(declarationId(file, nameAt[0]));
        if (field !== undefined) found.set(name.name, [field]);
      }
    }
    return found;
  }

  /** By the type of the literal, or by what is written at its properties. */
  private ofLiteral(object: AbstractValue): Members {
    const found = new Map<string, readonly FieldId[]>();
    for (const { node, point, name } of this.writers.ofObject(object)) {
      const store = node.code[point];
      if (store?.kind !== "store" || !store.initial) continue;
      const fields = this.resolver.fieldsAt(node.file, store.nameAt[0]);
      if (fields.length > 0) found.set(name, fields);
    }
    return found;
  }
}
