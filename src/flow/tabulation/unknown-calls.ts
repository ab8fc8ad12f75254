/** Calls that nothing describes: what they may do with the data is assumed, and told as a blind spot. */
import type { BlindSpotKind, Protection } from "../../contracts/flow.js";
import type { AccessPath } from "../paths/access-path.js";
import { accessPath, emptyPath } from "../paths/access-path.js";
import { isIndex, isOutOfReach, somewhere } from "../paths/path-components.js";
import { operandsOfSite } from "../models/address-values.js";
import { isBinding } from "../program/bind-calls.js";
import type { Callbacks } from "./callbacks.js";
import type { Entry } from "./entry.js";
import { incoming } from "./fact.js";
import type { Fact } from "./fact.js";
import { channelModule } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { apply } from "../protection/protection.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { step } from "./trace.js";

export type TellBlindSpot = (kind: BlindSpotKind, site: CallSite, fact: Fact, subject: string) => void;

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
    const operands = operandsOfSite(site);
    const isOperand =
      fact.base === operands.receiver || operands.arguments.some((argument) => argument.value === fact.base);
    if (!isOperand) return;
    this.callbacks.enterClosures(entry, site, fact, trace, true);
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

  /** A member of an interface with a role (`@encrypts`), whose body is not seen. */
  private believes(entry: Entry, site: CallSite, fact: Fact, trace: Trace): boolean {
    const { instruction } = site;
    if (instruction.kind !== "call") return false;
    const definition = site.caller.definitions[instruction.callee];
    if (definition?.kind !== "instruction") return false;
    const callee = definition.instruction;
    const nameStart = callee.kind === "load" ? callee.nameAt[0] : callee.at[0];
    const role = this.pointsTo.resolver
      .rolesAt?.(site.caller.file, nameStart)
      .find(
        (each) =>
          each.tag === "encrypts" ||
          each.tag === "decrypts" ||
          each.tag === "redacts" ||
          each.tag === "anonymizes",
      )?.tag;
    if (role === undefined) return false;
    if (role === "anonymizes" || fact.base === instruction.receiver) return true;
    const { name } = instruction;
    const protection: Protection =
      role === "encrypts"
        ? { kind: "encrypted", by: name }
        : role === "redacts"
          ? { kind: "pseudonymised", by: name }
          : { kind: "raw" };
    const note =
      role === "decrypts"
        ? ({ kind: "revealed", by: name } as const)
        : ({ kind: "protected", by: name, as: protection.kind } as const);
    this.tabulation.put(
      entry,
      site.point,
      instruction.out,
      emptyPath,
      apply(this.tabulation.facts, fact.state, protection),
      step(entry.node, instruction.at, note, trace),
    );
    return true;
  }
}

/**
 * Where a call that nothing describes may have put a part of what it got: under its own name, who knows where.
 * What it makes of `{ to: child.email }` may hold a `to`; its `id` and its `error` are not the address.
 */
function unknownPlace({ components }: AccessPath): AccessPath {
  if (components[0] === "<text>") return accessPath([somewhere, "<text>"]);
  const text = components.indexOf("<text>");
  const kept = text === -1 ? components : components.slice(0, text);
  const last = kept.findLastIndex((component) => !isIndex(component) && !/^(?:\[\]|=.*)$/u.test(component));
  return last === -1 ? emptyPath : accessPath([somewhere, ...kept.slice(last)]);
}
