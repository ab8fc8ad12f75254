/** Where what a call gives back comes from: own functions, what models say of packages, or operands passed on. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { Resolver } from "../../contracts/resolver.js";
import { operandsAt, operandsOfSite, valuesAt } from "../models/address-values.js";
import { givenPart } from "../tabulation/channel-mouths.js";
import { functionAddress } from "../models/function-addresses.js";
import { givesData } from "../models/gives-data.js";
import { withPipedFlows } from "../models/piped-flows.js";
import type { ContainerOrigins } from "../heap/container-origins.js";
import { partOf } from "../heap/container-origins.js";
import { about, anyOf, askOperands, askReturns, either, madeOf, ofChoice } from "./origin-question.js";
import type { AskOrigin, Origin, OriginQuestion } from "./origin-question.js";
import { lastRound } from "../tabulation/fold-moves.js";
import type { MouthCalls } from "../tabulation/mouth-calls.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, namesOf, originOf } from "../paths/value-places.js";
import { selectModels } from "../models/select-models.js";

type Foreign = Parameters<typeof selectModels>[2];

/** Functions whose result is no plain child data. */
const protecting: ReadonlySet<string> = new Set(["encrypts", "redacts", "anonymizes"]);

/** What brings in nothing new, whatever the call is given. */
interface ToldOtherwise {
  /** Is it known already what a value is, if only by assumption? */
  readonly isKnown: (node: FunctionNode, value: ValueId) => boolean;
  /** Does the package keep data, and give back what was let in before? */
  readonly isStore: (callee: Foreign) => boolean;
  /** Does the call read rows that were let in there? */
  readonly isRead: (site: CallSite) => boolean;
}

/** Functions that calls handed out, one behind the other. */
const mostHanding = 24;
/** Choices of choices of what a function hands back. */
const deepestChoice = 3;

