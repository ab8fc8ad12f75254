/** Where child data begins: typed reads of what the program did not make, and borders where data becomes marked. */
import type { AnnotationTable, FieldId } from "../contracts/annotation.js";
import { declarationId } from "../contracts/annotation.js";
import type { Span } from "../base/location.js";
import type { Instruction, ValueId } from "../contracts/file-graph.js";
import type { Protection, StepNote } from "../contracts/flow.js";
import type { Address, Role } from "../contracts/model.js";
import type { Resolver } from "../contracts/resolver.js";
import { accessPath } from "./access-path.js";
import { rootPlaces, writtenPaths } from "./address-facts.js";
import { valuesAt } from "./address-values.js";
import { returned } from "./fact.js";
import type { Base } from "./fact.js";
import type { ForeignCalls } from "./foreign-calls.js";
import type { ModelAt } from "./model-at.js";
import { Origins } from "./origins.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { schemaFields } from "./schema-fields.js";
import { SealedValues } from "./sealed-values.js";
import type { StoreStates } from "./store-states.js";
import { TableBorders } from "./table-borders.js";
import type { Tabulation } from "./tabulation.js";
import { source } from "./trace.js";

type Call = Extract<Instruction, { kind: "call" }>;

const raw: Protection = { kind: "raw" };

