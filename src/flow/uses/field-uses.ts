/**
 * What becomes of child data on its way: whether something is asked of it, made of it or shown, or whether it is only
 * carried from where it came in to where it is kept. What only an answer or a test shows counts for data that was kept
 * before: what a request brings may be looked at for its form, and given back.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { meet } from "../models/address-facts.js";
import type { AccessPath } from "../paths/access-path.js";
import type { Entry } from "../tabulation/entry.js";
import type { Fact } from "../tabulation/fact.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { meetStatement } from "../stores/sql-sinks.js";
import { isSink } from "../sinks/sink-of.js";
import type { Trace } from "../tabulation/trace.js";
import { definitionOf } from "../paths/value-places.js";

/** A use that only counts for what was kept before. */
export interface DoubtfulUse {
  readonly entry: Entry;
  readonly trace: Trace;
  /** Something is asked of it; the request is answered with it; the function gives it to whoever calls it. */
  readonly kind: "test" | "answer" | "return";
  /** Where it lies in what is tested or given. */
  readonly path: AccessPath;
  /** The block in which it ends the function. */
  readonly block: number | null;
}

/** What a call does with data: it tells something of it, keeps it, answers with it, moves it, looks rows up by it, or asks about it. */
type Effect = "shown" | "kept" | "answered" | "moved" | "sought" | "asked" | "none";

const mostDoubtful = 400;
/** Something is reckoned from it. */
const telling: ReadonlySet<Role["kind"]> = new Set(["elapsed", "calendar", "compares"]);
const moving: ReadonlySet<Role["kind"]> = new Set([
  "flow",
  "encrypt",
  "decrypt",
  "visits",
  "drafts",
  "type",
  "schema",
  "shaped",
  "columns",
  "entity",
  "column",
  "handles",
  "calls",
]);

export class FieldUses {
  readonly used = new Set<FieldId>();
  readonly doubtful = new Map<FieldId, DoubtfulUse[]>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: () => SiteModels,
  ) {}

  /** A fact comes to an instruction. */
  atPoint(entry: Entry, point: number, fact: Fact, trace: Trace): void {
    if (this.used.has(fact.state.field)) return;
    const instruction = entry.node.code[point];
    if (instruction !== undefined) this.instruction(entry, point, instruction, fact, trace);
  }

  /** A fact comes to the end of a block. */
  atEnd(entry: Entry, block: number, fact: Fact, trace: Trace): void {
    const end = entry.node.graph.blocks[block]?.end;
    if (end === undefined || this.used.has(fact.state.field)) return;
    if (end.kind === "branch" && end.value === fact.base && fact.path.components.length === 0)
      this.doubt(entry, fact, trace);
    if (end.kind === "return" && end.value === fact.base) this.doubt(entry, fact, trace, "return", block);
  }

  private instruction(entry: Entry, point: number, instruction: Instruction, fact: Fact, trace: Trace): void {
    const isWhole = fact.path.components.length === 0;
    switch (instruction.kind) {
      case "call":
      case "super-call":
      case "jsx":
        this.atSite(entry, point, instruction, fact, trace);
        return;
      case "binary":
        if (isWhole) this.binary(entry, instruction, fact, trace);
        return;
      case "unary":
        if (isWhole) this.doubt(entry, fact, trace);
        return;
      case "load":
        if (instruction.property.kind === "computed" && instruction.property.value === fact.base)
          this.use(fact);
        else if ((isWhole && isCount(instruction)) || isCountOfDifferent(instruction, fact))
          this.doubt(entry, fact, trace);
        return;
      case "store":
        if (instruction.property.kind === "computed" && instruction.property.value === fact.base)
          this.use(fact);
        else if (instruction.value === fact.base && this.isAnswer(entry, point))
          this.doubt(entry, fact, trace, "answer");
        return;
      default:
    }
  }

  /** `ctx.body = rows` */
  private isAnswer(entry: Entry, point: number): boolean {
    const site = this.pointsTo.findSite(entry.node, point);
    return (
      site !== undefined &&
      this.models()
        .at(site)
        .some(({ model }) => model.roles.some(({ kind }) => kind === "responds"))
    );
  }

  /** Compared with something, it is asked for what it says; with nothing, only whether it is there. */
  private binary(
    entry: Entry,
    { operator, left, right }: InstructionOf<"binary">,
    fact: Fact,
    trace: Trace,
  ): void {
    if (/^[-*/%]$/u.test(operator)) this.use(fact);
    if (!/^(?:[<>]=?|[!=]==?|in|instanceof)$/u.test(operator)) return;
    const other = left === fact.base ? right : left;
    if (isNothing(entry.node, other)) this.doubt(entry, fact, trace);
    else this.use(fact);
  }

  private atSite(
    entry: Entry,
    point: number,
    instruction: InstructionOf<"call" | "super-call" | "jsx">,
    fact: Fact,
    trace: Trace,
  ): void {
    const site = this.pointsTo.findSite(entry.node, point);
    if (instruction.kind === "jsx") {
      if (instruction.component === null || (site?.edges.size ?? 0) === 0) this.use(fact);
      return;
    }
    // What a package's object holds of it is not what it is called with.
    if (!isOperand(instruction, fact.base) || isAside(fact)) return;
    if (site === undefined) {
      this.use(fact);
      return;
    }
    const models = this.models().at(site);
    if (models.length === 0) {
      // What is not known may do whatever.
      if (site.edges.size === 0 || site.foreign.size > 0) this.use(fact);
      return;
    }
    const found = new Set(models.map((match) => this.ofModel(site, match, fact)));
    if (found.has("shown")) this.use(fact);
    else if (found.has("kept")) return;
    else if (found.has("answered")) this.doubt(entry, fact, trace, "answer");
    else if (found.has("moved")) return;
    else if (found.has("sought")) this.use(fact);
    else if (found.has("asked")) this.doubt(entry, fact, trace, "answer");
  }

  /** What a call that a model describes does with the data. */
  private ofModel(site: CallSite, match: ModelAt, fact: Fact): Effect {
    const { roles } = match.model;
    let isMoved = false;
    let isOther = false;
    for (const role of roles) {
      if (role.kind === "sql") {
        return meetStatement(this.pointsTo, site, role, match.names, fact).length > 0 ? "kept" : "sought";
      }
      if (isSink(role)) {
        if (!this.meets(site, role.data, match, fact)) continue;
        return role.kind === "store" || role.kind === "log" ? "kept" : "shown";
      }
      if (telling.has(role.kind)) return "shown";
      if (role.kind === "flow") {
        isMoved ||= this.meets(site, role.from, match, fact);
        isOther ||= match.callee.module !== "lib" && selectsFrom(site, role.from, fact.base);
      } else if (role.kind === "encrypt" || role.kind === "decrypt")
        isMoved ||= this.meets(site, role.input, match, fact);
      else if (role.kind === "answers") return "answered";
      else if (moving.has(role.kind)) isOther = true;
    }
    if (isMoved) return "moved";
    if (isOther) return "none";
    // What a query would give is not what it is asked by, nor what is counted of it.
    if (isReceiverOnly(site, fact.base) && (isCounted(site, match) || roles.some(isRows))) return "none";
    // By what rows are looked up.
    return roles.some(({ kind }) => kind === "rows" || kind === "delete" || kind === "store")
      ? "sought"
      : "asked";
  }

  private meets(site: CallSite, addresses: readonly Address[], { names }: ModelAt, fact: Fact): boolean {
    return addresses.some(
      (address) => meet(this.pointsTo, site, address, fact.base, fact.path, names) !== null,
    );
  }

  private use({ state }: Fact): void {
    this.used.add(state.field);
    this.doubtful.delete(state.field);
  }

  private doubt(
    entry: Entry,
    { state, path }: Fact,
    trace: Trace,
    kind: DoubtfulUse["kind"] = "test",
    block: number | null = null,
  ): void {
    const known = this.doubtful.get(state.field);
    const use = { entry, trace, kind, path, block };
    if (known === undefined) this.doubtful.set(state.field, [use]);
    else if (known.length < mostDoubtful) known.push(use);
  }
}

