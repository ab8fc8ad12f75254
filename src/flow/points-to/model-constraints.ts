/** What a modelled call does to the pointer graph: what comes back, which function values it calls and with what. */
import type { Address, Role } from "../../contracts/model.js";
import { assignedArgument, isModelsOwn } from "../../contracts/models-own.js";
import type { ModelMatch } from "../../models/catalogue.js";
import type { PipesRole } from "../../contracts/stream-roles.js";
import { isRest } from "../../models/path.js";
import type { AbstractValue } from "./abstract-value.js";
import { channelModule } from "./abstract-value.js";
import { forAddress } from "../models/address-nodes.js";
import {
  addMade,
  callChannel,
  channelStep,
  givenToChannel,
  isMadeOfOthers,
  partOfGiven,
} from "./channel-constraints.js";
import type { Operands } from "./call-operands.js";
import { addBoxed, addComposed } from "./composed-objects.js";
import { connectAssigned } from "./assigned-setters.js";
import { addVariable } from "./environment-variables.js";
import { copyInto, copyIntoResult, isCopiedIntoResult } from "./copied-operands.js";
import { connectPairs, pairOf } from "./entry-pairs.js";
import { functionPlace, onFunction } from "../models/function-addresses.js";
import { connectReceiver } from "./kept-listeners.js";
import { giveNamedType } from "./named-types.js";
import { promisify } from "./promised-functions.js";
import { addProvided, giveInstance } from "./provided-objects.js";
import { givesData } from "../models/gives-data.js";
import { addDefinedAccessors } from "./defined-accessors.js";
import { addDraft } from "./draft-constraints.js";
import { addFold } from "./list-folds.js";
import { addSplit } from "./split-texts.js";
import { addSymbol } from "../program/own-symbols.js";
import type { PointerNode } from "./pointer-graph.js";
import { iterateOperand } from "./iterated-operand.js";
import { connectOpened, type Opened, openedAt } from "./opened-values.js";
import { connectWrittenOut } from "./written-out.js";
import { addForeign, addModel } from "./call-sites.js";
import { addMouths, addUnknownCallbacks } from "./unknown-callbacks.js";
import type { CallSite, PointsTo } from "./points-to.js";
import { listedAt, pipedFlows } from "../models/piped-flows.js";
import { addVisits } from "../models/visited-properties.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

/** A call (or `new`) of a package, global or library value. */
export function addForeignCall(
  pointsTo: PointsTo,
  site: CallSite,
  callee: Foreign,
  operands: Operands,
  isNew: boolean,
): void {
  const called =
    isNew && callee.module === "global" && isLibraryClass(pointsTo, callee)
      ? (pointsTo.values.foreign("lib", callee.path, site.id) ?? callee)
      : callee;
  if (called.kind !== "foreign") return;
  const matches = modelsOf(pointsTo, callee, operands);
  addForeign(site, callee);
  if (callee.module === channelModule) {
    callChannel(pointsTo, site, callee, operands);
    // What a function does that is made of others is known: it calls these, and nothing else.
    if (isMadeOfOthers(pointsTo, callee)) return;
  }
  if (!isNew) addSymbol(pointsTo, site, callee, operands);
  if (!isNew) addDefinedAccessors(pointsTo, callee, operands);
  if (matches.every(({ model }) => isRest(model)) && callee.module !== "lib") {
    addUnknownCallbacks(pointsTo, site, operands.arguments);
    if (!isNew) addWrapped(pointsTo, site, callee);
  }
  const applyAll = (): boolean => {
    let isTyped = false;
    for (const match of matches) {
      const known = site.applied.get(match.model);
      const names = known ?? applyModel(pointsTo, site, match, { ...operands, names: match.names });
      if (known === undefined) addModel(site, match.model, names);
      isTyped = names || isTyped;
    }
    return isTyped;
  };
  if (addSplit(pointsTo, site, callee, operands, applyAll)) return;
  if (addFold(pointsTo, site, callee, operands, applyAll)) return;
  const typed = applyAll();
  if (typed || (!isNew && matches.some(({ model }) => model.roles.some(givesData)))) return;
  const path = isNew ? called.path : [...called.path, "()"];
  const isOwnLibrary = called.module === "lib" || called.module === "global";
  const result = isOwnLibrary && !isNew ? null : pointsTo.values.foreign(called.module, path, site.id);
  if (result !== null) pointsTo.graph.add(operands.out, result);
}

