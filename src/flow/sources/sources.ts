/** Where child data begins: typed reads of what the program did not make, and borders where data becomes marked. */
import type { Span } from "../../base/location.js";
import type { AnnotationTable } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { StepNote } from "../../contracts/flow.js";
import type { Resolver } from "../../contracts/resolver.js";
import { accessPath } from "../paths/access-path.js";
import type { Borders } from "../tabulation/borders.js";
import { AssignedProperties } from "./assigned-properties.js";
import { BorderStates } from "../tabulation/border-states.js";
import { CallSources } from "./call-sources.js";
import { returned } from "../tabulation/fact.js";
import { FilledOperands } from "./filled-operands.js";
import type { ForeignCalls } from "../tabulation/foreign-calls.js";
import { MarkedMembers } from "./marked-members.js";
import { MarkedPlaces } from "../tabulation/marked-places.js";
import { isUnusedClosure } from "../heap/unused-closures.js";
import type { Origins } from "./origins.js";
import { ParameterSources } from "./parameter-sources.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { Relations } from "./relations.js";
import { RelatedReads } from "./related-reads.js";
import { RowColumns } from "../stores/row-columns.js";
import { RowParts } from "../stores/row-parts.js";
import { RowsBehind } from "../stores/rows-behind.js";
import { RowsRead } from "../stores/rows-read.js";
import { RowsWritten } from "../stores/rows-written.js";
import { SealedValues } from "../protection/sealed-values.js";
import { PushedElements } from "./pushed-elements.js";
import { Seeds } from "./seeds.js";
import { isSetAnew } from "./set-anew.js";
import type { SeededValue } from "./seeds.js";
import type { StoreStates } from "../stores/store-states.js";
import type { Tables } from "../stores/tables.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import { ToldByType } from "./told-by-type.js";
import { TypeGuards } from "../ways/type-guards.js";
import { InputTypes } from "./input-types.js";
import { TypedObjects } from "./typed-objects.js";
import { TypedInputs } from "./typed-inputs.js";
import { WrittenOutFields } from "./written-out-fields.js";
import { source } from "../tabulation/trace.js";

