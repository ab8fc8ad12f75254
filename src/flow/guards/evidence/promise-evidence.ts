/** What promises of the library tell: chains of then, catch and finally, and lists of promises. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { PointsTo } from "../../points-to/points-to.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import { foldedConstant } from "./folded-constant.js";
import { writtenName } from "./written-name.js";
import { isPassed } from "./passed-guards.js";
import { MadePromises } from "./made-promises.js";
import { StreamEvidence } from "./stream-evidence.js";
import type { OpenWaysTools, Ways } from "../ways.js";
import type { ConsentQuestion } from "../consent-question.js";
import { isAskedByMethod } from "../turns/list-turns.js";
import { tells } from "../marks/guard-mark.js";
import type { Outcome } from "./outcome.js";
import {
  anyElement,
  anyOutcome,
  compared,
  constantOf,
  mayBe,
  negated,
  truthOf,
  under,
  mayBeObject,
} from "./outcome.js";

type Tells = (node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean;

/** Methods of lists that call a function with each element. */
const visiting = /\.(?:map|flatMap|forEach|filter|every|some|find)$/u;

const folding = /(?:^|\.)reduce(?:Right)?$/u;

export class PromiseEvidence {
  private readonly streams: StreamEvidence;
  private readonly made: MadePromises;

  constructor(
    private readonly tools: OpenWaysTools,
    private readonly ways: Ways,
    private readonly question: ConsentQuestion,
    private readonly ask: Tells,
  ) {
    this.streams = new StreamEvidence(tools, ways, ask);
    this.made = new MadePromises(tools, question, ask, (node, point) =>
      isPassed(tools.pointsTo, ways, node, point, this),
    );
  }

  /** A call of the library that comes out so, or whose promise is fulfilled so. */
  tells(site: CallSite, outcome: Outcome, isAwaited: boolean): boolean {
    const { instruction, caller } = site;
    if (instruction.kind !== "call") return false;
    if (isAwaited && this.made.tells(site, outcome)) return true;
    if (site.edges.size > 0) return false;
    const method = instruction.name.slice(instruction.name.lastIndexOf(".") + 1);
    const [first] = instruction.arguments;
    if (instruction.name === "Boolean" && first !== undefined)
      return this.ask(caller, first.value, outcome, false);
    if (/^(?:Promise\.resolve)$/u.test(instruction.name) && first !== undefined)
      return isAwaited && this.ask(caller, first.value, outcome, true);
    if (!isAwaited) return this.listTells(site, method, outcome);
    if (this.streams.tells(site, outcome)) return true;
    if (/^Promise\.(?:all|allSettled|any|race)$/u.test(instruction.name)) {
      const wanted = method === "allSettled" ? settled(outcome) : method === "all" ? outcome : null;
      return (
        first !== undefined &&
        wanted !== null &&
        this.allTells(caller, first.value, wanted, method === "allSettled")
      );
    }
    if (instruction.receiver === null) return false;
    switch (method) {
      case "then":
        return this.thenTells(site, instruction.receiver, outcome);
      case "catch":
        return (
          this.callbacksTell(site, "arg0", outcome, true) &&
          this.ask(caller, instruction.receiver, outcome, true)
        );
      case "finally":
        return this.ask(caller, instruction.receiver, outcome, true);
      // What it gives is what its function gave last.
      case "reduce":
      case "reduceRight":
        return this.callbacksTell(site, "arg0", outcome, false);
      default:
        return false;
    }
  }

  /** What the parameter of a callback is given: by `then`, what the promise is fulfilled with; an element of a list. */
  givesTo(site: CallSite, address: string, index: number, outcome: Outcome): boolean {
    const { instruction, caller } = site;
    if (index === 0 && this.streams.givesTo(site, address, outcome)) return true;
    if (instruction.kind !== "call" || instruction.receiver === null) return false;
    // What a promise is rejected with is an error, as is what a clause catches.
    const isOnFailure = /\.catch$/u.test(instruction.name) ? address === "arg0" : address === "arg1";
    if (isOnFailure && /\.(?:then|catch)$/u.test(instruction.name))
      return index === 0 && !mayBeObject(outcome);
    if (address !== "arg0") return false;
    const isFolding = folding.test(instruction.name);
    if (index !== (isFolding ? 1 : 0)) return false;
    if (isFolding || visiting.test(instruction.name))
      return this.ask(caller, instruction.receiver, under(anyElement, outcome), false);
    return /\.then$/u.test(instruction.name) && this.ask(caller, instruction.receiver, outcome, true);
  }