/** A class that models know; one that only the project declares (`declare class Db`) is known by its types alone. */
function isLibraryClass({ catalogue }: PointsTo, { path }: Foreign): boolean {
  return (
    catalogue.match("global", path, "call").length > 0 || catalogue.match("lib", path, "call").length > 0
  );
}

/** All models that may hold for a call, but for what only value flow decides about their conditions. */
function modelsOf(pointsTo: PointsTo, callee: Foreign, operands: Operands): readonly ModelMatch[] {
  const { catalogue } = pointsTo;
  if (callee.module === "lib" && callee.path[0] === "*")
    return catalogue.membersNamed("lib", callee.path[1] ?? "", "call");
  const found = possibleModels(catalogue.match(callee.module, callee.path, "call"), operands);
  if (found.length > 0 || callee.module !== "global") return found;
  return possibleModels(catalogue.match("lib", callee.path, "call"), operands);
}

/** Those of a fitting arity, and no more general ones than the first that holds under no other condition. */
export function possibleModels(matches: readonly ModelMatch[], operands: Operands): readonly ModelMatch[] {
  const isCounted = !operands.arguments.some((argument) => argument.spread);
  const fitting = matches.filter(({ model }) =>
    model.when.every(
      (condition) =>
        condition.kind !== "arity" ||
        !isCounted ||
        (operands.arguments.length >= condition.min && operands.arguments.length <= condition.max),
    ),
  );
  const sure = fitting.find(({ model }) => model.when.every((condition) => condition.kind === "arity"));
  return sure === undefined ? fitting : fitting.filter((each) => each.rank <= sure.rank);
}

/** True if the model names the type of what comes back. */
export function applyModel(
  pointsTo: PointsTo,
  site: CallSite,
  match: ModelMatch,
  operands: Operands,
): boolean {
  const { model } = match;
  const { graph } = pointsTo;
  let typed = false;
  // A text that is put together is none of those that it is made of.
  const isJoined = model.roles.some((role) => role.kind === "joins");
  addTexts(pointsTo, site, operands, model);
  for (const role of model.roles) {
    if (role.kind === "flow" && !isJoined) {
      applyFlow(pointsTo, site, operands, match, role);
    } else if (role.kind === "shared") {
      graph.onValue(operands.out, (value) => {
        if (value.kind === "foreign" && value.site === site.id) pointsTo.markShared(value, true);
      });
    } else if (role.kind === "pipes") {
      forStepList(pointsTo, operands, role, () => {
        for (const flow of pipedFlows(role, operands.arguments, listedAt(role, site)))
          for (const from of flow.from) for (const to of flow.to) connect(pointsTo, site, operands, from, to);
      });
    } else if (role.kind === "calls") {
      forAddress(pointsTo, site, operands, role.function, (node) => {
        const place = functionPlace(role.function, role.function.steps.length);
        onFunction(pointsTo, node, (callee) => {
          pointsTo.addCallback(site, callee, place);
        });
        addMouths(pointsTo, site, node, place.text);
      });
    } else if (role.kind === "promisifies") {
      forAddress(pointsTo, site, operands, role.function, (node) => {
        promisify(pointsTo, node, operands.out);
      });
    } else if (role.kind === "random") {
      for (const output of role.output)
        if (output.root.kind !== "return")
          forAddress(pointsTo, site, operands, output, (node) => {
            graph.onValue(node, (value) => {
              pointsTo.markFilled(value);
            });
          });
    } else if (role.kind === "drafts") {
      addDraft(pointsTo, site, operands, role);
    } else if (role.kind === "composed") {
      addComposed(pointsTo, site, operands, role);
    } else if (role.kind === "boxed" || role.kind === "unboxed") {
      addBoxed(pointsTo, site, operands, role);
    } else if (role.kind === "visits") {
      const by = functionPlace(role.value, role.value.steps.length - 1);
      forAddress(pointsTo, site, operands, by, (node) => {
        onFunction(pointsTo, node, (callee) => {
          pointsTo.addCallback(site, callee, by);
          if (!role.deep) addVisits(pointsTo, site, operands, role, callee);
        });
      });
    } else if (role.kind === "provides") {
      addProvided(pointsTo, site, operands, role);
    } else if (role.kind === "instance") {
      forAddress(pointsTo, site, operands, role.of, (node) => {
        graph.onValue(node, (value) => {
          if (value.kind !== "class") return;
          const made = pointsTo.values.instance(value.class, site.id);
          // It has what the class sets up: `toys = new Collection<Toy>(this)`.
          for (const other of pointsTo.likelyInstances(value.class)) pointsTo.copyFields(other, made);
          forAddress(pointsTo, site, operands, role.output, (out) => {
            graph.add(out, made);
          });
        });
      });
    } else if (role.kind === "type") {
      typed = typed || (role.output.root.kind === "return" && role.output.steps.length === 0);
      if (typeof role.type === "string") giveNamedType(pointsTo, site, operands, match.package.module, role);
      else if (role.instance === true) giveInstance(pointsTo, site, operands, role.type, role.output);
      else connect(pointsTo, site, operands, role.type, role.output);
    }
  }
  return typed;
}

