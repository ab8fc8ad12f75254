/** How a handler goes on where no guard took effect: to the next one, past the rest, or with an error. */
import type { Continuation, Role } from "../../../contracts/model.js";
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { joinedInto } from "../../program/value-ends.js";
import { definitionOf } from "../../paths/value-places.js";
import { foldedConstant } from "../evidence/folded-constant.js";
import type { OpenWays } from "../open-ways.js";
import { anyOutcome, at } from "../evidence/outcome.js";
import type { Receiver } from "../evidence/same-receiver.js";
import type { GuardMark } from "../marks/guard-mark.js";
import { isPassedBy } from "./passed-by-facts.js";

type HandlesRole = Extract<Role, { kind: "handles" }>;

type Wrapping = Extract<Continuation, { kind: "wraps" }>;

/** What the next handler's function is called with, where that is constant; unknown otherwise. */
type Given = { readonly value: unknown } | null;

/** Which calls of the function to hand on are meant. */
interface Meant {
  isMeant(given: Given): boolean;
  /** Where it goes somewhere that is not looked into. */
  readonly elsewhere: boolean;
  /** Those by which it says yes. */
  readonly isAsked?: true;
}

const deepest = 4;

export class Continuing {
  private readonly seen = new Set<string>();

  constructor(
    private readonly open: OpenWays,
    /** The same ways, ended where the request is answered. */
    private readonly answered: OpenWays,
    private readonly role: HandlesRole,
    /** The object whose method the handler is. */
    private readonly self: Receiver | null = null,
  ) {}

  /** To the next handler. */
  handsOn(handler: FunctionNode): boolean {
    if (this.isMarked(handler) || this.isDoneAfter(handler)) return false;
    const { continues } = this.role;
    return (
      this.goesOn(handler, wayOf(handler, continues)) ||
      (handler.graph.async && continues.some(({ kind }) => kind === "fulfils") && this.returns(handler))
    );
  }

  /** A handler of errors: back to the handlers that come behind it. */
  rescues(handler: FunctionNode): boolean {
    const way = wayOf(handler, this.role.rescues);
    return way !== undefined && this.goesOn(handler, way);
  }

  isForErrors(handler: FunctionNode): boolean {
    return wayOf(handler, this.role.rescues) !== undefined;
  }

  /** By a word: past the rest of its registration (0), or of its chain (1). */
  skips(handler: FunctionNode, level: 0 | 1): boolean {
    const word = this.role.skips[level];
    const way = wayOf(handler, this.role.continues);
    if (word === undefined || way?.kind !== "next") return false;
    return this.uses(handler, way.parameter, {
      isMeant: (given) => given?.value === word,
      elsewhere: false,
    });
  }

  /** It refuses by an error, which others may take. `isEscaping`: what it rejects with comes to nobody. */
  fails(handler: FunctionNode, isEscaping: boolean): boolean {
    return this.throwsOnRefusal(handler, isEscaping, 0) || this.handsOnErrors(handler);
  }

  /** `await next(); await record(context)`: however it returns, it has been done. */
  private isDoneAfter(handler: FunctionNode): boolean {
    const { question } = this.open;
    return (
      question.countsAfter === true &&
      this.open.isNearGuard(handler) &&
      !this.open.mayReturn(handler, anyOutcome, true, this.self)
    );
  }

  private isMarked(handler: FunctionNode): boolean {
    const { guards, pointsTo } = this.open.tools;
    const home = pointsTo.program.homeClass(handler);
    return (
      [...guards.ofFunction(handler), ...(home === undefined ? [] : guards.ofClass(home))].some(
        (mark) => mark.kind === "guard" && this.open.question.acceptsMark(mark),
      ) && !isPassedBy(handler, this.open.question.facts ?? null)
    );
  }

