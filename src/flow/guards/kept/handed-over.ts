/** What packages hand over, of what they were given: to callbacks, out of a queue or a context, and as results. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Address, Role } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { operandsAt, operandsOfSite } from "../../models/address-values.js";
import { declares, functionAddress, functionPlace } from "../../models/function-addresses.js";
import { heldKeys, heldStep, isKept } from "../../heap/held-places.js";
import type { ModelAt } from "../../program/model-at.js";
import type { CallbackEdge, CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import { isCalledThere } from "../called-there.js";
import type { AskKept, KeptQuestion, KeptTools } from "./kept-question.js";
import { meets, namesOfSteps, restBelow } from "./place-below.js";

type FlowRole = Extract<Role, { kind: "flow" }>;

/** A call that puts something into what an object holds. */
interface Filling {
  readonly site: CallSite;
  readonly role: FlowRole;
  readonly to: Address;
}

interface Put {
  readonly node: FunctionNode;
  readonly value: ValueId;
  /** Its elements are put in, not itself. */
  readonly isList: boolean;
}

const nothing: readonly never[] = [];
const putting = /\.(?:push|unshift|splice|add|set|fill)$/u;

export class HandedOver {
  private fillings: Map<string, Filling[]> | null = null;
  private puts: Map<AbstractValue, Put[]> | null = null;

  constructor(private readonly tools: KeptTools) {}

  /** The property of the value is what a package hands over of what the program gave it. */
  isHandedOver(question: KeptQuestion, node: FunctionNode, value: ValueId, name: string): boolean {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return false;
    const { index } = definition.instruction;
    const callbacks = question.callers
      .callbacksOf(node)
      .filter((edge) => isCalledThere(edge, this.tools.models));
    return (
      callbacks.some((edge) => this.heldFor(edge, index, [name]).length > 0) ||
      (callbacks.length === 0 && question.callers.callersOf(node).length > 0)
    );
  }

  /** All that a parameter of a callback is given, at a place below it. */
  toCallback(
    question: KeptQuestion,
    edge: CallbackEdge,
    index: number,
    path: readonly string[],
    again: AskKept,
  ): boolean {
    if (!isCalledThere(edge, this.tools.models)) return true;
    const { site } = edge;
    const held = this.heldFor(edge, index, path);
    if (held.length > 0)
      return held.every(({ fillings, rest }) => this.ofFillings(question, fillings, rest, again));
    let isTold = false;
    for (const { model } of this.tools.models.at(site))
      for (const role of model.roles) {
        if (role.kind === "input" && role.output.some((to) => this.isMeant(to, edge, index, path)))
          return false;
        if (role.kind !== "flow") continue;
        for (const to of role.to) {
          const rest = this.restOf(to, edge, index, path);
          if (rest === null) continue;
          isTold = true;
          if (!role.from.every((from) => this.ofSource(question, site, from, rest, again))) return false;
        }
      }
    return isTold;
  }

  /** What a package's call gives back, at a place below it. */
  byPackage(
    question: KeptQuestion,
    site: CallSite,
    callee: ModelAt["callee"],
    path: readonly string[],
    again: AskKept,
  ): boolean {
    const isStore = this.tools.held.isStore(callee);
    const roles = this.tools.models.at(site).flatMap(({ model }) => model.roles);
    const isOfLanguage = callee.module === "lib" || callee.module === "global";
    let isTold = isStore || roles.some(({ kind }) => kind === "none");
    for (const role of roles) {
      if (role.kind === "input" && !isStore) return false;
      for (const to of role.kind === "flow" ? role.to : nothing) {
        if (to.root.kind !== "return" || role.kind !== "flow") continue;
        const names = namesOfSteps(to.steps);
        const rest = names === null ? (isOfLanguage ? nothing : null) : restBelow(names, path);
        const isWhole = rest === null && names !== null && meets(names, path);
        if (rest === null && !isWhole) continue;
        isTold = true;
        if (!role.from.every((from) => this.ofSource(question, site, from, rest ?? nothing, again)))
          return false;
      }
    }
    if (isStore) question.isFound = true;
    // What the language makes of its operands: a text in capitals, a number of a text.
    return isTold || (isOfLanguage && path.length === 0 && this.allOperands(site, again));
  }

  /** What the program puts into a list or set of its own by calls. */
  putInto(object: AbstractValue): readonly Put[] {
    this.puts ??= this.findPuts();
    return this.puts.get(object) ?? nothing;
  }

  private allOperands(site: CallSite, again: AskKept): boolean {
    const { receiver, arguments: list } = operandsOfSite(site);
    const values = [...(receiver === null ? nothing : [receiver]), ...list.map(({ value }) => value)];
    return values.length > 0 && values.every((value) => again(site.caller, value, nothing));
  }

  /** Out of what the program's own calls have put somewhere; the calls that did. */
  private heldFor(
    edge: CallbackEdge,
    index: number,
    path: readonly string[],
  ): { readonly fillings: readonly Filling[]; readonly rest: readonly string[] }[] {
    return this.tools.models.at(edge.site).flatMap(({ model, names }) =>
      model.roles.flatMap((role) =>
        role.kind !== "flow"
          ? []
          : role.to.flatMap((to) => {
              const rest = this.restOf(to, edge, index, path);
              return rest === null
                ? []
                : role.from.flatMap((from) => {
                    const all = heldStep(from) === -1 ? nothing : this.fillingsOf(edge.site, from, names);
                    // Of an object that is handed over itself, callbacks may write more into it.
                    const isItself = namesInParameter(to, edge, index)?.length === 0;
                    const fillings = isItself
                      ? all.filter(({ site }) => isKept(this.tools.models, site))
                      : all;
                    return fillings.length === 0 ? [] : [{ fillings, rest: [...belowHeld(from), ...rest] }];
                  });
            }),
      ),
    );
  }