/** Where functions stand in a list, a function that is handed over instead is none. */
function forStepList(
  { graph }: PointsTo,
  operands: Operands,
  { steps: { root } }: PipesRole,
  found: () => void,
): void {
  const list = root.kind === "argument" ? operands.arguments[root.index]?.node : undefined;
  if (list === undefined) {
    found();
    return;
  }
  let isFound = false;
  let isFunction = false;
  const once = (): void => {
    if (!isFound) found();
    isFound = true;
  };
  graph.onValue(list, (value) => {
    if (value.kind === "function" || value.kind === "bound") isFunction = true;
    else once();
  });
  graph.onQuiet(() => {
    if (!isFunction) once();
    return true;
  });
}

/** Texts that are folded when they are asked for: one that is put together, those that begin with another, variables. */
function addTexts(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  { roles }: ModelMatch["model"],
): void {
  const { graph, values } = pointsTo;
  const add = (out: PointerNode): void => {
    graph.add(out, values.computed(site.caller, site.point));
  };
  for (const role of roles) {
    if (role.kind === "joins" || role.kind === "joined") add(operands.out);
    if (role.kind === "variable") addVariable(pointsTo, site, operands, role);
    if (role.kind === "begins")
      for (const output of role.output) forAddress(pointsTo, site, operands, output, add);
  }
}

function applyFlow(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  match: ModelMatch,
  role: Extract<Role, { kind: "flow" }>,
): void {
  const isWrittenOut = role.withholds === true || role.shownBy != null;
  for (const from of role.from)
    for (const to of role.to)
      if (connectReceiver(pointsTo, site, operands, match.model, from, to)) continue;
      else if (isWrittenOut) connectWrittenOut(pointsTo, site, operands, from, to);
      else if (isCopiedIntoResult(match.model, from, to)) {
        forAddress(pointsTo, site, operands, from, (source) => {
          forAddress(pointsTo, site, operands, to, (target) => {
            copyIntoResult(pointsTo, site, source, target);
          });
        });
      } else connect(pointsTo, site, operands, from, to, openedAt(role, from, match.package.module));
}

