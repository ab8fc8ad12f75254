/** What streams tell that models describe: what comes out of one came out of a promise, and went through its steps. */
import type { Role } from "../../../contracts/model.js";
import { operandsAt } from "../../models/address-values.js";
import { functionPlace } from "../../models/function-addresses.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { Outcome } from "./outcome.js";
import { anyOutcome } from "./outcome.js";
import type { OpenWaysTools, Ways } from "../ways.js";

type RoleOf<K extends Role["kind"]> = Extract<Role, { kind: K }>;
type Tells = (node: FunctionNode, value: number, outcome: Outcome, isAwaited: boolean) => boolean;

/** A call of a stream's `pipe`, and which of its steps a function stands in. */
interface Place {
  readonly pipe: CallSite;
  readonly index: number;
}

export class StreamEvidence {
  constructor(
    private readonly tools: OpenWaysTools,
    private readonly ways: Ways,
    private readonly ask: Tells,
  ) {}

  /** What the result of the call brings in the end comes out so only with a guard past. */
  tells(site: CallSite, outcome: Outcome): boolean {
    if (site.foreign.size === 0 || site.instruction.kind !== "call") return false;
    const settles = this.roleAt(site, "settles");
    if (settles !== null) return this.sourceTells(site, settles, outcome);
    const pipes = this.roleAt(site, "pipes");
    return pipes !== null && this.behindSteps(site, pipes, Infinity, outcome);
  }

  /** The function at an address of a step is only called once what comes before it brought something that tells so. */
  givesTo(site: CallSite, address: string, outcome: Outcome): boolean {
    if (address !== "arg0" || this.roleAt(site, "step") === null) return false;
    const places = this.placesOf(site);
    return (
      places.length > 0 &&
      places.every(({ pipe, index }) => {
        const pipes = this.roleAt(pipe, "pipes");
        return pipes !== null && this.behindSteps(pipe, pipes, index, outcome);
      })
    );
  }

  private sourceTells(site: CallSite, { by }: RoleOf<"settles">, outcome: Outcome): boolean {
    const last = by.steps.at(-1);
    if (last?.kind === "result")
      return this.resultsTell(site, functionPlace(by, by.steps.length - 1).text, outcome);
    return operandsAt(site, by).some((value) => this.ask(site.caller, value, outcome, true));
  }

  /** Backwards from before a step to the stream itself. */
  private behindSteps(
    pipe: CallSite,
    { steps, given }: RoleOf<"pipes">,
    until: number,
    outcome: Outcome,
  ): boolean {
    const { instruction, caller } = pipe;
    if (instruction.kind !== "call" || instruction.receiver === null) return false;
    if (!given.some(({ root }) => root.kind === "this")) return false;
    let wanted = outcome;
    const before = operandsAt(pipe, steps).slice(0, until === Infinity ? undefined : until);
    for (const value of [...before].reverse()) {
      const step = this.stepOf(caller, value);
      if (step === null) return false;
      const gives = this.roleAt(step, "step")?.gives;
      if (this.resultsTell(step, "arg0", gives === "result" ? wanted : anyOutcome)) return true;
      if (gives === "result") wanted = anyOutcome;
    }
    return this.ask(caller, instruction.receiver, wanted, true);
  }

  private resultsTell(site: CallSite, address: string, outcome: Outcome): boolean {
    const callees = [...site.callbacks.values()].filter((each) => each.address === address);
    return (
      callees.length > 0 &&
      callees.every(
        ({ callee }) => this.ways.mayEstablish(callee) && !this.ways.mayReturn(callee, outcome, true),
      )
    );
  }

  private stepOf(node: FunctionNode, value: number): CallSite | null {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return null;
    const site = this.tools.pointsTo.findSite(node, definition.point);
    return site !== undefined && this.roleAt(site, "step") !== null ? site : null;
  }

  /** Where the step that a call makes is handed over. */
  private placesOf({ caller, instruction }: CallSite): Place[] {
    if (instruction.kind !== "call") return [];
    return (caller.uses[instruction.out] ?? []).flatMap((point) => {
      const pipe = this.tools.pointsTo.findSite(caller, point);
      const role = pipe === undefined ? null : this.roleAt(pipe, "pipes");
      if (pipe === undefined || role === null) return [];
      const index = operandsAt(pipe, role.steps).indexOf(instruction.out);
      return index === -1 ? [] : [{ pipe, index }];
    });
  }

  private roleAt<K extends Role["kind"]>(site: CallSite, kind: K): RoleOf<K> | null {
    if (site.foreign.size === 0) return null;
    for (const { model } of this.tools.models.at(site))
      for (const role of model.roles) if (role.kind === kind) return role as RoleOf<K>;
    return null;
  }
}