/** What an object holds beside its properties. */
function isAside({ path }: Fact): boolean {
  return /^[#^]/u.test(path.components[0] ?? "");
}

function isCount({ property }: InstructionOf<"load">): boolean {
  return property.kind === "name" && /^(?:length|size|byteLength)$/u.test(property.name);
}

/** How many different ones there are: `new Set(families).size`. */
function isCountOfDifferent({ property }: InstructionOf<"load">, { path }: Fact): boolean {
  return property.kind === "name" && property.name === "size" && path.components.length === 1;
}

function isOperand(instruction: InstructionOf<"call" | "super-call">, base: number): boolean {
  if (instruction.arguments.some(({ value }) => value === base)) return true;
  return instruction.kind === "call" && instruction.receiver === base;
}

/** `pick(child, ["name"])`, `rows.pluck("id")`: of what is given, the model tells which parts are taken. */
function selectsFrom({ instruction }: CallSite, from: readonly Address[], base: ValueId): boolean {
  if (instruction.kind !== "call") return false;
  return from.some(({ root, steps }) => {
    if (!steps.some(({ kind }) => kind === "entry")) return false;
    if (root.kind === "this") return instruction.receiver === base;
    return root.kind === "argument" && instruction.arguments[root.index]?.value === base;
  });
}

function isRows({ kind }: Role): boolean {
  return kind === "rows";
}

/** `Player.find({ school }).countDocuments()` */
function isCounted({ instruction }: CallSite, { callee }: ModelAt): boolean {
  return (
    callee.module.startsWith("npm:") &&
    instruction.kind === "call" &&
    /(?:^|\.)(?:get)?(?:count|exist)\w*$/iu.test(instruction.name)
  );
}

function isReceiverOnly({ instruction }: CallSite, base: ValueId): boolean {
  return (
    instruction.kind === "call" &&
    instruction.receiver === base &&
    !instruction.arguments.some(({ value }) => value === base)
  );
}

function isNothing(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return (
    definition?.kind === "constant" &&
    (definition.value === null ||
      definition.value === "" ||
      definition.value === 0 ||
      typeof definition.value === "boolean")
  );
}