  private goesOn(handler: FunctionNode, way: Continuation | undefined): boolean {
    switch (way?.kind) {
      case "next": {
        const { skips } = this.role;
        // What is called by a name is given no errors.
        if (way.member !== null)
          return this.uses(handler, way.parameter, { isMeant: () => true, elsewhere: true }, way.member);
        if (way.with === "any")
          return this.uses(handler, way.parameter, { isMeant: () => true, elsewhere: true });
        if (way.with === "true")
          return this.uses(handler, way.parameter, { isMeant: () => true, elsewhere: true, isAsked: true });
        return this.uses(handler, way.parameter, {
          // An error, or a word to skip the rest, does not go to the next handler.
          isMeant: (given) =>
            given !== null && (given.value == null || (given.value === "" && skips.length === 0)),
          elsewhere: true,
        });
      }
      case "wraps":
        return this.leaves(handler, way) || this.callsWrapped(handler, way);
      case "returns":
        return this.returns(handler);
      case "nothing":
        return (
          this.answered.mayReturn(handler, at([], { kind: "is", value: undefined }), true, this.self) &&
          this.answered.mayReturnOther(handler, (value) => this.isAnswer(handler, value))
        );
      case "valid":
        return [undefined, true].some((value) =>
          this.answered.mayReturn(handler, at([], { kind: "is", value }), true, this.self),
        );
      case "truthy":
        return this.open.mayReturn(handler, at([], { kind: "truthy" }), false, this.self);
      case "nothing-but-true":
        return this.open.mayReturn(handler, at([], { kind: "is", value: true }), true, this.self);
      case "true":
        return this.open.mayReturn(handler, at([], { kind: "truthy" }), true, this.self);
      default:
        return true;
    }
  }

  /** The function may stand there as before: nothing else is put in its place, nor an object with another one given. */
  private leaves(handler: FunctionNode, { parameter, member }: Wrapping): boolean {
    const places = handler.code.flatMap((each, point) => {
      if (each.kind !== "store" || each.property.kind !== "name" || each.property.name !== member) return [];
      const object = definitionOf(handler, each.object);
      return object?.kind === "object" || (object?.kind === "parameter" && object.index === parameter)
        ? [{ node: handler, point }]
        : [];
    });
    return this.open.past(places).mayReturnOther(handler, () => false);
  }

  private callsWrapped(handler: FunctionNode, { parameter, member }: Wrapping): boolean {
    this.seen.clear();
    return handler.code.some((each) => {
      if (each.kind !== "load" || each.property.kind !== "name" || each.property.name !== member)
        return false;
      const object = definitionOf(handler, each.object);
      const isMeant = object?.kind === "parameter" && object.index === parameter;
      return isMeant && this.usesValue(handler, each.out, { isMeant: () => true, elsewhere: true }, null);
    });
  }

  private returns(handler: FunctionNode): boolean {
    return (
      this.answered.mayReturn(handler, anyOutcome, true, this.self) &&
      this.answered.mayReturnOther(handler, (value) => this.isAnswer(handler, value))
    );
  }

  /** `return c.text("no", 403)` */
  private isAnswer(node: FunctionNode, value: ValueId): boolean {
    const definition = definitionOf(node, value);
    if (definition?.kind === "await") return this.isAnswer(node, definition.value);
    if (definition?.kind !== "call") return false;
    const site = this.open.tools.pointsTo.findSite(node, node.code.indexOf(definition));
    return (
      site !== undefined &&
      this.open.tools.models
        .at(site)
        .some(({ model }) => model.roles.some((role) => role.kind === "answers" && role.by === "return"))
    );
  }

  private handsOnErrors(handler: FunctionNode): boolean {
    const way = wayOf(handler, this.role.continues);
    if (way?.kind !== "next") return false;
    return this.uses(handler, way.parameter, {
      isMeant: (given) => given === null || (given.value != null && !this.isSkip(given.value)),
      elsewhere: false,
    });
  }

  /** Is it the method of the object that is meant, or a function beside it? */
  private isOpenAt(node: FunctionNode, point: number): boolean {
    const home = this.self === null ? undefined : this.open.tools.pointsTo.program.homeClass(node);
    return this.open.isOpenAt(node, point, home === undefined ? null : this.self);
  }