  /** The callback at an address is only called once the promise is fulfilled that its call was made on. */
  isBehind(site: CallSite, address: string): boolean {
    const { instruction, caller } = site;
    if (this.streams.givesTo(site, address, anyOutcome)) return true;
    return (
      instruction.kind === "call" &&
      instruction.receiver !== null &&
      /\.then$/u.test(instruction.name) &&
      address === "arg0" &&
      this.ask(caller, instruction.receiver, anyOutcome, true)
    );
  }

  /** All that functions at an address give back tells so; `isAwaited`: what comes of it if it is a promise. */
  callbacksGive(site: CallSite, address: string, outcome: Outcome, isAwaited: boolean): boolean {
    const callees = [...site.callbacks.values()].filter((each) => each.address === address);
    return (
      callees.length > 0 &&
      callees.every(
        ({ callee }) =>
          neverGives(callee, outcome) ||
          this.isGuard(callee, outcome, isAwaited) ||
          ((isAwaited || !callee.graph.async) &&
            this.ways.mayEstablish(callee) &&
            !this.ways.mayReturn(callee, outcome, isAwaited)),
      )
    );
  }

  /** The function is marked itself: `queryFn: fetchConsent`. */
  private isGuard(callee: FunctionNode, outcome: Outcome, isAwaited: boolean): boolean {
    return this.tools.guards
      .ofFunction(callee)
      .some(
        (mark) =>
          mark.kind === "guard" &&
          (isAwaited || !mark.isAsync) &&
          this.question.acceptsMark(mark) &&
          tells(mark, outcome),
      );
  }

  private thenTells(site: CallSite, receiver: ValueId, outcome: Outcome): boolean {
    const { instruction, caller } = site;
    if (instruction.kind !== "call") return false;
    const hasFirst = [...site.callbacks.values()].some((each) => each.address === "arg0");
    const isFulfilled = this.ask(caller, receiver, hasFirst ? anyOutcome : outcome, true);
    const fulfilled = isFulfilled || (hasFirst && this.callbacksTell(site, "arg0", outcome, false));
    return fulfilled && (instruction.arguments.length < 2 || this.callbacksTell(site, "arg1", outcome, true));
  }

  /** All callbacks at an address come out so only with a guard past, or never. */
  private callbacksTell(site: CallSite, address: string, outcome: Outcome, isHandler: boolean): boolean {
    const callees = [...site.callbacks.values()].filter((each) => each.address === address);
    if (callees.length === 0) return false;
    return callees.every(({ callee }) => {
      if (isHandler && (this.neverReturns(callee) || neverGives(callee, outcome))) return true;
      return this.ways.mayEstablish(callee) && !this.ways.mayReturn(callee, outcome, true);
    });
  }

  /** A handler that always throws on. */
  private neverReturns(callee: FunctionNode): boolean {
    const dead = this.tools.noReturn.pointsOf(callee);
    return !callee.graph.blocks.some(({ end }, position) => {
      const start = callee.blockStart[position] ?? 0;
      const length = callee.graph.blocks[position]?.instructions.length ?? 0;
      if (end.kind !== "return") return false;
      return !Array.from({ length }, (_, offset) => start + offset).some((point) => dead.has(point));
    });
  }

