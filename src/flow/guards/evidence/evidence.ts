/**
 * What a value tells by coming out so: that a guard was asked and said yes. Read backwards from the value through
 * negation, comparison, properties of results, promises, and what own functions return.
 */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { CallEdge, CallSite } from "../../points-to/points-to.js";
import type { Definition, FunctionNode } from "../../program/program.js";
import { assertionTells } from "./assertion-evidence.js";
import { membershipTells } from "./membership-evidence.js";
import { callbacksThere } from "../called-there.js";
import { capturedFrom } from "../../program/captured-from.js";
import { BoundMethods } from "./bound-methods.js";
import { comparisonTells } from "./comparison-evidence.js";
import { constructedTells } from "./constructed-evidence.js";
import type { ConsentQuestion } from "../consent-question.js";
import { takenUnderName } from "../entries/named-entries.js";
import { answersSo, tells } from "../marks/guard-mark.js";
import type { Outcome } from "./outcome.js";
import { anyOutcome, constantOf, mayBe, mayBeObject, negated, truthOf } from "./outcome.js";
import type { OpenBlocks, OpenWaysTools, Ways } from "../ways.js";
import { askedKey, AskedQuestion } from "./asked-question.js";
import { KeptEvidence } from "./kept-evidence.js";
import { ModelEvidence } from "./model-evidence.js";
import { argumentsFor } from "../../program/edge-arguments.js";
import { moduleVariableTells } from "./module-variables.js";
import { neverGives, PromiseEvidence } from "./promise-evidence.js";
import { isClosedAt, isHandedOn } from "./passed-guards.js";
import { PropertyEvidence } from "./property-evidence.js";
import type { Receiver } from "./same-receiver.js";
import { edgesMeant, edgesOf, isOnThis } from "./same-receiver.js";
import type { Reliance } from "./reliance.js";
import { isWrittenBehindGuard } from "./remembered-runs.js";
import { contradicts, sideTaken } from "./side-taken.js";
import { writtenInto } from "./written-into.js";

type InstructionOf<K extends Instruction["kind"]> = Extract<Instruction, { kind: K }>;

type Asked = [node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean];

/** Of all questions together, so that no chain of them fills the stack. */
const mostWaiting = 300;

/** Values behind each other before one is taken for silent. */
const deepest = 100;

export class Evidence {
  /** Values that wait for others, in all questions. */
  private waiting = 0;
  private asked: AskedQuestion;
  private readonly methods: BoundMethods;
  /** Answers that hold whoever asks, by the class of `this`. */
  private readonly kept = new Map<Receiver | null, Map<string, boolean>>();
  private readonly promises: PromiseEvidence;
  private readonly models: ModelEvidence;
  private readonly containers: KeptEvidence;
  private readonly properties: PropertyEvidence;

  constructor(
    private readonly tools: OpenWaysTools,
    private readonly question: ConsentQuestion,
    private readonly ways: Ways,
    private readonly reliance: Reliance,
    /** Who is asked about a function, if what is known here says nothing of it. */
    private readonly elsewhere: (node: FunctionNode) => Evidence | null,
  ) {
    this.asked = new AskedQuestion(null, new Map(), this.reliance);
    this.methods = new BoundMethods(
      (...asked) => this.tells(...asked),
      (ask) => this.apart(ask),
    );
    this.promises = new PromiseEvidence(tools, ways, question, (...asked) => this.tells(...asked));
    const around = {
      ask: (...asked: Asked) => this.tells(...asked),
      once: (key: string, answer: () => boolean) => this.asked.once(key, answer),
      promises: this.promises,
    };
    this.models = new ModelEvidence(tools, ways, around);
    this.containers = new KeptEvidence(tools, ways, around);
    this.properties = new PropertyEvidence(tools, ways, question, this.containers, {
      ask: around.ask,
      self: () => this.asked.self,
      ofMethod: (...asked) => this.methods.tells(...asked),
    });
  }

  /** Answers what is asked inside for a method whose object is of the class. */
  within<Answer>(self: Receiver | null, ask: () => Answer): Answer {
    let kept = this.kept.get(self);
    if (kept === undefined) this.kept.set(self, (kept = new Map<string, boolean>()));
    return this.inside(new AskedQuestion(self, kept, this.reliance), ask);
  }