export class Sources {
  readonly origins: Origins;
  private readonly places: MarkedPlaces;
  private readonly members: MarkedMembers;
  private readonly filled: FilledOperands;
  private readonly rows: RowsRead;
  private readonly seeds: Seeds;
  private readonly told: ToldByType;
  private readonly writtenOut: WrittenOutFields;
  private readonly parameters: ParameterSources;
  private readonly calls: CallSources;
  private readonly assigned: AssignedProperties;
  private readonly pushed: PushedElements;
  private readonly guards: TypeGuards;
  private readonly related: RelatedReads;
  private readonly typedInputs: TypedInputs;
  private readonly typedObjects: TypedObjects;

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    foreign: ForeignCalls,
    stores: StoreStates,
    tables: Tables,
    private readonly borders: Borders,
  ) {
    const { writers } = borders;
    this.origins = borders.origins;
    const sealed = new SealedValues(pointsTo, this.origins, annotations);
    const read = new RowsRead(tabulation, pointsTo, this.origins, tables, annotations, stores);
    this.rows = read;
    const behind = new RowsBehind(pointsTo, this.origins, tables, foreign.models);
    const entering = new BorderStates(this.origins, sealed, annotations, resolver, (node, value) =>
      behind.isMarkedColumn(node, value),
    );
    this.members = new MarkedMembers(pointsTo, resolver, annotations, writers);
    this.places = new MarkedPlaces(tabulation, pointsTo, writers, entering, borders);
    const related = new Relations(resolver, annotations.relations);
    this.told = new ToldByType(pointsTo, resolver, this.origins, foreign.models, related);
    const written = new RowsWritten(
      tabulation,
      pointsTo,
      this.origins,
      entering,
      borders,
      this.places,
      tables,
      behind,
      this.told,
    );
    this.seeds = new Seeds(tabulation, annotations, behind, stores);
    const parts = new RowParts(pointsTo, tables, behind);
    this.assigned = this.assignedOf(parts, written);
    this.pushed = new PushedElements(pointsTo, foreign.models, parts, written);
    this.writtenOut = new WrittenOutFields(pointsTo, resolver, tables.schemas);
    this.filled = this.filledOf(parts);
    const columns = new RowColumns(pointsTo, this.origins);
    this.parameters = new ParameterSources(
      pointsTo,
      resolver,
      annotations,
      this.origins,
      this.seeds,
      tables,
      columns,
      this.told,
      borders,
      behind,
    );
    this.related = new RelatedReads(resolver, related, this.origins, this.told, this.seeds);
    this.guards = new TypeGuards(pointsTo, resolver, this.origins, this.told, this.seeds);
    this.typedInputs = new TypedInputs(
      pointsTo,
      new InputTypes(pointsTo, foreign.models, tables),
      tables,
      columns,
      this.seeds,
    );
    this.typedObjects = this.objectsOf(tables);
    this.calls = new CallSources(
      pointsTo,
      resolver,
      annotations,
      foreign,
      this.origins,
      read,
      written,
      this.told,
      this.seeds,
      tables.schemas,
    );
  }

  private assignedOf(parts: RowParts, written: RowsWritten): AssignedProperties {
    const { resolver, annotations, members, places, seeds } = this;
    return new AssignedProperties(resolver, annotations, members, places, seeds, parts, written);
  }

  private filledOf(parts: RowParts): FilledOperands {
    const { pointsTo, resolver, origins, told, members, places, seeds } = this;
    return new FilledOperands(pointsTo, resolver, origins, told, members, places, seeds, parts);
  }

  private objectsOf(tables: Tables): TypedObjects {
    const { pointsTo, resolver, origins, places, seeds } = this;
    const isUnknown = (node: FunctionNode, value: ValueId): boolean =>
      (origins.isOpaque(node, value) || origins.isOutside(node, value)) &&
      !this.told.isTypedAlready(node, value);
    return new TypedObjects(pointsTo, resolver, origins.writers, tables, places, seeds, isUnknown);
  }

  /** Calls that give rows with child data. */
  get rowsSeen(): RowsRead["seen"] {
    return this.rows.seen;
  }

  /** Calls of a store of which it is known what comes back. */
  get rowsTold(): RowsRead["told"] {
    return this.rows.told;
  }

  /** Values that are read as fields. */
  get seeded(): readonly SeededValue[] {
    return this.seeds.seeded;
  }

  seedAll(): void {
    if (this.annotations.fields.size === 0) return;
    for (const node of this.pointsTo.program.functions) {
      if (isUnusedClosure(this.pointsTo, node)) continue;
      try {
        this.seedFunction(node);
      } catch (error) {
        this.tabulation.hooks.failed(node, error);
      }
    }
  }

  private seedFunction(node: FunctionNode): void {
    node.code.forEach((instruction, point) => {
      switch (instruction.kind) {
        case "arguments":
          this.parameters.seedArguments(node, point, instruction.out);
          break;
        case "parameter":
          this.parameters.seed(node, point, instruction.index, instruction.out);
          this.typedInputs.seedParameter(node, point, instruction.index, instruction.out);
          break;
        case "declare":
          this.declared(node, point, instruction);
          break;
        case "cast":
          this.typedObjects.seed(node, instruction.value, instruction.type, {
            point,
            base: instruction.out,
            at: instruction.at,
          });
          this.typed(
            node,
            point,
            instruction.value,
            instruction.out,
            [instruction.typeAt, instruction.at],
            instruction.at,
          );
          break;
        case "load":
          this.read(node, point, instruction);
          break;
        case "copy-properties":
          this.copied(node, point, instruction);
          break;
        case "store":
          this.put(node, point, instruction);
          break;
        case "call":
          this.calls.seed(node, point, instruction);
          this.seedTyped(node, point);
          this.guards.seedCall(node, point, instruction);
          this.filled.seed(node, point, instruction);
          this.pushed.seed(node, point, instruction);
          break;
        default:
          break;
      }
    });
    this.guards.seedBranches(node);
    this.returns(node);
  }

  private declared(
    node: FunctionNode,
    point: number,
    instruction: Extract<Instruction, { kind: "declare" }>,
  ): void {
    const marked = this.annotations.byDeclaration.get(declarationId(node.file, instruction.nameAt[0]));
    if (marked !== undefined) {
      if (this.origins.isOutside(node, instruction.value) || this.origins.isOpaque(node, instruction.value)) {
        this.seeds.begin(node, point, instruction.out, [], marked, instruction.nameAt, {
          kind: "holds",
          name: instruction.name,
          field: this.seeds.nameOf(marked),
        });
      }
      return;
    }
    const { type, value, out, nameAt, name } = instruction;
    if (type === null) return;
    this.typedObjects.seed(node, value, type, { point, base: out, at: nameAt });
    this.typed(node, point, value, out, [nameAt], nameAt, name);
  }

  /** A value of unknown content gets a marked type: from here on it holds what the type says. */
  private typed(
    node: FunctionNode,
    point: number,
    value: ValueId,
    out: ValueId,
    spans: readonly Span[],
    at: Span,
    name = "",
  ): void {
    if (!this.origins.isOpaque(node, value) && !this.origins.isOutside(node, value)) return;
    for (const span of spans) {
      const parts = this.resolver.childDataIn(node.file, span);
      if (parts.length > 0 && this.told.isTypedAlready(node, value)) return;
      const told = parts.length === 0 ? null : this.writtenOut.of(node, value);
      for (const part of parts) {
        if (told?.has(part.field) === true) continue;
        if (isSetAnew(this.pointsTo, this.origins, node, value, part.path, point)) continue;
        const note: StepNote =
          name === ""
            ? { kind: "enters", field: this.seeds.nameOf(part.field) }
            : { kind: "holds", name, field: this.seeds.nameOf(part.field) };
        this.seeds.beginFrom(value, node, point, out, part.path, part.field, at, note);
      }
      if (parts.length > 0) return;
    }
  }

  /** A part of an object is copied from one of unknown content, and the object is taken for one of a marked type. */
  private copied(
    node: FunctionNode,
    point: number,
    { source: from, target, at }: InstructionOf<"copy-properties">,
  ): void {
    if (!this.origins.isOpaque(node, from) && !this.origins.isOutside(node, from)) return;
    if (this.told.isTypedAlready(node, from)) return;
    for (const part of this.resolver.childDataIn(node.file, at)) {
      if (part.path.length === 0) continue;
      this.seeds.beginFrom(from, node, point, target, part.path, part.field, at, {
        kind: "enters",
        field: this.seeds.nameOf(part.field),
      });
    }
  }

  private read(node: FunctionNode, point: number, instruction: Extract<Instruction, { kind: "load" }>): void {
    const { property } = instruction;
    const name = property.kind === "name" ? property.name : null;
    if (name !== null && !this.annotations.names.has(name)) {
      if (this.related.seed(node, point, instruction, name)) return;
      const holder = this.told.parameterBehind(node, instruction.object, [name]);
      if (holder === null || !this.origins.isOpaque(node, instruction.out)) return;
      const parts = this.resolver.childDataIn(node.file, instruction.nameAt);
      if (parts.length === 0 || !this.told.isUntoldByCaller(node, holder)) return;
      for (const part of parts)
        this.seeds.beginFrom(
          instruction.object,
          node,
          point,
          instruction.out,
          part.path,
          part.field,
          instruction.at,
          {
            kind: "reads",
            field: this.seeds.nameOf(part.field),
          },
          [name],
        );
      return;
    }
    if (name === null && property.kind !== "computed") return;
    if (!this.origins.isOpaque(node, instruction.object)) return;
    const fields = this.resolver.fieldsAt(node.file, instruction.nameAt[0]);
    if (fields.length === 0 || this.told.isToldAtRoot(node, instruction.object)) return;
    for (const field of fields) {
      const note = { kind: "reads", field: this.seeds.nameOf(field) } as const;
      const within = name === null ? ["*"] : [name];
      this.seeds.beginFrom(
        instruction.object,
        node,
        point,
        instruction.out,
        [],
        field,
        instruction.at,
        note,
        within,
      );
    }
  }

  private put(node: FunctionNode, point: number, instruction: Extract<Instruction, { kind: "store" }>): void {
    const { property } = instruction;
    this.calls.seedAssigned(node, point, instruction);
    if (property.kind === "computed") this.filled.seedKeyed(node, point, instruction);
    if (property.kind === "name") this.assigned.seed(node, point, instruction, property.name);
  }

  private seedTyped(node: FunctionNode, point: number): void {
    const site = this.pointsTo.findSite(node, point);
    if (site !== undefined) this.typedInputs.seedResult(site);
  }

  /** A function whose result is marked. */
  private returns(node: FunctionNode): void {
    const { returnType } = node.graph;
    if (returnType !== null)
      for (const { end } of node.graph.blocks)
        if (end.kind === "return" && end.value !== null) {
          const made = node.definitions[end.value];
          const place =
            made?.kind === "instruction" ? { point: made.point, base: end.value, at: end.at } : null;
          this.typedObjects.seed(node, end.value, returnType, place);
        }
    const field = this.annotations.byDeclaration.get(declarationId(node.file, node.graph.nameAt[0]));
    if (field === undefined || node.graph.kind === "module") return;
    for (const block of node.graph.blocks) {
      if (block.end.kind !== "return" || block.end.value === null) continue;
      const { value, at } = block.end;
      const definition = node.definitions[value];
      if (!this.origins.isOutside(node, value) && !this.origins.isOpaque(node, value)) continue;
      if (definition?.kind !== "instruction") {
        const { facts } = this.tabulation;
        this.tabulation.exit(
          this.tabulation.zero(node),
          facts.fact(returned, accessPath([]), facts.state(field)),
          source(node, at, { kind: "holds", name: node.graph.name, field: this.seeds.nameOf(field) }),
        );
        continue;
      }
      this.seeds.begin(node, definition.point, value, [], field, at, {
        kind: "holds",
        name: node.graph.name,
        field: this.seeds.nameOf(field),
      });
    }
  }
}
