/** The marks of what a call goes to: own functions, members without a body, packages that models describe. */
import { declarationId } from "../../../contracts/annotation.js";
import type { AnnotationTable, FunctionAnnotation } from "../../../contracts/annotation.js";
import type { InstructionOf } from "../../../contracts/file-graph.js";
import type { Resolver } from "../../../contracts/resolver.js";
import type { CallEdge, CallSite, PointsTo } from "../../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../../program/program.js";
import { packagesWith } from "../../../models/role-kinds.js";
import type { SiteModels } from "../../models/site-models.js";
import type { RowDeclarations } from "../../stores/row-declarations.js";
import { parameterCalled } from "./callback-answers.js";
import type { GuardWord } from "./answer-words.js";
import type { GuardMark } from "./guard-mark.js";
import { isGuardTag } from "./guard-mark.js";
import { namesCount } from "./counts.js";
import { GuardTellings } from "./guard-telling.js";

const none: readonly GuardMark[] = [];
const noParts: GuardMark["parts"] = new Map();
const noPresences: GuardMark["presences"] = new Map();
const noSilentParts: GuardMark["silent"] = new Set();

/** Which marks count: those of consent, or those of another duty. */
export interface GuardKind {
  isMark(annotation: FunctionAnnotation): boolean;
  /** What a package's call says by its model. */
  readonly role: "consent" | "record" | null;
  /** It counts however it comes out, and whether it is awaited or not. */
  readonly isDone: boolean;
}

const consentGuards: GuardKind = { isMark: isGuardTag, role: "consent", isDone: false };