  /** `await Promise.all([requireConsent(a), load(b)])`: one that tells is enough; by its place, that one. */
  private allTells(node: FunctionNode, list: ValueId, outcome: Outcome, isSettled: boolean): boolean {
    const array = originOf(node, list);
    const [place, ...path] = outcome.path;
    const elements = node.code.flatMap((each) =>
      each.kind === "store" && each.initial && each.object === array && each.property.kind === "name"
        ? [{ name: each.property.name, value: each.value }]
        : [],
    );
    if (place !== undefined) {
      const element = elements.find((each) => each.name === place);
      if (element !== undefined) return this.ask(node, element.value, { test: outcome.test, path }, true);
      if (isSettled && elements.length > 0)
        return (
          place === anyElement &&
          elements.every((each) => this.ask(node, each.value, { test: outcome.test, path }, true))
        );
    }
    if (!isSettled && elements.some((each) => this.ask(node, each.value, anyOutcome, true))) return true;
    const isElement = place === anyElement || /^\d+$/u.test(place ?? "");
    return this.mapTells(node, array, isElement ? { test: outcome.test, path } : anyOutcome);
  }

  /** Not one of a list has it: that one of them tells so is enough. */
  noneTells(node: FunctionNode, list: ValueId, outcome: Outcome): boolean {
    const array = originOf(node, list);
    const isTold = node.code.some(
      (each) =>
        each.kind === "store" &&
        each.initial &&
        each.object === array &&
        this.ask(node, each.value, outcome, true),
    );
    return isTold || this.mapTells(node, array, outcome);
  }

  /** `children.map((child) => requireConsent(child))`: one promise for each, and each of them says so. */
  private mapTells(node: FunctionNode, array: ValueId, outcome: Outcome): boolean {
    const definition = node.definitions[array];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return false;
    const site = this.tools.pointsTo.findSite(node, definition.point);
    if (site === undefined || !/\.map$/u.test(definition.instruction.name)) return false;
    return (
      this.callbacksTell(site, "arg0", outcome, false) ||
      this.isMappedByGuard(site, outcome, true) ||
      this.oneTells(site, outcome, true)
    );
  }

  /** `children.map(childAgreed)`: the guard itself is handed over. */
  private isMappedByGuard(site: CallSite, outcome: Outcome, isAwaited: boolean): boolean {
    return this.question.asksOthers?.(site) !== true && this.callbacksGive(site, "arg0", outcome, isAwaited);
  }

  /** `children.every((child) => mayKeep(child))` said yes, `answers.includes(false)` said no. */
  private listTells(site: CallSite, method: string, outcome: Outcome): boolean {
    const truth = outcome.path.length === 0 ? truthOf(outcome.test) : null;
    // What stands in a list that `map` made is what the function gave: `answers[index]`.
    if (method === "map" && outcome.path[0] === anyElement)
      return this.resultsTell(site, { test: outcome.test, path: outcome.path.slice(1) });
    if ((method === "every" && truth === true) || (method === "some" && truth === false)) {
      const test: Outcome["test"] = { kind: truth ? "truthy" : "falsy" };
      return (
        this.resultsTell(site, { test, path: [] }) ||
        this.elementsTell(site, test) ||
        this.oneTells(site, { test, path: [] }, false)
      );
    }
    if (folding.test(method) && outcome.path.length === 0)
      return this.resultsTell(site, outcome) || this.returnsTell(site, outcome);
    const { instruction, caller } = site;
    if (method !== "includes" || truth !== false || instruction.kind !== "call") return false;
    const [wanted] = instruction.arguments;
    const constant = wanted === undefined ? null : foldedConstant(this.tools.pointsTo, caller, wanted.value);
    return constant !== null && this.eachTells(site, { kind: "isnt", values: [constant.value] });
  }

  /** `answers.every(Boolean)`, `answers.some((agreed) => !agreed)`: what the elements are themselves. */
  private elementsTell(site: CallSite, test: Outcome["test"]): boolean {
    const { instruction, caller } = site;
    const [given] = instruction.kind === "call" ? instruction.arguments : [];
    if (given !== undefined && writtenName(caller, given.value) === "Boolean")
      return this.eachTells(site, test);
    const [only, ...others] = [...site.callbacks.values()];
    if (only === undefined || others.length > 0) return false;
    const tested = testOfParameter(this.tools.pointsTo, only.callee, test);
    return tested !== null && this.eachTells(site, tested.test, tested.path);
  }

  private eachTells(
    { instruction, caller }: CallSite,
    test: Outcome["test"],
    path: readonly string[] = [],
  ): boolean {
    return (
      instruction.kind === "call" &&
      instruction.receiver !== null &&
      this.ask(caller, instruction.receiver, { test, path: [anyElement, ...path] }, false)
    );
  }