/** `opened`: things that do not go along themselves, since the flow takes what is in them. */
function connect(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  from: Address,
  to: Address,
  opened: Opened | null = null,
): void {
  const given = channelStep(from);
  if (given !== -1) {
    const value = pointsTo.values.foreign(channelModule, [site.id, from.text, to.text], null);
    const parent: Address = { root: from.root, steps: from.steps.slice(0, given), text: from.text };
    if (value === null) return;
    pointsTo.addChannel(value, site, from, to);
    const put = (node: PointerNode): void => {
      pointsTo.graph.add(node, value);
    };
    forAddress(pointsTo, site, operands, parent, put, isWrittenTo(parent) || from.root.kind === "argument");
    const source = partOfGiven(pointsTo, pointsTo.fieldNode(value, givenToChannel(from)), from, given + 1);
    const isMoved = from.steps.slice(0, given).every((step) => step.kind !== "parameter");
    if (isMoved || source.isFromResult || to.steps.some((step) => step.kind === "held"))
      forAddress(pointsTo, site, operands, to, (target) => {
        connectOpened(pointsTo, source.node, target, opened);
      });
    if (from.root.kind === "return")
      pointsTo.graph.add(operands.out, pointsTo.values.object(`${site.id}:made`, false));
    return;
  }
  if (to.root.kind === "return" && to.steps[0]?.kind === "result") addMade(pointsTo, site, operands.out, to);
  const pair = pairOf(from, to);
  if (pair !== null) {
    const list: Address = { root: from.root, steps: pair.list, text: from.text };
    const container: Address = { root: to.root, steps: to.steps.slice(0, -1), text: to.text };
    forAddress(pointsTo, site, operands, list, (source) => {
      forAddress(pointsTo, site, operands, container, (target) => {
        connectPairs(pointsTo, source, target, pair);
      });
    });
    return;
  }
  // A node in between: sources and targets both arrive over time.
  const between = pointsTo.graph.create();
  iterateOperand(pointsTo, site, operands, from, between);
  forAddress(
    pointsTo,
    site,
    operands,
    from,
    (source) => {
      connectOpened(pointsTo, source, between, opened);
    },
    false,
  );
  const isFilled = to.steps.length === 0 && (to.root.kind === "argument" || to.root.kind === "this");
  const isAssigned = to.root.kind === "argument" && to.root.index === assignedArgument;
  const put = (target: PointerNode): void => {
    if (!isFilled) pointsTo.graph.edge(between, target);
    else {
      copyInto(pointsTo, between, target);
      if (isAssigned) connectAssigned(pointsTo, site, between, target);
    }
  };
  forAddress(pointsTo, site, operands, to, put, isWrittenTo(to));
}

/**
 * A property of what a function is called with: `arg0.param0.ctx`; or what models keep in an object: `arg0.reducer_`;
 * or one of an operand's own: `arg0.current`, `arg0[arg1]`.
 */
function isWrittenTo({ root, steps }: Address): boolean {
  const isOnlyStep = steps.length === 1 && (steps[0]?.kind === "entry" || steps[0]?.kind === "property");
  if (root.kind === "argument" && isOnlyStep) return true;
  const last = steps.at(-1)?.kind === "entry" ? steps.at(-2) : steps.at(-1);
  return (
    root.kind === "return" ||
    root.kind === "this" ||
    (last?.kind === "property" && isModelsOwn(last.name)) ||
    steps.some(({ kind }) => kind === "parameter")
  );
}

const wrapped: Address = { root: { kind: "value" }, steps: [], text: "wrapped" };

/** `const later = paced(show); later(child)`: what nobody describes gave a function for one that it was handed. */
function addWrapped(pointsTo: PointsTo, site: CallSite, { path, site: given }: Foreign): void {
  const origin = path.at(-1) === "()" && given !== null ? pointsTo.sites.get(given) : undefined;
  if (origin?.instruction.kind !== "call" || origin === site) return;
  for (const { value } of origin.instruction.arguments)
    onFunction(pointsTo, pointsTo.valueNode(origin.caller, value), (callee) => {
      pointsTo.addCallback(site, callee, wrapped);
    });
}