export class CallOrigins {
  private handing = 0;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly mouths: MouthCalls,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    private readonly containers: ContainerOrigins,
    private readonly ask: AskOrigin,
    private readonly told: ToldOtherwise,
    private readonly askPart: (node: FunctionNode, value: ValueId, path: readonly string[]) => Origin,
  ) {}

  /** Where what a call gives back comes from. */
  ofCall(question: OriginQuestion, node: FunctionNode, point: number): Origin {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call" || this.isProtector(site)) return "no";
    const isOwn = this.makesOwn(site);
    if (site.foreign.size === 0 && site.edges.size === 0)
      return question === "opaque" && isOwn
        ? "no"
        : question === "opaque"
          ? "yes"
          : isDeclaredOnly(site)
            ? this.declaredOnly(question, site)
            : madeOf(this.handedOn(question, site, site.instruction.name));
    const filled = site.instruction.new && question !== "opaque" ? site.instruction.out : null;
    const given = either(this.ofOwnResults(question, site), () =>
      madeOf(
        anyOf(this.describing(question, site), (callee) => this.foreignResult(question, site, callee, isOwn)),
      ),
    );
    return either(given, () => (filled === null ? "no" : this.containers.ofPart(node, filled, "values")));
  }

  /** A client of a store that a variable of the program's global names holds is that client. */
  private describing(question: OriginQuestion, { foreign }: CallSite): Iterable<Foreign> {
    if (question === "opaque" || foreign.size < 2) return foreign;
    const stores = [...foreign].filter((callee) => this.told.isStore(callee));
    return stores.length === 0 ? foreign : [...foreign].filter(({ module }) => module !== "global");
  }

  /** An object of a class of the program's own, be it on top of a package's. */
  private makesOwn({ instruction, caller }: CallSite): boolean {
    if (instruction.kind !== "call" || !instruction.new) return false;
    return [...this.pointsTo.valuesOf(caller, instruction.callee)].some(({ kind }) => kind === "class");
  }

  /** Where what own functions give back comes from that a site calls. */
  ofOwnResults(question: OriginQuestion, site: CallSite): Origin {
    return anyOf(site.edges.values(), (edge) =>
      edge.shape === "setter" ||
      edge.shape === "set-trap" ||
      edge.shape === "assign" ||
      edge.shape === "construct"
        ? "no"
        : askReturns(this.pointsTo, this.askingIn(edge), question, edge.callee),
    );
  }

  /** What a function hands back of its parameters is what this call has handed in: `return normalized(user)`. */
  private askingIn(edge: CallEdge): AskOrigin {
    const { caller, instruction } = edge.site;
    if (instruction.kind !== "call" || edge.shape !== "call" || edge.bound !== null) return this.ask;
    const inRun = (question: OriginQuestion, node: FunctionNode, value: ValueId, depth: number): Origin => {
      const found = this.ask(question, node, value);
      if (found === "no" || node !== edge.callee) return found;
      const definition = node.definitions[originOf(node, value)];
      if (definition?.kind === "phi")
        return depth === 0
          ? found
          : ofChoice(this.pointsTo, node, definition, (input) => inRun(question, node, input, depth - 1));
      const parameter = definition?.instruction;
      if (parameter?.kind !== "parameter" || node.graph.parameters[parameter.index]?.rest === true)
        return found;
      const given = instruction.arguments.slice(0, parameter.index + 1);
      const argument = given[parameter.index];
      if (given.some(({ spread }) => spread)) return found;
      return argument === undefined ? "no" : this.ask(question, caller, argument.value);
    };
    return (question, node, value) => inRun(question, node, value, deepestChoice);
  }

  private isProtector(site: CallSite): boolean {
    const definition =
      site.instruction.kind === "call" ? site.caller.definitions[site.instruction.callee] : undefined;
    if (definition?.kind === "instruction") {
      const { instruction } = definition;
      const roles =
        this.resolver.rolesAt?.(
          site.caller.file,
          instruction.kind === "load" ? instruction.nameAt[0] : instruction.at[0],
        ) ?? [];
      if (roles.some((each) => protecting.has(each.tag))) return true;
    }
    return [...site.edges.values()].some((edge) =>
      (
        this.annotations.functions.get(declarationId(edge.callee.file, edge.callee.graph.nameAt[0])) ?? []
      ).some((each) => protecting.has(each.tag)),
    );
  }

  private anyOperand(question: OriginQuestion, site: CallSite): Origin {
    const { receiver, arguments: list } = operandsOfSite(site);
    return anyOf([...(receiver === null ? [] : [receiver]), ...list.map(({ value }) => value)], (value) =>
      this.ask(question, site.caller, value),
    );
  }

  /** A call that nothing describes reads from its receiver; what it does with its arguments is assumed. */
  private handedOn(question: OriginQuestion, site: CallSite, name: string): Origin {
    const { receiver, arguments: list } = operandsOfSite(site);
    const read = receiver === null ? "no" : this.ask(about(question), site.caller, receiver);
    if (read !== "no") return read;
    const given = anyOf(list, ({ value }) => this.ask(question, site.caller, value));
    return given === "no" ? given : { assumedThrough: name };
  }

  private foreignResult(question: OriginQuestion, site: CallSite, callee: Foreign, isOwn: boolean): Origin {
    const models = selectModels(this.pointsTo, site, callee);
    const isOfLanguage = callee.module === "lib" || callee.module === "global";
    const isHeld = question !== "opaque" && this.told.isStore(callee);
    if (models.length === 0) {
      if (isHeld) return "no";
      if (question === "opaque") return callee.module === "lib" || isOwn ? "no" : "yes";
      if (isDeclaredOnly(site)) return this.declaredOnly(question, site);
      return isOfLanguage ? this.anyOperand(question, site) : this.undescribed(question, site);
    }
    const roles = models.flatMap((match) => withPipedFlows(match, site).model.roles);
    if (roles.some((role) => role.kind === "rows" || role.kind === "sql") && this.told.isRead(site))
      return "no";
    const last = lastRound(this.pointsTo, site);
    if (last !== null) return askReturns(this.pointsTo, this.ask, question, last.callee);
    const found = anyOf(roles, (role) =>
      isHeld && (role.kind === "rows" || role.kind === "input") ? "no" : this.ofRole(question, site, role),
    );
    const isTold = roles.some((role) => role.kind === "none" || role.kind === "encrypt" || givesResult(role));
    if (found !== "no" || isTold || isOfLanguage || isOwn) return found;
    // A service answers, and what it says of somebody is nowhere described: `payments.customers.retrieve(id)`.
    const isAnswer = question === "content" && roles.some((role) => role.kind === "disclose");
    return question === "opaque" ? "yes" : isAnswer ? this.undescribed(question, site) : found;
  }

  private ofRole(question: OriginQuestion, site: CallSite, role: Role): Origin {
    switch (role.kind) {
      case "input":
      case "rows":
        return "yes";
      case "shaped":
        return question === "opaque" ? "yes" : this.anyOperand(question, site);
      case "flow":
        return givesResult(role)
          ? anyOf(role.from, (from) =>
              either(this.flowSource(question, site, from), () =>
                question === "opaque"
                  ? "no"
                  : writesOut(role)
                    ? this.allAt(site, from)
                    : isWhole(role)
                      ? this.partAt(site, from)
                      : "no",
              ),
            )
          : "no";
      case "decrypt":
        // What was encrypted elsewhere is as unknown as what it was made of.
        return givesData(role)
          ? anyOf(role.input, (from) =>
              either(this.flowSource(question, site, from), () =>
                question === "opaque" ? "no" : this.partAt(site, from),
              ),
            )
          : "no";
      default:
        return "no";
    }
  }

  /**
   * A package's call that no model describes. What it gives by itself may be generated (a token); what is read from
   * it came from somewhere (the user that an identity service knows).
   */
  private undescribed(question: OriginQuestion, site: CallSite): Origin {
    const { instruction } = site;
    if (instruction.kind !== "call") return "no";
    const handed = this.handedOn(question, site, instruction.name);
    if (handed !== "no" || question !== "content" || instruction.new) return handed;
    return this.told.isKnown(site.caller, instruction.out) ? "no" : { assumedThrough: instruction.name };
  }

  /** Nothing but its type is known of a function that a file declares: what it gives may be generated. */
  private declaredOnly(question: OriginQuestion, { instruction, caller }: CallSite): Origin {
    if (instruction.kind !== "call") return "no";
    const given = anyOf(instruction.arguments, ({ value }) => this.ask(question, caller, value));
    return given === "no" ? { assumedThrough: instruction.name } : given;
  }

  private allAt(site: CallSite, from: Address): Origin {
    return anyOf(operandsAt(site, from), (value) => this.containers.ofAll(site.caller, value));
  }

  /** `map.get(key)`, `set.values()`: what the container was filled with. */
  private heldAt(question: OriginQuestion, site: CallSite, from: Address): Origin {
    if (question === "opaque" || from.steps.length === 0) return "no";
    return anyOf(operandsAt(site, from), (value) => this.containers.ofPart(site.caller, value, partOf(from)));
  }

  /** What a flow takes from: an operand, or what a callback returns. */
  flowSource(question: OriginQuestion, site: CallSite, from: Address): Origin {
    const handedOut = from.steps.filter((step) => step.kind === "parameter").length;
    if (from.root.kind === "return" || handedOut > 1) return this.givenToMouth(question, site, from);
    if (from.steps.some((step) => step.kind === "result"))
      return either(
        anyOf(site.callbacks.values(), (edge) => askReturns(this.pointsTo, this.ask, question, edge.callee)),
        () =>
          either(this.ofHandedOut(question, site, from), () => this.ofLanguageFunction(question, site, from)),
      );
    return either(askOperands(this.ask, question, site, from), () => this.heldAt(question, site, from));
  }

  /** `stream.pipe(map(seal))`: what a function gives that another call handed out. */
  private ofHandedOut(question: OriginQuestion, site: CallSite, from: Address): Origin {
    const at = from.steps.findIndex((step) => step.kind === "result");
    const makers = new Set(
      [...(site.foreignCallbacks.get(functionAddress(from, at)) ?? [])].flatMap(
        ({ id }) => this.pointsTo.channelOf(id)?.site ?? [],
      ),
    );
    if (makers.size === 0 || this.handing >= mostHanding) return "no";
    this.handing++;
    try {
      return anyOf(makers, (maker) =>
        anyOf(maker.foreign, (callee) =>
          anyOf(
            selectModels(this.pointsTo, maker, callee).flatMap(({ model }) => model.roles),
            (role) =>
              role.kind === "flow" && role.to.some(isOfMade)
                ? anyOf(role.from, (each) => this.flowSource(question, maker, each))
                : "no",
          ),
        ),
      );
    } finally {
      this.handing--;
    }
  }

  /** `texts.map(String)`: what a function of the language gives comes of what the call has. */
  private ofLanguageFunction(question: OriginQuestion, site: CallSite, { steps, ...from }: Address): Origin {
    const named = {
      ...from,
      steps: steps.slice(
        0,
        steps.findIndex((step) => step.kind === "result"),
      ),
    };
    const gives = valuesAt(this.pointsTo, site, named).some(
      (value) =>
        value.kind === "foreign" &&
        (value.module === "lib" || value.module === "global") &&
        this.pointsTo.catalogue
          .match(value.module, value.path, "call")
          .some(({ model }) => model.roles.some(givesResult)),
    );
    return gives ? this.anyOperand(question, site) : "no";
  }

  /** `decrypt({ CiphertextBlob: blob })`: a property of what the program itself put together. */
  private partAt(site: CallSite, { steps, ...from }: Address): Origin {
    const path = steps.flatMap((step) => (step.kind === "property" ? [step.name] : []));
    if (path.length === 0 || path.length < steps.length) return "no";
    return anyOf(operandsAt(site, { ...from, steps }), (value) => this.askPart(site.caller, value, path));
  }

  /** What the calls of a function are given that the call handed out: `setName(event.target.value)`. */
  private givenToMouth(question: OriginQuestion, site: CallSite, from: Address): Origin {
    const given = givenPart(from);
    if (given === null) return "no";
    const handedOn = anyOf(this.mouths.callsOf(site, from), ([call, address]) =>
      address === null ? "no" : this.givenAt(question, call, address, given.index),
    );
    if (handedOn === "yes") return handedOn;
    return anyOf(this.mouths.callsOf(site, from), ([call, address]) => {
      if (address !== null) return "no";
      if (given.steps[0]?.kind === "result")
        return anyOf(call.callbacks.values(), (edge) =>
          askReturns(this.pointsTo, this.ask, question, edge.callee),
        );
      const argument = operandsOfSite(call).arguments[given.index];
      const asked = given.steps.length === 0 ? question : about(question);
      return argument === undefined ? "no" : this.ask(asked, call.caller, argument.value);
    });
  }

  /** The function is handed on, to a call that gives it something: `getCurrentPosition(resolve)`. */
  private givenAt(question: OriginQuestion, call: CallSite, address: string, index: number): Origin {
    const isMeant = (to: Address): boolean => {
      const at = to.steps.findIndex((step) => step.kind === "parameter");
      const step = to.steps[at];
      return step?.kind === "parameter" && step.index === index && functionAddress(to, at) === address;
    };
    return anyOf(call.foreign, (callee) =>
      anyOf(
        selectModels(this.pointsTo, call, callee).flatMap((match) => withPipedFlows(match, call).model.roles),
        (role) => {
          if (role.kind === "input") return role.output.some(isMeant) ? "yes" : "no";
          return role.kind === "flow" && role.to.some(isMeant)
            ? anyOf(role.from, (from) => this.flowSource(question, call, from))
            : "no";
        },
      ),
    );
  }
}