  private isSkip(value: unknown): boolean {
    return typeof value === "string" && this.role.skips.includes(value);
  }

  /** Something is thrown on a way that no guard has agreed to, or a guard itself refuses by throwing. */
  private throwsOnRefusal(node: FunctionNode, isEscaping: boolean, depth: number): boolean {
    if (depth > deepest || !this.open.isNearGuard(node)) return false;
    if (isEscaping && node.graph.async) return false;
    const { pointsTo, guards } = this.open.tools;
    const isThrown = node.graph.blocks.some(
      ({ end }, position) => end.kind === "throw" && this.open.isOpenAt(node, lastPoint(node, position)),
    );
    if (isThrown) return true;
    return node.code.some((_, point) => {
      const site = pointsTo.findSite(node, point);
      if (site === undefined || node.graph.blocks[node.blockOf[point] ?? 0]?.handler != null) return false;
      const isRefusing = (mark: GuardMark): boolean =>
        mark.telling === "throw" && !(isEscaping && mark.isAsync);
      if (guards.at(site).some((marks) => marks.some(isRefusing))) return true;
      return [...site.edges.values(), ...site.callbacks.values()].some(
        ({ callee }) => callee !== node && this.throwsOnRefusal(callee, isEscaping, depth + 1),
      );
    });
  }

  /** `member`: not the parameter itself is called, but this method of it. */
  private uses(node: FunctionNode, parameter: number, meant: Meant, member: string | null = null): boolean {
    this.seen.clear();
    return this.usesParameter(node, parameter, meant, member);
  }

  private usesParameter(node: FunctionNode, parameter: number, meant: Meant, member: string | null): boolean {
    const rest = node.graph.parameters.findIndex((each) => each.rest);
    return node.code.some((each) => {
      if (each.kind !== "parameter") return false;
      if (each.index === rest && parameter >= rest)
        return this.usesRest(node, each.out, parameter - rest, meant);
      return each.index === parameter && this.usesValue(node, each.out, meant, member);
    });
  }

  /** `(...args) => handler(...args).catch(args[2])` */
  private usesRest(node: FunctionNode, list: ValueId, place: number, meant: Meant): boolean {
    return (node.uses[list] ?? []).some((point) => {
      const instruction = node.code[point];
      if (instruction === undefined || !this.isOpenAt(node, point)) return false;
      if (instruction.kind === "declare") return this.usesRest(node, instruction.out, place, meant);
      if (instruction.kind === "load") {
        const { property } = instruction;
        const isOther = property.kind === "name" && property.name !== String(place);
        return !isOther && this.usesValue(node, instruction.out, meant, null);
      }
      if (instruction.kind !== "call") return meant.elsewhere;
      const before = instruction.arguments.findIndex((each) => each.value === list && each.spread);
      const edges = [...(this.open.tools.pointsTo.findSite(node, point)?.edges.values() ?? [])];
      if (before === -1 || edges.length === 0) return meant.elsewhere;
      return edges.some(({ callee }) => this.usesParameter(callee, before + place, meant, null));
    });
  }

  /** Is the function to hand on called, passed or kept where no guard has taken effect? */
  private usesValue(node: FunctionNode, next: ValueId, meant: Meant, member: string | null): boolean {
    const key = `${String(node.index)}:${String(next)}:${member ?? ""}`;
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    if (joinedInto(node, next).some((out) => this.usesValue(node, out, meant, member))) return true;
    return (node.uses[next] ?? []).some((point) => {
      const instruction = node.code[point];
      if (instruction === undefined || !this.isOpenAt(node, point)) return false;
      switch (instruction.kind) {
        case "declare":
        case "cast":
          return this.usesValue(node, instruction.out, meant, member);
        case "load":
          return this.loadUses(node, instruction, meant, member);
        case "call":
          return this.callUses(node, instruction, point, next, meant, member);
        case "function":
          return this.closureUses(node, instruction, next, meant, member);
        default:
          return meant.elsewhere;
      }
    });
  }

