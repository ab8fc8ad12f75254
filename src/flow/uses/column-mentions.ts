/** Reads of stores of which is not known what they give, and columns by which rows are looked up, sorted or counted. */
import type { OpenRead, UseFacts } from "../../contracts/uses.js";
import type { Span } from "../../base/location.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { foldParts, valuesAt } from "../models/address-values.js";
import type { HeldValues } from "../guards/held-values.js";
import type { ModelAt } from "../program/model-at.js";
import { pathCalled } from "../models/path-called.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { columnsRead, statementTexts } from "../stores/sql-sinks.js";
import { plainName } from "../stores/table-names.js";
import type { Tables } from "../stores/tables.js";
import { AskedColumns } from "./asked-columns.js";
import { creates } from "./creating-calls.js";
import { definitionOf } from "../paths/value-places.js";
import type { Writers } from "../points-to/writers.js";
import { ReadResults } from "./read-results.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly writers: Writers;
  readonly held: HeldValues;
  readonly tables: Tables;
  /** Calls of which it is told what comes back. */
  readonly told: ReadonlySet<CallSite>;
}

/** Parts of what a call is given that say what is written, or what comes back. */
const contents =
  /^(?:data|create|update|set|values|defaults|select|omit|include|attributes|columns|fields|projection|returning|document|Item|body|\$set|\$setOnInsert|\$push)$/u;
/** Words by which queries are put together. */
const asking =
  /(?:^|\.)(?:(?:and|or)?where\w*|having\w*|order\w*|group\w*|sort|distinct\w*|count|max|min|avg|sum|eq|ne|neq|gte?|lte?|i?like|in|inArray|is|isNull|isNotNull|not|between|contains|match|search|textSearch|filter|asc|desc|near|intersects)$/u;
/** What only says how many rows there are, or whether there is one, by its conditions. */
const counting = /(?:^|\.)(?:count\w*|estimated\w*count|exist\w*)$/iu;
const deepest = 5;

export class ColumnMentions {
  readonly openReads: OpenRead[] = [];
  readonly mentioned = new Set<string>();
  /** Objects that were looked at, and at what depth. */
  private readonly seen = new Map<AbstractValue, number>();

  private readonly columns: AskedColumns;
  private readonly results: ReadResults;

  constructor(private readonly asked: Asked) {
    this.columns = new AskedColumns(asked.pointsTo, asked.writers, asked.tables);
    this.results = new ReadResults(asked.pointsTo, asked.models, this.columns);
    for (const site of asked.pointsTo.sites.values()) {
      if (site.foreign.size === 0 || site.instruction.kind !== "call") continue;
      const matches = asked.models.at(site);
      const isTold = matches.some(({ model }) =>
        model.roles.some(({ kind }) => kind === "rows" || kind === "sql"),
      );
      for (const match of matches) this.look(site, match, isTold);
      const isPackage = [...site.foreign].some(({ module }) => module.startsWith("npm:"));
      if (isPackage && asking.test(site.instruction.name)) this.arguments(site);
      if (isPackage && counting.test(site.instruction.name)) this.conditions(site, new Set());
    }
  }

  get facts(): Pick<UseFacts, "openReads" | "mentioned"> {
    return this;
  }

  /** `isTold`: some model tells which rows come. */
  private look(site: CallSite, match: ModelAt, isTold: boolean): void {
    const { roles } = match.model;
    for (const role of roles) {
      if (role.kind === "rows") {
        this.conditions(site, new Set());
        const table = foldParts(this.asked.pointsTo, site, role.entity.parts, match.names);
        this.open(site, match, table, this.columns.ofModel(site, match, role));
      } else if (role.kind === "sql") this.statement(site, match, role);
      else if (role.kind === "delete") this.conditions(site, new Set());
      else if (role.kind === "store" && role.medium !== "browser")
        // In a browser no rows are looked up: what stands beside a cookie is the answer.
        this.conditions(
          site,
          new Set(role.data.flatMap((data) => valuesAt(this.asked.pointsTo, site, data, match.names))),
        );
      else if (role.kind === "input" && !isTold)
        if ([...site.foreign].some((callee) => this.asked.held.isStore(callee)))
          this.open(site, match, null, null);
    }
  }

  private statement(
    site: CallSite,
    match: ModelAt,
    role: Extract<ModelAt["model"]["roles"][number], { kind: "sql" }>,
  ): void {
    const { pointsTo } = this.asked;
    for (const text of statementTexts(pointsTo, site, role, match.names)) this.text(text);
    for (const { tables, columns } of columnsRead(pointsTo, site, role, match.names))
      for (const table of tables.length === 0 ? ["*"] : tables) this.open(site, match, table, columns);
  }