/** `declare function read(): string`, `declare const form: Form`: a file says that it is there, and no more. */
function isDeclaredOnly({ instruction, caller }: CallSite): boolean {
  if (instruction.kind !== "call") return false;
  const base = namesOf(caller, instruction.callee).at(-1)?.base;
  const definition = base === undefined ? null : definitionOf(caller, base);
  return definition?.kind === "global" && definition.declared === "otherwise";
}

/** `arg0.result -> return.result`: what the function gives that the call hands out. */
function isOfMade({ root, steps }: Address): boolean {
  // What it fails with is no data that it gives.
  return (
    root.kind === "return" && steps[0]?.kind === "result" && !steps.some(({ kind }) => kind === "rejected")
  );
}

function givesResult(role: Role): role is Extract<Role, { kind: "flow" }> {
  return role.kind === "flow" && role.to.some((to) => to.root.kind === "return");
}

/** What comes back is it as a whole: of what has it for a part another part may be asked about. */
function isWhole(role: Extract<Role, { kind: "flow" }>): boolean {
  return role.to.some((to) => to.root.kind === "return" && to.steps.length === 0);
}

/** The result is a text that shows what its operand holds. */
function writesOut(role: Extract<Role, { kind: "flow" }>): boolean {
  return role.to.some((to) => to.root.kind === "return" && to.steps.some((step) => step.kind === "text"));
}
