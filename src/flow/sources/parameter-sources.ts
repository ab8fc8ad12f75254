/** Child data that comes in by parameters: of functions called from outside, or handed what nothing told of. */
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { Argument, Parameter, ValueId } from "../../contracts/file-graph.js";
import type { AddressStep } from "../../contracts/address.js";
import type { Role } from "../../contracts/model.js";
import type { ChildDataPath, Resolver } from "../../contracts/resolver.js";
import type { Borders } from "../tabulation/borders.js";
import type { Origins } from "./origins.js";
import { argumentsFor } from "../program/edge-arguments.js";
import { operandsAt } from "../models/address-values.js";
import { nothingAsked } from "../stores/row-columns.js";
import type { RowColumns } from "../stores/row-columns.js";
import type { RowsBehind } from "../stores/rows-behind.js";
import type { Table } from "../stores/table.js";
import type { Tables } from "../stores/tables.js";
import { isParameter } from "./parameter-origins.js";
import type { CallbackEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { selectModels } from "../models/select-models.js";
import type { FunctionNode } from "../program/program.js";
import type { Seeds } from "./seeds.js";
import type { ToldByType } from "./told-by-type.js";

const deepest = 8;

/** What a caller hands over that nothing told of. */
interface Feed {
  /** Is it told of the field already where it is read from a store? */
  readonly isTold: (path: readonly string[], field: FieldId) => boolean;
  /** A text or a number by its type. */
  readonly isScalar: boolean;
  /** The marked parts that it may hold by its type; null: all that the parameter's type tells. */
  readonly parts: readonly ChildDataPath[] | null;
}

export class ParameterSources {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    private readonly origins: Origins,
    private readonly seeds: Seeds,
    private readonly tables: Tables,
    private readonly columns: RowColumns,
    private readonly told: ToldByType,
    private readonly borders: Borders,
    private readonly rows: RowsBehind,
  ) {}

  /** `arguments` of a function that is called from outside: what each of its parameters would hold. */
  seedArguments(node: FunctionNode, point: number, out: ValueId): void {
    if (!this.origins.isEntry(node)) return;
    for (const { index, rest } of node.graph.parameters)
      if (!rest) this.seed(node, point, index, out, [String(index)]);
  }

  /** Seeds what a parameter holds, by its mark or else by its type; `within`: the place where `out` has it. */
  seed(node: FunctionNode, point: number, index: number, out: ValueId, within: readonly string[] = []): void {
    const parameter = node.graph.parameters[index];
    if (parameter === undefined) return;
    const marked = this.annotations.byDeclaration.get(declarationId(node.file, parameter.nameAt[0]));
    if (marked === undefined && within.length === 0 && this.origins.isEntry(node))
      this.seedBrought(node, point, out, parameter);
    const table = marked === undefined ? this.tableOf(node, parameter) : null;
    if (marked === undefined && table === null && this.isPlain(node, parameter)) return;
    const name = parameter.name ?? "";
    const isEntry = this.origins.isEntry(node);
    const feeds = isEntry ? null : this.feedsOf(node, index, out);
    if (feeds?.length === 0) return;
    if (marked !== undefined) {
      const begun = this.seeds.begin(node, point, out, within, marked, parameter.nameAt, {
        kind: "holds",
        name,
        field: this.seeds.nameOf(marked),
      });
      if (!isEntry) this.borders.hold({ node, value: out, path: [], field: marked }, begun);
      return;
    }
    if (table !== null)
      for (const { path, field } of this.columns.of(table, nothingAsked, null)) {
        if (feeds?.every(({ isTold }) => isTold(path, field)) === true) continue;
        this.seeds.begin(node, point, out, [...within, ...path], field, parameter.nameAt, {
          kind: "holds",
          name,
          field: this.seeds.nameOf(field),
        });
      }
    for (const part of this.resolver.childDataIn(node.file, parameter.nameAt)) {
      if (feeds?.every((feed) => !mayHold(feed, part)) === true) continue;
      this.seeds.begin(node, point, out, [...within, ...part.path], part.field, parameter.nameAt, {
        kind: "holds",
        name,
        field: this.seeds.nameOf(part.field),
      });
    }
  }

  /** What something of a package's type brings, which the type's argument tells: `watch(pupils: Observable<Pupil>)`. */
  private seedBrought(node: FunctionNode, point: number, out: ValueId, parameter: Parameter): void {
    const { type, nameAt, name } = parameter;
    if (type?.kind !== "named" || type.arguments.length === 0) return;
    const places = new Map<string, readonly string[]>();
    for (const value of this.pointsTo.valuesOf(node, out)) {
      if (value.kind !== "foreign") continue;
      for (const { model } of this.pointsTo.catalogue.match(value.module, value.path, "type"))
        for (const place of model.roles.flatMap(placesBrought)) places.set(place.join("."), place);
    }
    if (places.size === 0) return;
    for (const { path, field } of this.tables.ofArgument(node.file, type))
      for (const place of places.values())
        this.seeds.begin(node, point, out, [...place, ...path], field, nameAt, {
          kind: "holds",
          name: name ?? "",
          field: this.seeds.nameOf(field),
        });
  }

  /** The rows that a parameter's type describes, if a package makes it of a table and no type tells more. */
  private tableOf(node: FunctionNode, { type, nameAt }: Parameter): Table | null {
    if (type?.kind !== "named" && type?.kind !== "query") return null;
    const table = this.tables.ofComputed(node.file, type);
    // Private members are no data: they only keep what a package's type is made of.
    const isTold =
      table !== null &&
      this.resolver.childDataIn(node.file, nameAt).some(({ path: [name] }) => name?.startsWith("#") !== true);
    return isTold ? null : table;
  }

  /** The written type tells at once that the parameter holds no child data. */
  private isPlain(node: FunctionNode, { type, nameAt }: Parameter): boolean {
    if (type === null) return false;
    if (type.kind === "keyword" && type.name !== "object") return true;
    return this.resolver.childDataIn(node.file, nameAt).length === 0;
  }

  /** What callers hand over that no type or mark of their own tells to be child data. */
  private feedsOf(node: FunctionNode, index: number, out: ValueId): readonly Feed[] {
    const parameter = node.graph.parameters[index];
    if (parameter === undefined) return [];
    const feeds: Feed[] = this.isFedByCallbacks(node, index, out)
      ? [{ isScalar: false, parts: null, isTold: (path, field) => this.rows.isTold(node, out, path, field) }]
      : [];
    for (const edge of this.pointsTo.callersOf(node))
      for (const argument of argumentsFor(edge, index)) {
        // A type that only the context gives is asked for where something comes from outside, not for what is opaque.
        const isTyped = parameter.type !== null || this.isMarked(node, parameter);
        if (!isTyped && !this.told.isUntypedInput(edge.site.caller, argument.value)) continue;
        const feed = this.feedOf(edge.site.caller, argument, node, parameter);
        if (feed !== null) feeds.push(feed);
      }
    return feeds;
  }

  private isMarked({ file }: FunctionNode, { nameAt }: Parameter): boolean {
    return this.annotations.byDeclaration.has(declarationId(file, nameAt[0]));
  }

  private feedOf(
    caller: FunctionNode,
    { value, at, spread }: Argument,
    { file }: FunctionNode,
    { nameAt }: Parameter,
  ): Feed | null {
    if (!this.origins.isOutside(caller, value) && !this.origins.isOpaque(caller, value)) return null;
    if (this.resolver.childDataIn(caller.file, at).length > 0) return null;
    if (this.told.isOfTypeVariable(caller, { value, at })) return null;
    const isTold: Feed["isTold"] = (path, field) => this.rows.isTold(caller, value, path, field);
    if (spread) return { isScalar: false, parts: null, isTold };
    return {
      isTold,
      isScalar: this.resolver.isScalar?.(caller.file, at) === true,
      parts: this.resolver.childDataGiven?.(caller.file, at, file, nameAt) ?? null,
    };
  }

  /** A library hands over what the program did not make; what comes out of a typed parameter is told there. */
  private isFedByCallbacks(node: FunctionNode, index: number, out: ValueId): boolean {
    const edges = this.pointsTo.callbacksOf(node);
    if (edges.length === 0 || !this.origins.isOpaque(node, out)) return false;
    return !edges.every((edge) => this.isFedByTypedParameters(edge, index));
  }

  private isFedByTypedParameters(edge: CallbackEdge, index: number): boolean {
    const operands = this.feedingOf(edge, index);
    return operands.length > 0 && operands.every((value) => this.isTypedParameter(edge.site.caller, value));
  }

  /** The operands of a library's call that it hands on to this parameter of a function. */
  private feedingOf(edge: CallbackEdge, index: number): readonly ValueId[] {
    const { site } = edge;
    const feeding = [...site.foreign].flatMap((callee) =>
      selectModels(this.pointsTo, site, callee).flatMap(({ model }) =>
        model.roles.flatMap((role) =>
          role.kind === "flow" && role.to.some((to) => isParameter(to, edge, index)) ? role.from : [],
        ),
      ),
    );
    return feeding.flatMap((from) => operandsAt(site, from));
  }

  private isTypedParameter(node: FunctionNode, value: ValueId, depth = 0): boolean {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || depth > deepest) return false;
    const { instruction, point } = definition;
    if (instruction.kind === "declare") return this.isTypedParameter(node, instruction.value, depth + 1);
    if (instruction.kind === "call") {
      const site = this.pointsTo.findSite(node, point);
      return site !== undefined && this.isOfTypedParameters(site, depth);
    }
    if (instruction.kind !== "parameter") return false;
    const parameter = node.graph.parameters[instruction.index];
    return (
      parameter !== undefined &&
      parameter.type !== null &&
      this.resolver.childDataIn(node.file, parameter.nameAt).length > 0
    );
  }

  /** `people.filter(isTutor)`: nothing comes back but what was in a list that a typed parameter holds. */
  private isOfTypedParameters(site: CallSite, depth: number): boolean {
    if (site.edges.size > 0 || site.foreign.size === 0) return false;
    return [...site.foreign].every((callee) => {
      const given = selectModels(this.pointsTo, site, callee).flatMap(({ model }) =>
        model.roles.flatMap((role) =>
          role.kind === "flow" && role.to.some(({ root }) => root.kind === "return") ? role.from : [],
        ),
      );
      const operands = given.flatMap((from) => operandsAt(site, from));
      return (
        given.length > 0 &&
        given.every(({ root, steps }) => root.kind === "this" && !steps.some(isOfFunction)) &&
        operands.length > 0 &&
        operands.every((value) => this.isTypedParameter(site.caller, value, depth + 1))
      );
    });
  }
}

/** Where in what is of the type lies what comes in by it: `value.emitted_`. */
function placesBrought(role: Role): readonly (readonly string[])[] {
  if (role.kind !== "input") return [];
  return role.output.flatMap(({ root, steps }) => {
    const names = steps.flatMap((step) => (step.kind === "property" ? [step.name] : []));
    return root.kind === "value" && names.length > 0 && names.length === steps.length ? [names] : [];
  });
}

/** A text or a number has no parts: `label(pupil.seat)` hands no pupil to `label(subject: Pupil | number)`. */
function mayHold({ isScalar, parts, isTold }: Feed, part: ChildDataPath): boolean {
  return (
    (part.path.length === 0 || !isScalar) &&
    (parts === null || parts.includes(part)) &&
    !isTold(part.path, part.field)
  );
}

function isOfFunction({ kind }: AddressStep): boolean {
  return kind === "result" || kind === "parameter" || kind === "receiver";
}