  /** Answers what is asked inside of a part of a function only: that holds for no other question. */
  apart<Answer>(ask: () => Answer): Answer {
    return this.inside(new AskedQuestion(null, new Map(), this.reliance), ask);
  }

  private inside<Answer>(question: AskedQuestion, ask: () => Answer): Answer {
    const before = this.asked;
    this.asked = question;
    try {
      return ask();
    } finally {
      this.asked = before;
    }
  }

  /** `isAwaited`: the outcome is that of what the value, if it is a promise, is fulfilled with. */
  tells(
    node: FunctionNode,
    value: ValueId,
    outcome: Outcome,
    isAwaited: boolean,
    open: OpenBlocks | null = null,
  ): boolean {
    const { asked } = this;
    const other = this.methods.isBound(node) ? null : this.elsewhere(node);
    if (other !== null) return other.within(asked.self, () => other.tells(node, value, outcome, isAwaited));
    if (asked.depth >= deepest || this.waiting >= mostWaiting) {
      this.reliance.cuts++;
      return false;
    }
    asked.depth++;
    this.waiting++;
    try {
      const definition = node.definitions[value];
      if (definition === undefined) return false;
      const known = this.question.facts?.valueOf(node, value) ?? null;
      if (known !== null && !mayBe(known.value, outcome)) return true;
      if (this.question.facts?.isObject?.(node, value) === true && !mayBeObject(outcome)) return true;
      if (this.question.tells?.(node, value, outcome, this.question.facts, isAwaited) === true) return true;
      return definition.kind === "phi"
        ? this.ofPhi(node, value, outcome, isAwaited, open)
        : this.ofInstruction(node, definition.instruction, definition.point, outcome, isAwaited, open);
    } finally {
      asked.depth--;
      this.waiting--;
    }
  }

  isBehindPromise(site: CallSite, address: string): boolean {
    return this.promises.isBehind(site, address) || this.models.isBehind(site, address);
  }

  /** Every way on which control may have come with this outcome says so. */
  private ofPhi(
    node: FunctionNode,
    value: ValueId,
    outcome: Outcome,
    isAwaited: boolean,
    given: OpenBlocks | null,
  ): boolean {
    const definition = node.definitions[value];
    if (definition?.kind !== "phi") return false;
    const key = askedKey(node, value, outcome, isAwaited);
    return this.remembered(key, given, () =>
      this.asked.once(key, () => {
        if (given !== null) this.reliance.unsettled++;
        return this.ofChoices(node, definition, outcome, isAwaited, given);
      }),
    );
  }

  private remembered(key: string, given: OpenBlocks | null, answer: () => boolean): boolean {
    // As more of the function is found open, what was told may be told no more.
    const soFar = given === null ? "" : `|${String(given.blocks.size)}/${String(given.closed.size)}`;
    return this.asked.remembered(key, soFar, answer);
  }

  private ofChoices(
    node: FunctionNode,
    definition: Extract<Definition, { kind: "phi" }>,
    outcome: Outcome,
    isAwaited: boolean,
    given: OpenBlocks | null,
  ): boolean {
    const open = given ?? this.ways.open(node, this.asked.self);
    const target = node.graph.blocks[definition.block]?.id;
    if (target === undefined) return false;
    return definition.phi.inputs.every((input) => {
      if (!this.ways.goes(node, open, input.block, target)) return true;
      const side = sideTaken(node, input.block, target, input.value);
      if (side !== null && outcome.path.length === 0 && contradicts(side, outcome)) return true;
      return this.tells(node, input.value, outcome, isAwaited, open);
    });
  }

