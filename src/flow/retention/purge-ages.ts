/**
 * How old child data is when a call erases it by its age: told by the statement's text, by points in time that its
 * condition is made of (followed backwards to where rows were looked up), and by what is asked on the way to it.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { PurgeAge } from "../../contracts/deletion.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { dominatorsOf } from "../guards/ages/dominators.js";
import { capturedFrom } from "../program/captured-from.js";
import type { Passage } from "../guards/open-way.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { statementTexts } from "../stores/sql-sinks.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { Writers } from "../points-to/writers.js";
import { AgeConditions, nameOf, type AgeFound } from "./age-conditions.js";
import { givenFor } from "../deletion/fixed-values.js";
import { handedIntervals, stretchOf } from "./handed-intervals.js";
import { sqlAgeOf, sqlAgeOfPart, type SqlAge } from "./sql-ages.js";
import { callersAlong, secondsOf, type TimeValues } from "./time-values.js";

/** Names of columns that say when something was. */
const timeName =
  /(?:_at|At|_on|On|[dD]ate|[tT]ime|[sS]ince|[uU]ntil|created|updated|modified|mtimeMs?|birthtimeMs?|[eE]xpir\w*|last\w*|age)$/u;
const comparing =
  /^(?:\$?(?:lt|lte|gt|gte|le|ge|not|and|or|in|where|having|AND|OR|NOT|filter|query|range|date_range|between))$/u;
const mostValues = 400;

interface Statement extends SqlAge {
  readonly text: string;
  /** How long each is that is handed over for its interval; none: that cannot be told. */
  readonly handed: readonly number[];
}

interface Search {
  readonly found: AgeFound[];
  readonly seen: Map<FunctionNode, Set<ValueId>>;
  readonly objects: Set<AbstractValue>;
  readonly statements: Statement[];
  /** Calls that hand numbers and intervals to statements, or to parts of them. */
  readonly sites: Pick<CallSite, "caller" | "instruction">[];
  /** The calls that the ways go by. */
  readonly passages: ReadonlySet<Passage>;
  readonly times: TimeValues;
  readonly conditions: AgeConditions;
  seesTime: boolean;
  left: number;
}

