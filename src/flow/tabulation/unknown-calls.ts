/** Calls that nothing describes: what they may do with the data is assumed, and told as a blind spot. */
import { emptyPath } from "../paths/access-path.js";
import { isOutOfReach } from "../paths/path-components.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { isMemberOfNothing } from "../heap/held-by-others.js";
import { memberOfLiteral } from "../heap/literal-members.js";
import { operandsOfSite } from "../models/address-values.js";
import { isBinding } from "../program/bind-calls.js";
import type { Callbacks } from "./callbacks.js";
import type { Entry } from "./entry.js";
import { incoming } from "./fact.js";
import type { Fact } from "./fact.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { channelModule } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { apply } from "../protection/protection.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { step } from "./trace.js";
import { believed, type TellBlindSpot, unknownPlace } from "./undescribed.js";

export class UnknownCalls {
  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly callbacks: Callbacks,
    private readonly tell: TellBlindSpot,
  ) {}

  /** Nothing describes the callee: its result carries the data on as possible, and functions it got are called. */
  meet(entry: Entry, site: CallSite, fact: Fact, trace: Trace, isBlind: boolean): void {
    const { instruction } = site;
    if (instruction.kind !== "call") return;
    if (
      [...site.foreign].some((callee) => callee.module === "lib" || callee.module === channelModule) ||
      isBinding(this.pointsTo, site)
    )
      return;
    if (site.foreign.size === 0 && isAbsent(this.pointsTo, site.caller, instruction.callee)) return;
    const operands = operandsOfSite(site);
    const isOperand =
      fact.base === operands.receiver || operands.arguments.some((argument) => argument.value === fact.base);
    // A function that was made with the data: `hashing(child.email)()`.
    const isCallee = fact.base === instruction.callee && instruction.receiver === null;
    if (!isOperand && !isCallee) return;
    if (isOperand) this.callbacks.enterClosures(entry, site, fact, trace, true);
    if (isOutOfReach(fact.path.components[0] ?? "") || this.believes(entry, site, fact, trace)) return;
    const state = this.tabulation.facts.assume(fact.state);
    const note = step(
      entry.node,
      instruction.at,
      { kind: "assumed-through", callee: instruction.name },
      trace,
    );
    const path = unknownPlace(fact.path);
    this.tabulation.put(entry, site.point, instruction.out, path, state, note);
    const foreign = [...site.foreign][0];
    if (isBlind)
      this.tell(
        foreign === undefined ? "unresolved-callee" : "unmodelled-package",
        site,
        fact,
        foreign === undefined ? instruction.name : `${foreign.module}#${foreign.path.join(".")}`,
      );
    for (const edge of site.callbacks.values()) {
      // What a callback gave back is called with who knows what.
      if (edge.place.steps.length > 0) continue;
      for (const parameter of edge.callee.graph.parameters) {
        const called = step(
          entry.node,
          instruction.at,
          { kind: "assumed-called", callee: instruction.name },
          trace,
        );
        this.callbacks.enterParameter(
          entry,
          site,
          edge.address,
          { kind: "parameter", index: parameter.index },
          incoming(parameter.index),
          [],
          path,
          state,
          fact,
          called,
        );
      }
    }
  }

  /** Beside an own callee, a class that models describe without this member is not the one that is called. */
  mayBeCalled(site: CallSite): boolean {
    const { caller, instruction } = site;
    if (instruction.kind === "call" && isMemberOfNothing(this.pointsTo, caller, instruction.callee))
      return false;
    if (site.edges.size === 0) return true;
    return [...site.foreign].some(
      (callee) => this.pointsTo.catalogue.match(callee.module, callee.path.slice(0, -1), "call").length === 0,
    );
  }

  /** A member of an interface with a role (`@encrypts`), whose body is not seen. */
  private believes(entry: Entry, site: CallSite, fact: Fact, trace: Trace): boolean {
    const { instruction } = site;
    if (instruction.kind !== "call") return false;
    const belief = believed(this.pointsTo, site.caller, instruction.callee, instruction.name);
    if (belief === null) return false;
    if (belief.role === "anonymizes" || fact.base === instruction.receiver) return true;
    this.tabulation.put(
      entry,
      site.point,
      instruction.out,
      emptyPath,
      apply(this.tabulation.facts, fact.state, belief.protection),
      step(entry.node, instruction.at, belief.note, trace),
    );
    return true;
  }
}

/** `hooks.before?.(child)` where no hook of that name was handed over. */
function isAbsent(pointsTo: PointsTo, node: FunctionNode, callee: ValueId): boolean {
  const load = definitionOf(node, callee);
  if (load?.kind !== "load" || load.property.kind !== "name") return false;
  const { name } = load.property;
  const objects = [...pointsTo.valuesOf(node, load.object)];
  return (
    objects.length > 0 && objects.every((object) => memberOfLiteral(pointsTo, object, name) === "absent")
  );
}
