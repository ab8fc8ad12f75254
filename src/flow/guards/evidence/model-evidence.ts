/**
 * What comes out of a package's call because it was put in before, as the package's model says: a state and what its
 * setter is called with, a context and what its providers have, what a store's functions set.
 */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Address, AddressStep, Role } from "../../../contracts/model.js";
import { isModelsOwn } from "../../../contracts/models-own.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { operandsAt, operandsOfSite, valuesAt } from "../../models/address-values.js";
import { functionAddress, functionPlace } from "../../models/function-addresses.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { OpenWaysTools, Ways } from "../ways.js";
import type { GivenPlaces } from "./given-places.js";
import { isPassed } from "./passed-guards.js";
import type { PromiseEvidence } from "./promise-evidence.js";
import type { Outcome } from "./outcome.js";
import { anyOutcome, mayBe, negated, outcomeKey, truthOf } from "./outcome.js";

type Tells = (node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean;
type FlowRole = Extract<Role, { kind: "flow" }>;

/** What the evidence around it answers. */
export interface Around {
  readonly ask: Tells;
  /** Answers yes where the same is being asked already: what goes round tells what comes into it. */
  once(key: string, answer: () => boolean): boolean;
  readonly promises: PromiseEvidence;
}

interface Source {
  readonly site: CallSite;
  readonly from: Address;
  readonly outcome: Outcome;
  readonly isAwaited: boolean;
  /** The same place is filled with what the function there gives back. */
  readonly alsoResult: boolean;
}

export class ModelEvidence {
  private readonly pointsTo: PointsTo;
  private readonly places: GivenPlaces;

  constructor(
    private readonly tools: OpenWaysTools,
    private readonly ways: Ways,
    private readonly around: Around,
  ) {
    this.pointsTo = tools.pointsTo;
    this.places = tools.given;
  }

  /** What a call gives back. */
  tells(site: CallSite, outcome: Outcome, isAwaited: boolean): boolean {
    if (!isOfPackage(site)) return false;
    return this.allTell(
      site,
      this.sources(site, (to) => (to.root.kind === "return" ? to.steps : null), outcome, isAwaited),
      `return:${isAwaited ? "a" : ""}${outcomeKey(outcome)}`,
    );
  }

  /** What the parameter of a function that the call was given is given. */
  givesTo(site: CallSite, address: string, index: number, outcome: Outcome): boolean {
    if (!isOfPackage(site)) return false;
    const below = (to: Address): readonly AddressStep[] | null => {
      const at = to.steps.findIndex((step) => step.kind === "parameter");
      const step = to.steps[at];
      return step?.kind === "parameter" && step.index === index && functionAddress(to, at) === address
        ? to.steps.slice(at + 1)
        : null;
    };
    const key = `${address}:${String(index)}:${outcomeKey(outcome)}`;
    return this.allTell(site, this.sources(site, below, outcome, false), key);
  }

  /** The function is not called where something is true there, and that is only false behind a guard. */
  isBehind(site: CallSite, address: string): boolean {
    return (
      isOfPackage(site) &&
      this.tools.models.at(site).some(({ model }) =>
        model.roles.some((role) => {
          if (role.kind !== "calls" || role.entry || role.unless === null) return false;
          if (functionPlace(role.function, role.function.steps.length).text !== address) return false;
          const path = namesOf(role.unless.steps);
          return (
            path !== null &&
            operandsAt(site, role.unless).some((value) =>
              this.around.ask(site.caller, value, { test: { kind: "falsy" }, path }, true),
            )
          );
        }),
      )
    );
  }

  private allTell(site: CallSite, sources: readonly Source[], key: string): boolean {
    return (
      sources.length > 0 &&
      this.around.once(`${site.id}|${key}`, () => sources.every((source) => this.sourceTells(source)))
    );
  }

  /** From where the model says that something flows into a place of the call: into the part that is asked about. */
  private sources(
    site: CallSite,
    below: (to: Address) => readonly AddressStep[] | null,
    outcome: Outcome,
    isAwaited: boolean,
  ): Source[] {
    const roles = this.tools.models
      .at(site)
      .flatMap(({ model }) => model.roles)
      .filter((role): role is FlowRole => role.kind === "flow");
    const all = roles.flatMap((role) => role.from.map(({ text }) => text));
    return roles.flatMap((role) =>
      role.to.flatMap((to) => {
        const steps = below(to);
        const rest = steps === null ? null : pathBelow(steps, outcome.path);
        if (steps === null || rest === null) return [];
        const part: Outcome = { test: outcome.test, path: rest };
        const wanted = role.negated === true ? negated(part) : part;
        if (wanted === null) return [];
        return role.from.map((from) => ({
          site,
          from,
          outcome: wanted,
          isAwaited: isAwaited || steps.length > 0,
          alsoResult: all.includes(`${from.text}.result`),
        }));
      }),
    );
  }

  private sourceTells({ site, from, outcome, isAwaited, alsoResult }: Source): boolean {
    const held = from.steps.findIndex((step) => step.kind === "held");
    if (held !== -1) return this.heldTells(site, from, held, outcome);
    const called = from.steps.findIndex((step) => step.kind === "result");
    if (from.root.kind === "literal") return !mayBe(from.root.value, outcome);
    if (from.root.kind === "return") return this.givenTell(site, from, outcome, alsoResult);
    if (from.steps.some((step) => step.kind === "parameter"))
      return this.givenTell(site, from, outcome, alsoResult);
    if (called !== -1) {
      const path = namesOf(from.steps.slice(called + 1));
      const address = functionPlace(from, called).text;
      const wanted: Outcome = { test: outcome.test, path: [...(path ?? []), ...outcome.path] };
      // What a function gives that a package made is not known here.
      if (site.foreignCallbacks.has(address)) return false;
      // Where no function stands, nothing comes of one.
      if (called === 0 && !operandsAt(site, from).some((value) => this.isFunction(site.caller, value)))
        return true;
      if (this.isBehind(site, address)) return true;
      return path !== null && this.around.promises.callbacksGive(site, address, wanted, isAwaited);
    }
    const operands = operandsAt(site, from);
    // There is nothing where it rejected with nothing: `arg0! -> return.failed_`.
    if (from.steps.length === 1 && from.steps[0]?.kind === "rejected")
      return (
        truthOf(outcome.test) === false &&
        operands.some((value) => this.around.ask(site.caller, value, anyOutcome, true))
      );
    if (from.steps[0]?.kind === "element") return this.noneTells(site, from, outcome);
    const names = namesOf(from.steps);
    if (names === null || (from.root.kind !== "argument" && from.root.kind !== "this")) return false;
    if (operands.length === 0) return !mayBe(undefined, outcome);
    return operands.every((value) => {
      if (alsoResult && this.isFunction(site.caller, value)) return true;
      return this.around.ask(
        site.caller,
        value,
        { test: outcome.test, path: [...names, ...outcome.path] },
        from.root.kind === "this",
      );
    });
  }

  /** What the calls of a function that the package handed out are given. */
  private givenTell(site: CallSite, from: Address, outcome: Outcome, alsoResult: boolean): boolean {
    const last = from.steps.findLastIndex((step) => step.kind === "parameter");
    const step = from.steps[last];
    if (step?.kind !== "parameter") return false;
    const rest = from.steps.slice(last + 1);
    const isResult = rest[0]?.kind === "result";
    const names = namesOf(isResult ? rest.slice(1) : rest);
    if (names === null) return false;
    const wanted: Outcome = { test: outcome.test, path: [...names, ...outcome.path] };
    const calls = this.places.callsOf(site, from.text);
    if (calls.length === 0 && from.root.kind !== "return") return false;
    return calls.every(({ call, address }) =>
      address === null
        ? this.callTells(call, step.index, wanted, isResult, alsoResult)
        : isResult || this.around.promises.givesTo(call, address, step.index, wanted),
    );
  }

  private callTells(
    call: CallSite,
    index: number,
    outcome: Outcome,
    isResult: boolean,
    alsoResult: boolean,
  ): boolean {
    const argument = operandsOfSite(call).arguments[index];
    if (argument?.spread === true) return false;
    if (isPassed(this.pointsTo, this.ways, call.caller, call.point, this.around.promises)) return true;
    if (argument === undefined) return isResult || !mayBe(undefined, outcome);
    const isFunction = this.isFunction(call.caller, argument.value);
    if (isResult)
      return !isFunction || this.around.promises.callbacksGive(call, `arg${String(index)}`, outcome, false);
    if (alsoResult && isFunction) return true;
    return this.around.ask(call.caller, argument.value, outcome, false);
  }

  private heldTells(site: CallSite, from: Address, at: number, outcome: Outcome): boolean {
    const step = from.steps[at];
    const names = namesOf(from.steps.slice(at + 1));
    if (step?.kind !== "held" || names === null) return false;
    const objects = valuesAt(this.pointsTo, site, { ...from, steps: from.steps.slice(0, at) });
    const wanted: Outcome = { test: outcome.test, path: [...names, ...outcome.path] };
    const fillings = this.places.into(step.name, objects);
    return (
      fillings.length > 0 &&
      this.around.once(
        `held:${step.name}:${objects.map(({ id }) => String(id)).join()}:${outcomeKey(wanted)}`,
        () =>
          fillings.every((filling) => {
            const rest = pathBelow(filling.below, wanted.path);
            // What goes from one object to another is somebody's who may have written into it on the way.
            const isPassedOn = filling.from.steps.some((each) => each.kind === "held");
            return (
              rest !== null &&
              !isPassedOn &&
              this.sourceTells({
                site: filling.site,
                from: filling.from,
                outcome: { test: wanted.test, path: rest },
                isAwaited: true,
                alsoResult: filling.alsoResult,
              })
            );
          }),
      )
    );
  }

  /** `arg0[].failed_ -> return.failed_`: it has failed if one of the list has. */
  private noneTells(site: CallSite, from: Address, { test, path }: Outcome): boolean {
    const names = namesOf(from.steps.slice(1));
    const isOfAny = names?.length === 1 && isModelsOwn(names[0] ?? "") && truthOf(test) === false;
    return (
      isOfAny &&
      operandsAt(site, from).some((list) =>
        this.around.promises.noneTells(site.caller, list, { test, path: [...names, ...path] }),
      )
    );
  }

  private isFunction(node: FunctionNode, value: ValueId): boolean {
    const values: AbstractValue[] = [...this.pointsTo.valuesOf(node, value)];
    return values.length > 0 && values.every(({ kind }) => kind === "function" || kind === "bound");
  }
}

/** What remains of a path below the steps; null where it leads elsewhere. */
function pathBelow(steps: readonly AddressStep[], path: readonly string[]): readonly string[] | null {
  const names = namesOf(steps);
  if (names === null || names.some((name, index) => path[index] !== name)) return null;
  return path.slice(names.length);
}

function namesOf(steps: readonly AddressStep[]): readonly string[] | null {
  const names = steps.flatMap((step) => (step.kind === "property" ? [step.name] : []));
  return names.length === steps.length ? names : null;
}

/** What promises and lists of the language tell is known by itself. */
function isOfPackage({ foreign }: CallSite): boolean {
  return foreign.size > 0 && [...foreign].every(({ module }) => module !== "lib" && module !== "global");
}