export class Guards {
  readonly tellings: GuardTellings;
  private readonly functions = new Map<number, readonly GuardMark[]>();
  private readonly sites = new Map<CallSite, readonly (readonly GuardMark[])[]>();
  /** Whether anything is marked at all. */
  readonly isNone: boolean;
  /** Whether any model says that a call establishes consent. */
  readonly areModelled: boolean;
  private readonly hasChildCheck: boolean;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    private readonly kind: GuardKind = consentGuards,
    private readonly rows: RowDeclarations | null = null,
  ) {
    this.tellings = new GuardTellings(pointsTo);
    const marks = [...annotations.functions.values()].flat();
    this.isNone = !marks.some((mark) => kind.isMark(mark));
    this.areModelled = kind.role !== null && packagesWith(pointsTo.catalogue.packages, kind.role).length > 0;
    this.hasChildCheck = marks.some(({ tag }) => tag === "childCheck");
  }

  /** The marks of a function itself. */
  ofFunction(node: FunctionNode): readonly GuardMark[] {
    let found = this.functions.get(node.index);
    if (found === undefined) this.functions.set(node.index, (found = this.read(node)));
    return found;
  }

  /** What a class is marked as holds for what its objects are asked. */
  ofClass({ file, graph }: ClassNode): readonly GuardMark[] {
    const written = this.annotations.functions.get(declarationId(file, graph.nameAt[0])) ?? [];
    return this.marksIn(written).map((mark) => markOf(mark, graph.name, "value", true));
  }

  /** The marks of each of the functions that may be called here; a call is guarded where each one's mark says so. */
  at(site: CallSite): readonly (readonly GuardMark[])[] {
    let found = this.sites.get(site);
    if (found === undefined) this.sites.set(site, (found = this.find(site)));
    return found;
  }

  /** The same, where it is known which of them it goes to. */
  among(site: CallSite, edges: readonly CallEdge[]): readonly (readonly GuardMark[])[] {
    return edges.length < site.edges.size
      ? edges.map(({ callee }) => this.ofFunction(callee))
      : this.at(site);
  }

  /** A boolean property that says whether the person is a child. */
  isAdultProperty(node: FunctionNode, { nameAt, object, property }: InstructionOf<"load">): boolean {
    if (!this.hasChildCheck || property.kind !== "name") return false;
    const isMark = ({ tag }: FunctionAnnotation): boolean => tag === "childCheck";
    const roles = this.resolver.rolesAt?.(node.file, nameAt[0]) ?? [];
    if (roles.length > 0) return roles.some(isMark);
    // A package whose types are not at hand gives rows of the type that its client is written with.
    const declared = this.rows?.declarationsOf(node, object, property.name) ?? [];
    return (
      declared.length > 0 && declared.every((id) => this.annotations.functions.get(id)?.some(isMark) === true)
    );
  }

  /** The marks of what a name means that stands for a handler: `app.use(requireConsent)`. */
  ofName(node: FunctionNode, nameStart: number): readonly GuardMark[] {
    if (this.isNone) return none;
    const marks = this.marksIn(this.resolver.rolesAt?.(node.file, nameStart) ?? []);
    return marks.map((mark) => markOf(mark, "", "throw", false));
  }

  /** Those that count. */
  marksIn(annotations: readonly FunctionAnnotation[]): readonly FunctionAnnotation[] {
    return annotations.filter((each) => this.kind.isMark(each));
  }

  private find(site: CallSite): readonly (readonly GuardMark[])[] {
    const { instruction } = site;
    if (instruction.kind !== "call") return [];
    const own = [...site.edges.values()].map((edge) => this.ofFunction(edge.callee));
    const modelled = this.modelled(site);
    const named = own.some((marks) => marks.length === 0) || own.length === 0 ? this.byName(site) : none;
    // What an interface's member is marked as holds for whatever implements it.
    const all = own.map((marks) => (marks.length > 0 ? marks : named));
    if (modelled.length > 0) all.push(modelled);
    else if (all.length === 0 && named.length > 0) all.push(named);
    return all.some((marks) => marks.length > 0) ? all : [];
  }

  private read(node: FunctionNode): readonly GuardMark[] {
    // It has its class's name, and is nothing that answers.
    if (node.graph.kind === "field-initializer") return none;
    const written = this.annotations.functions.get(declarationId(node.file, node.graph.nameAt[0])) ?? [];
    const own = this.marksIn(written);
    const marks = own.length > 0 ? own : this.inherited(node);
    if (marks.length === 0) return none;
    if (this.kind.isDone) return marks.map((mark) => markOf(mark, node.graph.name, "throw", false));
    const { telling, isAsync } = this.tellings.of(node);
    const words = telling === "words" ? this.tellings.wordsOf(node) : [];
    const answer = telling === "callback" ? this.tellings.callbackAnswerOf(node) : null;
    const parts = telling === "object" ? this.tellings.partsOf(node) : noParts;
    return marks.map((mark) => ({
      ...markOf(mark, node.graph.name, telling, isAsync, words),
      parts,
      presences: telling === "object" ? this.tellings.presencesOf(node) : noPresences,
      silent: telling === "object" ? this.tellings.silentOf(node) : noSilentParts,
      answer,
    }));
  }

  /** The answers of guards that a call gives, where it calls what they were given. */
  answersAt(site: CallSite): readonly GuardMark[] {
    if (this.isNone) return none;
    const called = parameterCalled(this.pointsTo, site);
    if (called === null) return none;
    return this.ofFunction(called.node).filter(({ answer }) => answer?.parameter === called.index);
  }

  /** What the member of an interface or base class is marked as holds for the method that stands for it. */
  private inherited(node: FunctionNode): readonly FunctionAnnotation[] {
    const { kind, name, class: home, nameAt } = node.graph;
    const own = name.slice(name.lastIndexOf(".") + 1);
    if (kind !== "method" || home === null || this.annotations.roleNames?.has(own) !== true) return [];
    return this.marksIn(this.resolver.rolesAt?.(node.file, nameAt[0]) ?? []);
  }

  private modelled(site: CallSite): readonly GuardMark[] {
    if (site.foreign.size === 0) return none;
    return this.models.at(site).flatMap(({ model, callee }) =>
      model.roles.flatMap((role): GuardMark[] =>
        (role.kind === "consent" || role.kind === "record") && role.kind === this.kind.role
          ? [
              {
                kind: "guard",
                name: callee.path.join("."),
                operations: role.kind === "consent" ? role.operations : [],
                purposes: [],
                telling: role.kind === "consent" && role.effect === "tests" ? "value" : "throw",
                isAsync: false,
                words: [],
                parts: noParts,
                presences: noPresences,
                silent: noSilentParts,
                answer: null,
              },
            ]
          : [],
      ),
    );
  }

  /** A member of an interface, an abstract method, a declared function: no body says how it answers, its type does. */
  private byName(site: CallSite): readonly GuardMark[] {
    if (this.isNone || site.instruction.kind !== "call") return none;
    const { caller, instruction } = site;
    const definition = caller.definitions[instruction.callee];
    if (definition?.kind !== "instruction") return none;
    const callee = definition.instruction;
    const { name } = instruction;
    if (this.annotations.roleNames?.has(name.slice(name.lastIndexOf(".") + 1)) === false) return none;
    const nameStart = callee.kind === "load" ? callee.nameAt[0] : callee.at[0];
    const marks = this.marksIn(this.resolver.rolesAt?.(caller.file, nameStart) ?? []);
    if (marks.length === 0) return none;
    if (this.kind.isDone) return marks.map((mark) => markOf(mark, name, "throw", false));
    const types = this.resolver.typesAt(caller.file, instruction.at);
    const isAsync = types.some((type) => /^lib#Promise(?:Like)?$/u.test(type.key));
    const inner = types.flatMap((type) => (type.key === "lib#Promise" ? type.arguments : [type]));
    const isBoolean =
      inner.some((type) => /^lib#[Bb]oolean$/u.test(type.key)) ||
      (types.length === 0 && this.resolver.isScalar?.(caller.file, instruction.at) === true);
    const isCount = namesCount(name) && inner.some((type) => /^lib#[Nn]umber$/u.test(type.key));
    const telling = isBoolean ? "value" : isCount ? "count" : "throw";
    return marks.map((mark) => markOf(mark, name, telling, isAsync));
  }
}

export function markOf(
  { tag, operations, purposes }: FunctionAnnotation,
  name: string,
  telling: GuardMark["telling"],
  isAsync: boolean,
  words: readonly GuardWord[] = [],
): GuardMark {
  return {
    kind: tag === "childCheck" ? "adult" : "guard",
    name,
    operations,
    purposes,
    telling,
    isAsync,
    words,
    parts: noParts,
    presences: noPresences,
    silent: noSilentParts,
    answer: null,
  };
}