  /** Of an object that hands on by one of its methods, the others do not. */
  private loadUses(
    node: FunctionNode,
    { property, out }: Extract<Instruction, { kind: "load" }>,
    meant: Meant,
    member: string | null,
  ): boolean {
    if (member === null || property.kind !== "name") return meant.elsewhere;
    return property.name === member && this.usesValue(node, out, meant, null);
  }

  private callUses(
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "call" }>,
    point: number,
    next: ValueId,
    meant: Meant,
    member: string | null,
  ): boolean {
    if (member !== null && instruction.receiver === next) return false;
    if (instruction.callee === next) {
      const [given] = instruction.arguments;
      if (given === undefined) return meant.isAsked !== true && meant.isMeant({ value: undefined });
      if (meant.isAsked === true)
        return !this.open.tells(node, given.value, at([], { kind: "truthy" }), false);
      return meant.isMeant(this.givenBy(node, given.value));
    }
    const site = this.open.tools.pointsTo.findSite(node, point);
    const index = instruction.arguments.findIndex((each) => each.value === next);
    if (site === undefined || index === -1) return meant.elsewhere;
    const marks = this.open.tools.guards.at(site);
    if (marks.length > 0 && marks.every((each) => each.some((mark) => this.open.question.acceptsMark(mark))))
      return false;
    // What it is handed to on failure is given the error.
    const isOnFailure =
      /\.catch$/u.test(instruction.name) || (/\.then$/u.test(instruction.name) && index === 1);
    if (isOnFailure) return meant.isMeant(null);
    if (/\.then$/u.test(instruction.name) && this.open.isBehindPromise(site, "arg0")) return false;
    if (this.isGuard(node, instruction.callee)) return false;
    const edges = [...site.edges.values()];
    if (edges.length === 0 || site.foreign.size > 0) return meant.elsewhere;
    return edges.some(({ callee }) => this.usesParameter(callee, index, meant, member));
  }

  /** `(context, next) => bearerAuth({ token })(context, next)`: what is called hands on for those only who may. */
  private isGuard(node: FunctionNode, callee: ValueId): boolean {
    const { question, tools } = this.open;
    const called = [...tools.pointsTo.valuesOf(node, callee)];
    return called.length > 0 && called.every((value) => question.isGuard?.(value) === true);
  }

  /** `next(agreed ? undefined : new Error())` hands on where nothing has told that a guard agreed. */
  private givenBy(node: FunctionNode, value: ValueId): Given {
    const { pointsTo } = this.open.tools;
    const mayBeNothing =
      node.definitions[value]?.kind === "phi" &&
      this.open.mayCome(node, value, (each) => {
        const folded = foldedConstant(pointsTo, node, each);
        return folded !== null && folded.value == null;
      });
    return mayBeNothing ? { value: undefined } : foldedConstant(pointsTo, node, value);
  }

  private closureUses(
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "function" }>,
    next: ValueId,
    meant: Meant,
    member: string | null,
  ): boolean {
    const { pointsTo } = this.open.tools;
    const inner = pointsTo.program.functionIn(node, instruction.function);
    if (inner === undefined) return meant.elsewhere;
    const callbacks = pointsTo.callbacksOf(inner);
    if (
      callbacks.length > 0 &&
      pointsTo.callersOf(inner).length === 0 &&
      callbacks.every(({ site, address }) => this.open.isBehindPromise(site, address))
    )
      return false;
    return instruction.captures.some(
      (captured, slot) =>
        captured === next &&
        inner.code.some(
          (each) =>
            each.kind === "capture" && each.slot === slot && this.usesValue(inner, each.out, meant, member),
        ),
    );
  }
}

function wayOf(handler: FunctionNode, ways: readonly Continuation[]): Continuation | undefined {
  const { length } = handler.graph.parameters;
  return ways.find(
    ({ kind, of }) => kind !== "fulfils" && (of === null || (length >= of.min && length <= of.max)),
  );
}

function lastPoint(node: FunctionNode, position: number): number {
  const length = node.graph.blocks[position]?.instructions.length ?? 0;
  return (node.blockStart[position] ?? 0) + Math.max(0, length - 1);
}
