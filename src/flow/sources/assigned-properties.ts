/** What is put under the name of a marked property: in a literal, or by an assignment to a row or to a part of one. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { FunctionNode } from "../program/program.js";
import type { RowParts } from "../stores/row-parts.js";
import type { RowsWritten } from "../stores/rows-written.js";
import type { MarkedPlaces } from "../tabulation/marked-places.js";
import type { MarkedMembers } from "./marked-members.js";
import type { Seeds } from "./seeds.js";

export class AssignedProperties {
  constructor(
    private readonly resolver: Pick<Resolver, "fieldsAt">,
    private readonly annotations: AnnotationTable,
    private readonly members: MarkedMembers,
    private readonly places: MarkedPlaces,
    private readonly seeds: Seeds,
    private readonly parts: RowParts,
    private readonly written: RowsWritten,
  ) {}

  seed(node: FunctionNode, point: number, store: InstructionOf<"store">, name: string): void {
    const { object, value } = store;
    const writer = { node, point, object, name, value };
    if (this.annotations.names.has(name)) {
      const told = this.resolver.fieldsAt(node.file, store.nameAt[0]);
      const known = told.length > 0 ? told : this.members.fieldsAt(node, object, name);
      const fields =
        known.length > 0 || store.initial
          ? known
          : this.parts.tablesOf(node, object).flatMap((table) => table.fields.get(name) ?? []);
      for (const field of new Set(fields)) {
        this.places.put(writer, field);
        this.seeds.isTakenFor(node, value, field);
      }
    }
    if (!store.initial) this.written.intoPart(writer, this.parts.partsAt(node, object, name));
  }
}