  private ofInstruction(
    node: FunctionNode,
    instruction: Instruction,
    point: number,
    outcome: Outcome,
    isAwaited: boolean,
    open: OpenBlocks | null,
  ): boolean {
    const again = (value: ValueId, other: Outcome = outcome, awaited = isAwaited): boolean =>
      this.tells(node, value, other, awaited, open);
    if ("out" in instruction && this.question.ages.tellsMissing(node, instruction.out, outcome)) return true;
    switch (instruction.kind) {
      case "constant":
        return !mayBe(constantOf(instruction), outcome);
      case "declare":
      case "cast":
        return again(instruction.value);
      case "await":
        return again(instruction.value, outcome, true);
      case "unary": {
        const operand = instruction.operator === "!" ? negated(outcome) : null;
        return operand !== null && again(instruction.operand, operand, false);
      }
      case "binary":
        return comparisonTells(this.tools.pointsTo, this.question.ages, node, instruction, outcome, again);
      case "catch":
        return !mayBeObject(outcome);
      case "this":
        return this.methods.ofThis(node, outcome);
      case "import-read":
      case "cell-read":
        return moduleVariableTells(this.tools.pointsTo, node, instruction, outcome);
      case "load":
        // What is written there is not all that a request may bring.
        if (outcome.test.kind === "lies") return false;
        return this.remembered(askedKey(node, instruction.out, outcome, isAwaited), open, () =>
          this.properties.ofLoad(node, instruction, point, outcome, isAwaited, again),
        );
      case "object":
      case "array":
      case "function":
      case "class":
        return this.remembered(askedKey(node, instruction.out, outcome, isAwaited), open, () =>
          this.properties.ofObject(node, instruction.out, outcome, again),
        );
      case "call":
      case "super-call":
        return this.callTells(node, point, outcome, isAwaited);
      case "parameter":
      case "capture":
      case "box-read":
        return this.asked.remembered(askedKey(node, instruction.out, outcome, isAwaited), "", () =>
          this.ofOuter(node, instruction, outcome, isAwaited),
        );
      default:
        return false;
    }
  }

  /** A call that comes out so, or (awaited) whose promise is fulfilled so. */
  callTells(node: FunctionNode, point: number, outcome: Outcome, isAwaited: boolean): boolean {
    const site = this.tools.pointsTo.findSite(node, point);
    if (site === undefined) return false;
    const key = `c${askedKey(node, point, outcome, isAwaited)}`;
    return this.asked.remembered(key, "", () => this.siteTells(site, outcome, isAwaited));
  }

  private siteTells(site: CallSite, outcome: Outcome, isAwaited: boolean): boolean {
    const { instruction } = site;
    if (instruction.kind === "call" && instruction.new && !mayBeObject(outcome, instruction.name))
      return true;
    if (constructedTells(this.tools.properties, site, outcome, (...asked) => this.tells(...asked)))
      return true;
    const truth = outcome.path.length === 0 ? truthOf(outcome.test) : null;
    if (
      truth !== null &&
      "out" in instruction &&
      this.question.ages.tells(site.caller, instruction.out, truth)
    )
      return true;
    if (
      "out" in instruction &&
      this.question.tells?.(site.caller, instruction.out, outcome, this.question.facts, isAwaited) === true
    )
      return true;
    const marks = this.tools.guards.among(site, this.edgesAt(site));
    if (
      marks.length > 0 &&
      marks.every((each) =>
        each.some(
          (mark) => this.question.accepts(mark, site) && (!mark.isAsync || isAwaited) && tells(mark, outcome),
        ),
      )
    )
      return true;
    if (assertionTells(this.tools, site, (...asked) => this.tells(...asked))) return true;
    if (membershipTells(this.tools.pointsTo, site, outcome, (...asked) => this.tells(...asked))) return true;
    const taken = takenUnderName(this.tools.pointsTo, this.tools.models, site);
    if (this.containers.callTells(site, outcome, isAwaited)) return true;
    if (
      taken !== null &&
      !this.containers.isForAll(site) &&
      this.properties.writtenTell(site.caller, taken.object, taken.name, outcome, false)
    )
      return true;
    if (this.promises.tells(site, outcome, isAwaited)) return true;
    if (this.models.tells(site, outcome, isAwaited)) return true;
    return this.ownCallTells(site, outcome, isAwaited);
  }

  private edgesAt(site: CallSite): readonly CallEdge[] {
    return edgesMeant(this.question, site, edgesOf(this.tools.pointsTo, site, this.asked.self));
  }