export class Sources {
  readonly origins: Origins;
  private readonly borders: TableBorders;
  private readonly states: StoreStates;

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    private readonly foreign: ForeignCalls,
    states: StoreStates,
  ) {
    this.origins = new Origins(pointsTo, resolver, annotations);
    this.borders = new TableBorders(
      tabulation,
      pointsTo,
      this.origins,
      new SealedValues(pointsTo, this.origins, annotations),
      annotations,
      states,
    );
    this.states = states;
  }

  seedAll(): void {
    if (this.annotations.fields.size === 0) return;
    for (const node of this.pointsTo.program.functions) this.seedFunction(node);
  }

  private seedFunction(node: FunctionNode): void {
    node.code.forEach((instruction, point) => {
      switch (instruction.kind) {
        case "parameter":
          this.parameter(node, point, instruction.index, instruction.out);
          break;
        case "declare":
          this.declared(node, point, instruction);
          break;
        case "cast":
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
        case "store":
          this.put(node, point, instruction);
          break;
        case "call":
          this.called(node, point, instruction);
          break;
        default:
          break;
      }
    });
    this.returns(node);
  }

  /** The same for what may have been read from a store, in whose state it is. */
  private beginFrom(
    from: ValueId,
    node: FunctionNode,
    point: number,
    base: Base,
    path: readonly string[],
    field: FieldId,
    span: Span,
    note: StepNote,
  ): void {
    const stores = this.borders.storesBehind(node, from);
    const begin = (protection: Protection): void => {
      this.begin(node, point, base, path, field, span, note, protection);
    };
    if (stores.length === 0) begin(raw);
    else this.states.read({ stores, field, begin });
  }

  private begin(
    node: FunctionNode,
    point: number,
    base: Base,
    path: readonly string[],
    field: FieldId,
    span: Span,
    note: StepNote,
    protection: Protection = raw,
  ): void {
    const state = this.tabulation.facts.state(field, protection);
    this.tabulation.put(
      this.tabulation.zero(node),
      point,
      base,
      accessPath(path),
      state,
      source(node, span, note),
    );
  }

  private nameOf(field: FieldId): string {
    return this.annotations.fields.get(field)?.name ?? field;
  }

  private parameter(node: FunctionNode, point: number, index: number, out: ValueId): void {
    const parameter = node.graph.parameters[index];
    if (parameter === undefined) return;
    const marked = this.annotations.byDeclaration.get(declarationId(node.file, parameter.nameAt[0]));
    const name = parameter.name ?? "";
    const isEntry = this.origins.isEntry(node);
    const isFed = isEntry || this.isFedFromOutside(node, index, out);
    if (!isFed) return;
    if (marked !== undefined) {
      this.begin(node, point, out, [], marked, parameter.nameAt, {
        kind: "holds",
        name,
        field: this.nameOf(marked),
      });
      return;
    }
    if (parameter.type?.kind === "keyword" && parameter.type.name !== "object") return;
    for (const part of this.resolver.childDataIn(node.file, parameter.nameAt)) {
      this.begin(node, point, out, part.path, part.field, parameter.nameAt, {
        kind: "holds",
        name,
        field: this.nameOf(part.field),
      });
    }
  }

  /** Some caller hands over what no type or mark of its own tells to be child data. */
  private isFedFromOutside(node: FunctionNode, index: number, out: ValueId): boolean {
    const parameter = node.graph.parameters[index];
    if (parameter === undefined) return false;
    if (
      parameter.type === null &&
      !this.annotations.byDeclaration.has(declarationId(node.file, parameter.nameAt[0]))
    )
      return this.pointsTo.callbacksOf(node).length > 0 && this.origins.isOpaque(node, out);
    if (this.pointsTo.callbacksOf(node).length > 0 && this.origins.isOpaque(node, out)) return true;
    return this.pointsTo.callersOf(node).some((edge) => {
      if (edge.site.instruction.kind !== "call") return false;
      const argument = edge.site.instruction.arguments[index];
      if (argument === undefined) return false;
      const { caller } = edge.site;
      if (!this.origins.isOutside(caller, argument.value) && !this.origins.isOpaque(caller, argument.value))
        return false;
      return this.resolver.childDataIn(caller.file, argument.at).length === 0;
    });
  }

  private declared(
    node: FunctionNode,
    point: number,
    instruction: Extract<Instruction, { kind: "declare" }>,
  ): void {
    const marked = this.annotations.byDeclaration.get(declarationId(node.file, instruction.nameAt[0]));
    if (marked !== undefined) {
      if (this.origins.isOutside(node, instruction.value) || this.origins.isOpaque(node, instruction.value)) {
        this.begin(node, point, instruction.out, [], marked, instruction.nameAt, {
          kind: "holds",
          name: instruction.name,
          field: this.nameOf(marked),
        });
      }
      return;
    }
    if (instruction.type !== null)
      this.typed(
        node,
        point,
        instruction.value,
        instruction.out,
        [instruction.nameAt],
        instruction.nameAt,
        instruction.name,
      );
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
    if (this.isTypedAlready(node, value)) return;
    for (const span of spans) {
      const parts = this.resolver.childDataIn(node.file, span);
      for (const part of parts) {
        const note: StepNote =
          name === ""
            ? { kind: "enters", field: this.nameOf(part.field) }
            : { kind: "holds", name, field: this.nameOf(part.field) };
        this.beginFrom(value, node, point, out, part.path, part.field, at, note);
      }
      if (parts.length > 0) return;
    }
  }

  private isTypedAlready(node: FunctionNode, value: ValueId): boolean {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return false;
    const { instruction } = definition;
    if (instruction.kind === "await") return this.isTypedAlready(node, instruction.value);
    const span =
      instruction.kind === "parameter"
        ? node.graph.parameters[instruction.index]?.nameAt
        : instruction.kind === "declare"
          ? instruction.nameAt
          : instruction.at;
    return span !== undefined && this.resolver.childDataIn(node.file, span).length > 0;
  }

  private read(node: FunctionNode, point: number, instruction: Extract<Instruction, { kind: "load" }>): void {
    const { property } = instruction;
    const name = property.kind === "name" ? property.name : null;
    if (name !== null && !this.annotations.names.has(name)) return;
    if (name === null && property.kind !== "computed") return;
    if (this.isToldAtRoot(node, instruction.object, 0) || !this.origins.isOpaque(node, instruction.object))
      return;
    for (const field of this.resolver.fieldsAt(node.file, instruction.nameAt[0])) {
      this.beginFrom(instruction.object, node, point, instruction.out, [], field, instruction.at, {
        kind: "reads",
        field: this.nameOf(field),
      });
    }
  }

  /** Where the value begins its type tells already what it holds, or its caller knows by value: it flows from there. */
  private isToldAtRoot(node: FunctionNode, value: ValueId, depth: number): boolean {
    const definition = node.definitions[value];
    if (definition?.kind === "phi")
      return (
        depth < 6 && definition.phi.inputs.every((input) => this.isToldAtRoot(node, input.value, depth + 1))
      );
    if (definition?.kind !== "instruction" || depth > 12) return false;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
        if (
          this.resolver.childDataIn(
            node.file,
            instruction.kind === "declare" ? instruction.nameAt : instruction.typeAt,
          ).length > 0 &&
          this.isUntypedRoot(node, instruction.value)
        )
          return true;
        return this.isToldAtRoot(node, instruction.value, depth + 1);
      case "await":
        return this.isToldAtRoot(node, instruction.value, depth + 1);
      case "load":
      case "iterate":
      case "object-rest":
        return this.isToldAtRoot(node, instruction.object, depth + 1);
      case "parameter": {
        const parameter = node.graph.parameters[instruction.index];
        if (parameter === undefined) return false;
        return (
          !this.origins.isEntry(node) || this.resolver.childDataIn(node.file, parameter.nameAt).length > 0
        );
      }
      case "call":
        return (
          this.resolver.childDataIn(node.file, instruction.at).length > 0 &&
          (this.pointsTo.findSite(node, definition.point)?.edges.size ?? 0) === 0
        );
      case "capture":
      case "cell-read":
      case "import-read":
      case "box-read":
        return true;
      default:
        return false;
    }
  }

  private isUntypedRoot(node: FunctionNode, value: ValueId): boolean {
    return (
      (this.origins.isOpaque(node, value) || this.origins.isOutside(node, value)) &&
      !this.isTypedAlready(node, value)
    );
  }

  private put(node: FunctionNode, point: number, instruction: Extract<Instruction, { kind: "store" }>): void {
    const { property } = instruction;
    if (property.kind !== "name" || !this.annotations.names.has(property.name)) return;
    const states = this.borders.statesOf(node, instruction.value);
    if (states.length === 0) return;
    for (const field of this.resolver.fieldsAt(node.file, instruction.nameAt[0])) {
      const trace = source(node, instruction.initial ? instruction.nameAt : instruction.at, {
        kind: "enters",
        field: this.nameOf(field),
      });
      for (const protection of states)
        this.tabulation.write(
          this.tabulation.zero(node),
          point,
          instruction.object,
          [property.name],
          this.tabulation.facts.state(field, protection),
          trace,
        );
    }
  }

  private called(node: FunctionNode, point: number, instruction: Call): void {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return;
    const models = this.foreign.modelsAt(site);
    this.borders.know(site, models);
    let told = false;
    for (const match of models) {
      for (const role of match.model.roles) {
        if (role.kind === "shaped") this.shaped(node, site, role, match);
        else if (role.kind === "rows") told = this.borders.read(site, role, match) || told;
        else if (role.kind === "store") this.borders.written(site, role, match);
        else if (role.kind === "sql") {
          this.borders.writtenByStatement(site, role, match);
          told = this.borders.readStatement(site, role, match) || told;
        }
      }
    }
    if (told) return;
    const isLibrary = [...site.foreign].some(
      (callee) => callee.module === "lib" || callee.module === "global",
    );
    if (isLibrary || !this.origins.isOpaque(node, instruction.out)) return;
    // What own functions give back is known by value, but for what they only pass on from elsewhere.
    if (site.edges.size > 0 && ![...site.edges.values()].some((edge) => this.passesOnForeign(edge.callee)))
      return;
    for (const part of this.resolver.childDataIn(node.file, instruction.at)) {
      this.beginFrom(instruction.out, node, point, instruction.out, part.path, part.field, instruction.at, {
        kind: "reads",
        field: this.nameOf(part.field),
      });
    }
  }

  /** The function returns what a package call gave it, without a type that tells what it holds. */
  private passesOnForeign(callee: FunctionNode): boolean {
    return callee.graph.blocks.some((block) => {
      if (block.end.kind !== "return" || block.end.value === null) return false;
      let current = block.end.value;
      for (let hops = 0; hops < 8; hops++) {
        const definition = callee.definitions[current];
        if (definition?.kind !== "instruction") return false;
        const { instruction, point } = definition;
        if (instruction.kind === "call")
          return (
            (this.pointsTo.findSite(callee, point)?.edges.size ?? 0) === 0 &&
            this.origins.isOpaque(callee, current) &&
            !this.isTypedAlready(callee, current)
          );
        if (instruction.kind === "declare" || instruction.kind === "cast" || instruction.kind === "await")
          current = instruction.value;
        else if (instruction.kind === "load") current = instruction.object;
        else return false;
      }
      return false;
    });
  }

  private shaped(
    node: FunctionNode,
    site: CallSite,
    role: Extract<Role, { kind: "shaped" }>,
    match: ModelAt,
  ): void {
    const schema = schemaFields(
      this.pointsTo,
      this.annotations,
      valuesAt(this.pointsTo, site, role.schema, match.names),
    );
    if (schema.length === 0) return;
    if (
      site.instruction.kind === "call" &&
      !site.instruction.arguments.some(
        (argument) =>
          this.origins.isOutside(node, argument.value) || this.origins.isOpaque(node, argument.value),
      )
    )
      return;
    for (const output of role.output) {
      for (const [place, components] of placesOf(this.pointsTo, site, output, match.names)) {
        for (const each of schema)
          this.begin(
            node,
            site.point,
            place,
            [...components, ...each.path],
            each.field,
            site.instruction.at,
            { kind: "enters", field: this.nameOf(each.field) },
          );
      }
    }
  }

  /** A function whose result is marked. */
  private returns(node: FunctionNode): void {
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
          source(node, at, { kind: "holds", name: node.graph.name, field: this.nameOf(field) }),
        );
        continue;
      }
      this.begin(node, definition.point, value, [], field, at, {
        kind: "holds",
        name: node.graph.name,
        field: this.nameOf(field),
      });
    }
  }
}

/** The values and paths an address stands for. */
function placesOf(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  names: readonly string[],
): (readonly [Base, readonly string[]])[] {
  return rootPlaces(site, address).flatMap((place) =>
    writtenPaths(pointsTo, site, address.steps, names).map(
      (components) => [place.base, [...place.prefix, ...components]] as const,
    ),
  );
}