export class PurgeAges {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly writers: Writers,
    private readonly times: TimeValues,
  ) {}

  /** Null: it has nothing to do with an age. */
  of(site: CallSite, ways: readonly EntryWay[]): PurgeAge | null {
    const passages = new Set(ways.flatMap(({ way }) => way.passages));
    const times = this.times.along(passages);
    const search: Search = {
      passages,
      times,
      conditions: new AgeConditions(this.pointsTo, this.models, times),
      found: [],
      seen: new Map(),
      objects: new Set(),
      statements: [],
      sites: [],
      seesTime: false,
      left: mostValues,
    };
    this.call(search, site, null);
    for (const passage of passages) this.asked(search, passage);
    this.asked(search, { node: site.caller, point: site.point });
    return this.told(search);
  }

  private told({ found, statements, sites, seesTime, times }: Search): PurgeAge | null {
    // A client may be given values in one way or another.
    const isTold = ({ text, handed }: Statement): boolean =>
      handed.length > 0 || !statements.some((each) => each.text === text && each.handed.length > 0);
    const fromText = statements
      .filter(isTold)
      .flatMap(({ seconds, unit, isInterval, handed, column }): AgeFound[] => {
        if (seconds !== null) return [{ seconds, column }];
        if (isInterval && handed.length > 0) return handed.map((each) => ({ seconds: each, column }));
        const amounts = sites.flatMap((site) => [
          ...(unit === null ? [] : this.numbersAt(times, site, unit)),
          ...(isInterval ? handedIntervals(this.pointsTo, times, site) : []),
        ]);
        return amounts.map((amount) => ({ seconds: amount, column }));
      });
    const all = [...fromText, ...found].filter(({ seconds }) => seconds >= 0);
    const longest = all.reduce<AgeFound | null>(
      (one, other) => (one === null || other.seconds > one.seconds ? other : one),
      null,
    );
    const column = longest?.column ?? statements[0]?.column ?? null;
    if (longest !== null) return { seconds: longest.seconds, column };
    return seesTime || statements.length > 0 ? { seconds: null, column } : null;
  }

  private numbersAt(
    times: TimeValues,
    { caller, instruction }: Pick<CallSite, "caller" | "instruction">,
    unit: NonNullable<SqlAge["unit"]>,
  ): number[] {
    if (instruction.kind !== "call") return [];
    const given = instruction.arguments.flatMap(({ value }) => [value, ...this.elementsOf(caller, value)]);
    return given.flatMap((value) => times.stretchOf(caller, value, unit) ?? []);
  }

  private elementsOf(node: FunctionNode, list: ValueId): ValueId[] {
    return node.code.flatMap((each) => (each.kind === "store" && each.object === list ? [each.value] : []));
  }

  /** What is asked wherever control comes to the place. */
  private asked(search: Search, { node, point }: Passage): void {
    const passed = dominatorsOf(node)[node.blockOf[point] ?? 0] ?? new Set<number>();
    for (const position of passed) {
      const end = node.graph.blocks[position]?.end;
      if (end?.kind === "branch" && end.test === "truthy") this.condition(search, node, end.value);
    }
  }

  private condition(search: Search, node: FunctionNode, value: ValueId): void {
    const age = search.conditions.of(node, value);
    if (age !== null) search.found.push(age);
    else this.ownTest(search, node, value);
  }

  /** `if (isTooOld(row))`: what the function compares. */
  private ownTest(search: Search, node: FunctionNode, value: ValueId): void {
    const call = definitionOf(node, value);
    const definition = node.definitions[originOf(node, call?.kind === "await" ? call.value : value)];
    const site =
      definition?.kind === "instruction" ? this.pointsTo.findSite(node, definition.point) : undefined;
    for (const { callee } of site?.edges.values() ?? []) this.comparisonsIn(search, callee);
  }

  private comparisonsIn(search: Search, node: FunctionNode): void {
    for (const each of node.code) {
      if ((each.kind !== "binary" && each.kind !== "call") || !("out" in each)) continue;
      const age = search.conditions.of(node, each.out);
      if (age !== null) search.found.push(age);
    }
  }

  /** All that a call is made of, before it and behind it: `db("t").where("created_at", "<", cutoff).del()`. */
  private call(search: Search, site: CallSite, column: string | null): void {
    const { caller, instruction } = site;
    if (instruction.kind !== "call") return;
    for (const { model, names } of this.models.at(site))
      for (const role of model.roles)
        if (role.kind === "sql") {
          search.sites.push(site);
          for (const text of statementTexts(this.pointsTo, site, role, names)) {
            const age = sqlAgeOf(text);
            if (age === null) continue;
            const given = age.placeholder === null ? [] : givenFor(site, role.values, age.placeholder);
            const handed = given.flatMap(
              (value) => stretchOf(this.pointsTo, search.times, caller, value) ?? [],
            );
            search.statements.push({ ...age, text, handed });
          }
        }
    if (instruction.template !== undefined) this.text(search, instruction.template.join("?"), column, site);
    this.operands(search, caller, instruction, column);
    let next = continued(caller, instruction);
    for (let calls = 0; next !== null && calls < 10; calls++) {
      this.operands(search, caller, { ...next, receiver: null }, column);
      next = continued(caller, next);
    }
  }

  /** What a statement, or a part of one, says of the time that has passed. */
  private text(search: Search, text: string, column: string | null, site: CallSite | null): void {
    const age = sqlAgeOfPart(text);
    // The whole statement is known with what it is given.
    if (age === null || search.statements.some((each) => each.text === text)) return;
    search.statements.push({ ...age, text, column: age.column ?? column, handed: [] });
    if (site !== null) search.sites.push(site);
  }

  private operands(
    search: Search,
    node: FunctionNode,
    call: InstructionOf<"call">,
    column: string | null,
  ): void {
    const list = call.arguments.map(({ value }) => value);
    const named = list
      .flatMap((value) => constantName(node, value) ?? nameOf(node, value) ?? this.namesHeld(node, value))
      .find((name) => timeName.test(name));
    if (named !== undefined) search.seesTime = true;
    // `whereRaw("at < now() - ?::interval", ["30 days"])`
    if (list.some((value) => sqlAgeOfPart(constantText(node, value) ?? "") !== null))
      search.sites.push({ caller: node, instruction: call });
    for (const value of [...(call.receiver === null ? [] : [call.receiver]), ...list])
      this.value(search, node, value, named ?? column);
  }

  /** A column that a variable names: `for (const { column, days } of periods)`. */
  private namesHeld(node: FunctionNode, value: ValueId): readonly string[] {
    return [...this.pointsTo.valuesOf(node, value)].flatMap((each) =>
      each.kind === "constant" && typeof each.value === "string" ? [lastName(each.value)] : [],
    );
  }

  private value(search: Search, node: FunctionNode, value: ValueId, column: string | null): void {
    let seen = search.seen.get(node);
    if (seen === undefined) search.seen.set(node, (seen = new Set()));
    if (seen.has(value) || search.left-- <= 0) return;
    seen.add(value);
    const offset = search.times.offsetOf(node, value) ?? offsetInText(node, value);
    if (offset !== null) {
      search.found.push({ seconds: -offset, column });
      return;
    }
    for (const object of this.pointsTo.valuesOf(node, value)) this.object(search, object, column);
    const definition = node.definitions[value];
    if (definition?.kind === "phi") {
      for (const input of definition.phi.inputs) this.value(search, node, input.value, column);
      return;
    }
    if (definition === undefined) return;
    const { instruction, point } = definition;
    if (instruction.kind === "constant" && typeof instruction.value === "string")
      this.text(search, instruction.value, column, null);
    const again = (other: ValueId): void => {
      this.value(search, node, other, column);
    };
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        again(instruction.value);
        return;
      case "load":
      case "iterate":
        again(instruction.object);
        return;
      case "template":
        instruction.values.forEach(again);
        return;
      case "call":
        this.made(search, node, point, instruction, column);
        return;
      case "parameter":
        this.given(search, node, instruction.index, column);
        return;
      case "capture": {
        const captured = capturedFrom(this.pointsTo, node, instruction.slot);
        if (captured !== null) this.value(search, captured.node, captured.value, column);
        return;
      }
      default:
    }
  }

  /** What a call gives is made of its operands, and of what an own function returns. */
  private made(
    search: Search,
    node: FunctionNode,
    point: number,
    call: InstructionOf<"call">,
    column: string | null,
  ): void {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) {
      this.operands(search, node, call, column);
      return;
    }
    for (const { callee } of site.edges.values())
      for (const { end } of callee.graph.blocks)
        if (end.kind === "return" && end.value !== null) this.value(search, callee, end.value, column);
    for (const { callee } of site.callbacks.values()) this.comparisonsIn(search, callee);
    if (site.foreign.size > 0 || site.edges.size === 0) this.call(search, site, column);
  }

  /** What is handed to a function by its callers, or by the list that calls it for each element. */
  private given(search: Search, node: FunctionNode, index: number, column: string | null): void {
    for (const edge of callersAlong(this.pointsTo, search.passages, node))
      for (const { value } of argumentsFor(edge, index)) this.value(search, edge.site.caller, value, column);
    for (const { site } of this.pointsTo.callbacksOf(node)) {
      const receiver = site.instruction.kind === "call" ? site.instruction.receiver : null;
      if (receiver !== null) this.value(search, site.caller, receiver, column);
    }
  }

  /** What is written into an object: conditions stand under the names of columns. */
  private object(search: Search, object: AbstractValue, column: string | null): void {
    if (object.kind !== "object" || search.objects.has(object)) return;
    search.objects.add(object);
    for (const { node, name, value } of this.writers.ofObject(object)) {
      const isColumn = !comparing.test(name) && !/^\d+$/u.test(name);
      if (isColumn && timeName.test(name)) search.seesTime = true;
      this.value(search, node, value, isColumn ? name : column);
    }
  }
}

