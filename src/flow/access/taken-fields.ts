/** Which of the fields of a row that was read are taken by name in a function, and whether the row goes on whole. */
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isSameName } from "../stores/table-names.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { ChildRead, ChildReads } from "./child-reads.js";
import { usesOfRow } from "./row-uses.js";

export interface Taken {
  readonly fields: ReadonlySet<FieldId>;
  readonly isWhole: boolean;
  readonly isGivenBack: boolean;
}

/** Any member may be the field. */
const any = "*";

export class TakenFields {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly tabulation: Tabulation,
    private readonly annotations: AnnotationTable,
    private readonly reads: ChildReads,
  ) {}

  /** `isQuery`: it is what the read itself gives, which later calls may still put together. */
  of(read: ChildRead, node: FunctionNode, row: ValueId, isQuery: boolean): Taken {
    const fields = new Set<FieldId>();
    const { members, isWhole, isGivenBack } = usesOfRow(
      this.pointsTo,
      node,
      row,
      isQuery,
      ({ name, value }) =>
        read.leading.has(name) ||
        (this.named(read, name).length === 0 &&
          this.held(read, node, value, false).length === 0 &&
          (this.reads.leadsToField(node, value) || this.held(read, node, value, true).length > 0)),
    );
    for (const { name, value } of members) {
      for (const field of this.named(read, name)) fields.add(field);
      for (const field of this.held(read, node, value, false)) fields.add(field);
    }
    return { fields, isWhole, isGivenBack };
  }

  private named({ fields, members }: ChildRead, name: string): FieldId[] {
    return [...fields].filter((field) => {
      const own = this.annotations.fields.get(field)?.name ?? "";
      if (isSameName(own.slice(own.lastIndexOf(".") + 1), name)) return true;
      return [...(members.get(field) ?? [])].some((each) => each === any || isSameName(each, name));
    });
  }

  /** Fields that were followed to a value, or to what lies below it. */
  private held({ fields }: ChildRead, node: FunctionNode, value: ValueId, isBelow: boolean): FieldId[] {
    const made = this.tabulation.zero(node).made.get(value) ?? [];
    return [...made].flatMap(({ path, state }) =>
      fields.has(state.field) && path.components.length > 0 === isBelow ? [state.field] : [],
    );
  }
}