  private ownCallTells(site: CallSite, outcome: Outcome, isAwaited: boolean): boolean {
    const edges = this.edgesAt(site);
    const self = isOnThis(site) ? this.asked.self : null;
    if (edges.length === 0 || site.foreign.size > 0 || this.question.asksOthers?.(site) === true)
      return false;
    return edges.every((edge) => {
      const { callee, shape } = edge;
      if (shape === "getter" || shape === "setter" || shape === "set-trap" || shape === "assign")
        return false;
      if (!this.ways.mayEstablish(callee)) {
        if (
          shape === "call" &&
          (isAwaited || !callee.graph.async) &&
          !callee.graph.generator &&
          neverGives(callee, outcome)
        )
          return true;
        const { instruction, caller } = site;
        const receiver = instruction.kind === "call" && shape === "call" ? instruction.receiver : null;
        return receiver !== null && this.methods.tells(callee, caller, receiver, outcome);
      }
      if (callee.graph.generator) return false;
      // The promise itself tells nothing, and what a class constructs is an object.
      if (callee.graph.async && !isAwaited) return false;
      const wanted = shape === "construct" || shape === "super" ? anyOutcome : outcome;
      return !this.ways.mayReturnFrom(edge, wanted, isAwaited, self);
    });
  }

  /** What comes from outside the function. */
  private ofOuter(
    node: FunctionNode,
    instruction: InstructionOf<"parameter" | "capture" | "box-read">,
    outcome: Outcome,
    isAwaited: boolean,
  ): boolean {
    switch (instruction.kind) {
      case "parameter":
        return this.ofParameter(node, instruction.index, outcome, isAwaited);
      case "capture":
        return this.ofCapture(node, instruction.slot, outcome, isAwaited);
      case "box-read":
        return writtenInto(this.tools.pointsTo, node, instruction.box).every(
          (each) =>
            this.tells(each.node, each.value, outcome, isAwaited) ||
            isWrittenBehindGuard(this.tools, this.ways, { node, box: instruction.box }, each),
        );
    }
  }

  /** `save(granted)`: every caller hands over what tells so, or has established it before. */
  private ofParameter(node: FunctionNode, index: number, outcome: Outcome, isAwaited: boolean): boolean {
    const { pointsTo } = this.tools;
    const call = this.question.facts?.callOf?.(node) ?? null;
    const callers = call === null ? pointsTo.callersOf(node) : [call];
    const callbacks = call === null ? callbacksThere(this.tools, node) : [];
    if (callers.length + callbacks.length === 0) return false;
    return (
      callers.every((edge) => {
        if (edge.site.instruction.kind === "jsx")
          return this.tells(edge.site.caller, edge.site.instruction.props, outcome, false);
        if (edge.shape !== "call" && edge.shape !== "invoke-call") return false;
        if (isHandedOn(edge.site) && isClosedAt(this.ways, edge.site.caller, edge.site.point)) return true;
        if (
          this.tools.guards
            .answersAt(edge.site)
            .some((mark) => answersSo(mark, this.question, index, outcome))
        )
          return true;
        const [argument, ...others] = argumentsFor(edge, index);
        if (argument === undefined) return !mayBe(undefined, outcome);
        if (argument.spread || others.length > 0) return false;
        return this.tells(edge.site.caller, argument.value, outcome, isAwaited);
      }) &&
      callbacks.every(
        ({ site, address }) =>
          this.promises.givesTo(site, address, index, outcome) ||
          this.models.givesTo(site, address, index, outcome) ||
          (index === 0 && this.foldTells(node, outcome, isAwaited)),
      )
    );
  }

  /** `steps.reduce((before, step) => …)`: what the round before gave, or what the first one was given. */
  private foldTells(node: FunctionNode, outcome: Outcome, isAwaited: boolean): boolean {
    const round = this.tools.pointsTo.foldRounds.get(node);
    if (round === undefined) return false;
    if (round.before === null)
      return round.initial !== null && this.tells(round.site.caller, round.initial, outcome, isAwaited);
    return this.ways.mayEstablish(round.before) && !this.ways.mayReturn(round.before, outcome, isAwaited);
  }

  private ofCapture(node: FunctionNode, slot: number, outcome: Outcome, isAwaited: boolean): boolean {
    const captured = capturedFrom(this.tools.pointsTo, node, slot);
    return captured !== null && this.tells(captured.node, captured.value, outcome, isAwaited);
  }
}