  private ofFillings(
    question: KeptQuestion,
    fillings: readonly Filling[],
    path: readonly string[],
    again: AskKept,
  ): boolean {
    // What only a function does that nothing calls is not done.
    const live = fillings.filter(({ site }) => this.isLive(site.caller));
    if (live.some(({ site }) => isKept(this.tools.models, site))) question.isFound = true;
    return (live.length === 0 ? fillings : live).every(({ site, role, to }) => {
      const names = namesOfSteps(to.steps.slice(heldStep(to) + 1));
      const rest = names === null ? null : restBelow(names, path);
      if (rest === null) return names !== null && !meets(names, path);
      return role.from.every((from) => this.ofSource(question, site, from, rest, again));
    });
  }

  private isLive(node: FunctionNode): boolean {
    const { pointsTo, entries } = this.tools;
    return (
      node.graph.kind === "module" ||
      pointsTo.callersOf(node).length + pointsTo.callbacksOf(node).length > 0 ||
      entries.of(node).length > 0
    );
  }

  private fillingsOf(site: CallSite, from: Address, names: readonly string[]): readonly Filling[] {
    this.fillings ??= this.findFillings();
    const { fillings, tools } = this;
    return heldKeys(tools.pointsTo, site, from, names).flatMap(
      (key): readonly Filling[] => fillings.get(key) ?? [],
    );
  }

  /** From where a model says that something flows. */
  private ofSource(
    question: KeptQuestion,
    site: CallSite,
    from: Address,
    path: readonly string[],
    again: AskKept,
  ): boolean {
    const { root, steps } = from;
    if (heldStep(from) !== -1) {
      const key = `held ${site.id}|${from.text}.${path.join(".")}`;
      if (question.seen.has(key)) return true;
      question.seen.add(key);
      const fillings = this.tools.models.at(site).flatMap(({ names }) => this.fillingsOf(site, from, names));
      return this.ofFillings(question, fillings, [...belowHeld(from), ...path], again);
    }
    const last = steps.findLastIndex(({ kind }) => kind === "parameter" || kind === "result");
    const step = steps[last];
    const names = namesOfSteps(steps.slice(last + 1));
    if (names === null) return false;
    const below = [...names, ...path];
    if (step?.kind === "result" && (root.kind !== "return" || last === 0)) {
      const address = functionPlace(from, last).text;
      return callbacksAt(site, address).every(({ callee }) =>
        callee.graph.blocks.every(
          ({ end }) => end.kind !== "return" || end.value === null || again(callee, end.value, below),
        ),
      );
    }
    if (step?.kind === "parameter") {
      // What a function is called with that the package has handed out: `next({ ctx })`.
      return this.tools.given.callsOf(site, from.text).every(({ call, address }) => {
        const argument = operandsOfSite(call).arguments[step.index];
        if (address !== null || argument?.spread === true) return false;
        return argument === undefined || again(call.caller, argument.value, below);
      });
    }
    const operands = operandsAt(site, from);
    return operands.every((value) => again(site.caller, value, below));
  }

  /** What remains of the path below where the address leads in the callback's parameter. */
  private restOf(
    to: Address,
    edge: CallbackEdge,
    index: number,
    path: readonly string[],
  ): readonly string[] | null {
    const names = namesInParameter(to, edge, index);
    return names === null ? null : restBelow(names, path);
  }

  private isMeant(to: Address, edge: CallbackEdge, index: number, path: readonly string[]): boolean {
    const names = namesInParameter(to, edge, index);
    return names !== null && meets(names, path);
  }

  private findFillings(): Map<string, Filling[]> {
    const found = new Map<string, Filling[]>();
    const { pointsTo, models } = this.tools;
    for (const site of pointsTo.sites.values()) {
      if (site.foreign.size === 0) continue;
      for (const { model, names } of models.at(site))
        for (const role of model.roles)
          for (const to of role.kind === "flow" ? role.to : nothing) {
            if (heldStep(to) === -1 || role.kind !== "flow") continue;
            for (const key of heldKeys(pointsTo, site, to, names)) {
              const known = found.get(key);
              if (known === undefined) found.set(key, [{ site, role, to }]);
              else known.push({ site, role, to });
            }
          }
    }
    return found;
  }

  private findPuts(): Map<AbstractValue, Put[]> {
    const found = new Map<AbstractValue, Put[]>();
    const { pointsTo } = this.tools;
    for (const { instruction, caller } of pointsTo.sites.values()) {
      if (instruction.kind !== "call" || instruction.receiver === null || !putting.test(instruction.name))
        continue;
      for (const object of pointsTo.valuesOf(caller, instruction.receiver))
        for (const { value, spread } of instruction.arguments) {
          const put: Put = { node: caller, value, isList: spread };
          const known = found.get(object);
          if (known === undefined) found.set(object, [put]);
          else known.push(put);
        }
    }
    return found;
  }
}

function callbacksAt(site: CallSite, address: string): readonly CallbackEdge[] {
  return [...site.callbacks.values()].filter((edge) => edge.address === address);
}

function belowHeld(from: Address): readonly string[] {
  return namesOfSteps(from.steps.slice(heldStep(from) + 1)) ?? nothing;
}

/** The names below the parameter that the address leads to; null: it does not lead into it. */
function namesInParameter(to: Address, edge: CallbackEdge, index: number): readonly string[] | null {
  const at = to.steps.findIndex(
    (step, position) =>
      step.kind === "parameter" &&
      step.index === index &&
      declares(edge.callee, step) &&
      functionAddress(to, position) === edge.address,
  );
  return at === -1 ? null : namesOfSteps(to.steps.slice(at + 1));
}