  /** Of a list of functions that are all called, one says so. */
  private oneTells(site: CallSite, outcome: Outcome, isAwaited: boolean): boolean {
    const [only, ...others] = site.callbacks.values();
    if (only === undefined || others.length > 0) return false;
    const { callee } = only;
    return (
      (isAwaited || !callee.graph.async) &&
      this.ways.mayEstablish(callee) &&
      isAskedByMethod(
        this.tools.pointsTo,
        site,
        callee,
        (called, asked) =>
          this.ways.mayEstablish(asked) &&
          !this.ways.choosing(callee, called, asked).mayReturn(callee, outcome, isAwaited),
      )
    );
  }

  /** `answers.reduce((all, each) => all && each)`: whatever the function gives back is made of what tells so. */
  private returnsTell(site: CallSite, outcome: Outcome): boolean {
    const [only, ...others] = site.callbacks.values();
    if (only === undefined || others.length > 0 || only.callee.graph.async) return false;
    const { callee } = only;
    return callee.graph.blocks.every(
      ({ end }) =>
        end.kind !== "return" || (end.value !== null && this.ask(callee, end.value, outcome, false)),
    );
  }

  private resultsTell(site: CallSite, outcome: Outcome): boolean {
    const callees = [...site.callbacks.values()].filter((each) => each.address === "arg0");
    const isTold =
      callees.length > 0 &&
      callees.every(
        ({ callee }) =>
          !callee.graph.async &&
          this.ways.mayEstablish(callee) &&
          !this.ways.mayReturn(callee, outcome, false),
      );
    return isTold || this.isMappedByGuard(site, outcome, false);
  }
}

/** What a settled promise tells by how it was settled, and by what it was fulfilled with; null: nothing. */
function settled({ test, path: [place, part, ...path] }: Outcome): Outcome | null {
  if (place === undefined) return null;
  // One that was rejected has no value.
  if (part === "value") return mayBe(undefined, { test, path }) ? null : { test, path: [place, ...path] };
  if (part !== "status" || path.length > 0) return null;
  const isFulfilled =
    (test.kind === "is" && test.value === "fulfilled") ||
    (test.kind === "isnt" && test.values.includes("rejected"));
  return isFulfilled ? { test: anyOutcome.test, path: [place] } : null;
}

/** What the first parameter, or a part of it, is if the function comes out so, where it only tests that. */
function testOfParameter(pointsTo: PointsTo, node: FunctionNode, test: Outcome["test"]): Outcome | null {
  const ends = node.graph.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : []));
  const [value, ...others] = ends;
  let outcome: Outcome | null = value == null || others.length > 0 ? null : { test, path: [] };
  let path: readonly string[] = [];
  let current = value ?? -1;
  for (let hops = 0; outcome !== null && hops < 6; hops++) {
    const each = definitionOf(node, current);
    if (each?.kind === "parameter") return each.index === 0 ? { test: outcome.test, path } : null;
    if (each?.kind === "load" && each.property.kind === "name") {
      path = [each.property.name, ...path];
      current = each.object;
    } else if (path.length > 0) return null;
    else if (each?.kind === "unary" && each.operator === "!") {
      outcome = negated(outcome);
      current = each.operand;
    } else if (each?.kind === "binary") {
      const constant = foldedConstant(pointsTo, node, each.right);
      outcome = constant === null ? null : compared(each.operator, outcome, constant.value);
      current = each.left;
    } else return null;
  }
  return null;
}

/** `.catch(() => false)`: it only gives back constants that are not what is asked about. */
export function neverGives({ graph, definitions }: FunctionNode, outcome: Outcome): boolean {
  return graph.blocks.every(({ end }) => {
    if (end.kind !== "return") return true;
    if (end.value === null) return !mayBe(undefined, outcome);
    const definition = definitions[end.value];
    const instruction = definition?.kind === "instruction" ? definition.instruction : null;
    if (instruction?.kind === "object") return !mayBeObject(outcome);
    return instruction?.kind === "constant" && !mayBe(constantOf(instruction), outcome);
  });
}