  /** What stands behind FROM, or WHERE, of what is no insert. */
  private text(text: string): void {
    if (/^\s*(?:insert|replace)\b/iu.test(text)) return;
    const behind = /\b(?:from|where)\b(?<rest>[\s\S]*)$/iu.exec(text)?.groups?.["rest"] ?? "";
    for (const [word] of behind.matchAll(/[a-z_]\w*/giu)) this.mentioned.add(plainName(word));
    for (const [, inner = ""] of text.matchAll(/\b(?:count|max|min|avg|sum|lower|upper)\s*\(([^()]*)\)/giu))
      for (const [word] of inner.matchAll(/[a-z_]\w*/giu)) this.mentioned.add(plainName(word));
  }

  private open(
    site: CallSite,
    match: ModelAt,
    target: string | null,
    columns: ReadonlySet<string> | null,
  ): void {
    const { instruction, caller } = site;
    if (instruction.kind !== "call" || this.asked.told.has(site)) return;
    // What has just been written comes back with it.
    if (creates(instruction) && match.model.roles.some(({ kind }) => kind !== "sql")) return;
    if (this.isTyped(caller, instruction.out, 0)) return;
    const asked = columns ?? this.columns.ofOptions(site);
    if (!this.results.isRead(caller, instruction.out, asked === null)) return;
    this.openReads.push({
      medium: null,
      package: match.callee.module.replace(/^npm:/u, ""),
      callee: instruction.name,
      path: pathCalled(match),
      target,
      cascades: [],
      columns: asked,
    });
  }

  /** The program says of which marked type what comes back is: then it is known by value what becomes of it. */
  private isTyped(node: FunctionNode, value: ValueId, depth: number): boolean {
    if (depth > 6) return false;
    const { resolver } = this.asked.pointsTo;
    const isMarked = (owner: FunctionNode, span: Span): boolean =>
      resolver.childDataIn(owner.file, span).length > 0;
    const uses = (node.uses[value] ?? []).map((point) => node.code[point]);
    const isUsedSo = uses.some((use) => {
      if (use?.kind === "await") return this.isTyped(node, use.out, depth + 1);
      if (use?.kind === "declare")
        return isMarked(node, use.nameAt) || this.isTyped(node, use.out, depth + 1);
      if (use?.kind === "cast") return isMarked(node, use.typeAt) || this.isTyped(node, use.out, depth + 1);
      return use?.kind === "call" && use.receiver === value && this.isTyped(node, use.out, depth + 1);
    });
    if (isUsedSo) return true;
    const isReturned = node.graph.blocks.some(({ end }) => end.kind === "return" && end.value === value);
    const callers = isReturned ? this.asked.pointsTo.callersOf(node) : [];
    return (
      callers.length > 0 &&
      callers.every(
        ({ site }) =>
          isMarked(site.caller, site.instruction.at) ||
          ("out" in site.instruction && this.isTyped(site.caller, site.instruction.out, depth + 1)),
      )
    );
  }

  /** Names of columns in the conditions of a call: `{ where: { school }, orderBy: { birthDate: "asc" } }`. */
  private conditions({ caller, instruction }: CallSite, data: ReadonlySet<AbstractValue>): void {
    if (instruction.kind !== "call") return;
    for (const { value } of instruction.arguments)
      for (const object of this.asked.pointsTo.valuesOf(caller, value))
        if (!data.has(object)) this.options(object, 0);
  }

  private options(object: AbstractValue, depth: number): void {
    if (object.kind !== "object" || depth > deepest || (this.seen.get(object) ?? Infinity) <= depth) return;
    this.seen.set(object, depth);
    for (const { node, name, value } of this.asked.writers.ofObject(object)) {
      if (contents.test(name)) continue;
      const inner = [...this.asked.pointsTo.valuesOf(node, value)];
      this.mentioned.add(plainName(name.replace(/^.*\./u, "")));
      for (const each of inner) {
        this.options(each, depth + 1);
        if (
          each.kind === "constant" &&
          typeof each.value === "string" &&
          /by$|distinct|order|group/iu.test(name)
        )
          this.mentioned.add(plainName(each.value));
      }
    }
  }

  /** A name with its table's, or a whole condition: `"s.school = :school"`. */
  private condition(text: string): void {
    this.mentioned.add(plainName(text.replace(/^.*\./u, "").replace(/^-/u, "")));
    if (/[\s=<>(]/u.test(text))
      for (const [word] of text.matchAll(/(?<![:@$\w])[a-z_]\w*/giu)) this.mentioned.add(plainName(word));
  }

  /** `.where("school", school)`, `eq(children.school, school)`, `.sort({ age: 1 })` */
  private arguments({ caller, instruction }: CallSite): void {
    if (instruction.kind !== "call") return;
    for (const { value } of instruction.arguments) {
      const definition = definitionOf(caller, value);
      if (definition?.kind === "constant" && typeof definition.value === "string")
        this.condition(definition.value);
      if (definition?.kind === "load" && definition.property.kind === "name")
        this.mentioned.add(plainName(definition.property.name));
      for (const object of this.asked.pointsTo.valuesOf(caller, value)) this.options(object, 1);
    }
  }
}