/** The call of what a call gives: `.where(…)` behind `.delete()`. */
function continued(node: FunctionNode, { out }: InstructionOf<"call">): InstructionOf<"call"> | null {
  for (const point of node.uses[out] ?? []) {
    const use = node.code[point];
    if (use?.kind === "call" && use.receiver === out) return use;
  }
  return null;
}

function constantText(node: FunctionNode, value: ValueId): string | null {
  const definition = node.definitions[value];
  const instruction = definition?.kind === "instruction" ? definition.instruction : null;
  return instruction?.kind === "constant" && typeof instruction.value === "string" ? instruction.value : null;
}

function constantName(node: FunctionNode, value: ValueId): string | null {
  const text = constantText(node, value);
  return text === null ? null : lastName(text);
}

function lastName(column: string): string {
  return column.slice(column.lastIndexOf(".") + 1);
}

/** `now-30d`, as queries of search engines say it. */
function offsetInText(node: FunctionNode, value: ValueId): number | null {
  const groups = /^now-(?<n>\d+)(?<u>[yMwdhHms])(?:\/\w)?$/u.exec(constantText(node, value) ?? "")?.groups;
  const unit = unitsOfQueries[groups?.["u"] ?? ""];
  return groups === undefined || unit === undefined ? null : -Number(groups["n"]) * secondsOf[unit];
}

const unitsOfQueries: Readonly<Record<string, keyof typeof secondsOf>> = {
  y: "year",
  M: "month",
  w: "week",
  d: "day",
  h: "hour",
  H: "hour",
  m: "minute",
  s: "second",
};
