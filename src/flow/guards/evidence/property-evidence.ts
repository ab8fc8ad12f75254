/** What properties tell: of objects that are made here, of getters, and of what the program writes anywhere. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import { definitionOf } from "../../paths/value-places.js";
import type { FunctionNode } from "../../program/program.js";
import type { ConsentQuestion } from "../consent-question.js";
import type { OpenWaysTools, Ways } from "../ways.js";
import { foldedConstant } from "./folded-constant.js";
import type { KeptEvidence } from "./kept-evidence.js";
import { writtenPropertyTells } from "./object-evidence.js";
import type { Outcome } from "./outcome.js";
import { anyElement, mayBe, mayBeObject, truthOf, under } from "./outcome.js";
import type { Receiver } from "./same-receiver.js";
import { edgesOf, isOnThis } from "./same-receiver.js";

type Again = (value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean;

/** What the evidence around it answers. */
interface Around {
  readonly ask: (node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean;
  /** The class of `this` in the function that is looked at, where it is known. */
  readonly self: () => Receiver | null;
  /** Does a method of the object tell so, which only says what the object is? */
  readonly ofMethod: (callee: FunctionNode, node: FunctionNode, object: ValueId, outcome: Outcome) => boolean;
}

export class PropertyEvidence {
  constructor(
    private readonly tools: OpenWaysTools,
    private readonly ways: Ways,
    private readonly question: ConsentQuestion,
    private readonly containers: KeptEvidence,
    private readonly around: Around,
  ) {}

  /** `result.granted`: of an object that is made here, what was put there; else what the object tells by it. */
  ofLoad(
    node: FunctionNode,
    load: InstructionOf<"load">,
    point: number,
    outcome: Outcome,
    isAwaited: boolean,
    again: Again,
  ): boolean {
    const { object, property, out } = load;
    // Whichever element it is: `agreed[index]`.
    if (property.kind !== "name")
      return (
        again(object, under(anyElement, outcome), false) ||
        this.containers.elementTells(node, object, outcome, isAwaited)
      );
    if (outcome.path.length === 0 && truthOf(outcome.test) === false && this.saysAdult(node, load, point))
      return true;
    const constant = foldedConstant(this.tools.pointsTo, node, out);
    const isSettled = !this.tools.properties.mayBeElse(node, object, property.name);
    if (constant !== null && isSettled && !mayBe(constant.value, outcome)) return true;
    return (
      this.getterTells(node, point, object, outcome) ||
      again(object, under(property.name, outcome), false) ||
      (isSettled && this.writtenTell(node, object, property.name, outcome, isAwaited))
    );
  }

  /** The property is marked to say who is a child; where a getter works that out, by what age is looked at. */
  private saysAdult(node: FunctionNode, load: InstructionOf<"load">, point: number): boolean {
    const site = this.tools.pointsTo.findSite(node, point);
    const getters = [...(site?.edges.values() ?? [])].filter(({ shape }) => shape === "getter");
    const marks = getters.map(({ callee }) =>
      this.tools.guards.ofFunction(callee).find(({ kind }) => kind === "adult"),
    );
    if (site === undefined || marks.length === 0 || marks.includes(undefined) || site.foreign.size > 0)
      return this.tools.guards.isAdultProperty(node, load);
    return marks.every((mark) => mark !== undefined && this.question.accepts(mark, site));
  }

  /** `sailor.isIndependent`, which a getter works out. */
  private getterTells(node: FunctionNode, point: number, object: ValueId, outcome: Outcome): boolean {
    const site = this.tools.pointsTo.findSite(node, point);
    if (site === undefined || site.foreign.size > 0) return false;
    const getters = edgesOf(this.tools.pointsTo, site, this.around.self()).filter(
      ({ shape }) => shape === "getter",
    );
    const self = isOnThis(site) ? this.around.self() : null;
    return (
      getters.length > 0 &&
      getters.every(({ callee }) =>
        this.ways.mayEstablish(callee)
          ? !this.ways.mayReturn(callee, outcome, false, self)
          : this.around.ofMethod(callee, node, object, outcome),
      )
    );
  }

  /** `this.agreed`, `res.locals.agreed`: whatever the program writes there tells so, and so does that nothing is there. */
  writtenTell(
    node: FunctionNode,
    object: ValueId,
    name: string,
    outcome: Outcome,
    isAwaited: boolean,
  ): boolean {
    const { facts } = this.question;
    const written = this.tools.properties
      .writersOf(node, object, name)
      .filter((each) => facts?.mayHaveWritten?.(each.node) ?? true);
    return (
      written.length > 0 &&
      written.every((each) => this.around.ask(each.node, each.value, outcome, isAwaited)) &&
      (!mayBe(undefined, outcome) ||
        this.tools.properties.isMadeWith(node, object, name) ||
        facts?.hasWritten?.(written) === true)
    );
  }

  ofObject(node: FunctionNode, object: ValueId, outcome: Outcome, again: Again): boolean {
    if (!mayBeObject(outcome)) return true;
    const [name, ...path] = outcome.path;
    // How many stand in a list nobody writes down.
    if (name === undefined || (name === "length" && definitionOf(node, object)?.kind === "array"))
      return false;
    if (name === anyElement)
      return this.containers.elementTells(node, object, { test: outcome.test, path }, false);
    return writtenPropertyTells(node, object, name, { test: outcome.test, path }, again);
  }
}
