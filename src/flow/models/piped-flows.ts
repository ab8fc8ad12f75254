/** Functions that are run one after the other, each on what the one before gave: `source.pipe(a, b)`, `flow(a, b)`. */
import type { Address, AddressStep, Role } from "../../contracts/model.js";
import type { PipesRole } from "../../contracts/stream-roles.js";
import type { ModelMatch } from "../../models/catalogue.js";
import { lengthBefore } from "../constants/list-lengths.js";
import type { CallSite } from "../points-to/points-to.js";
import { operandsOfSite } from "./site-operands.js";

type Flow = Extract<Role, { kind: "flow" }>;

const parameter: AddressStep = { kind: "parameter", index: 0 };
const result: AddressStep = { kind: "result" };

/** What the role says of a call with such arguments, as flows from each function to the next. */
export function pipedFlows(
  role: PipesRole,
  given: readonly { readonly spread: boolean }[],
  listed: number | null,
): readonly Flow[] {
  const steps = inOrder(role, given, listed);
  if (steps === null) {
    // Of a list no order is known: each may come behind each, or there is none.
    const from = [...role.given, below(role.steps, result)];
    return [{ kind: "flow", from, to: [below(role.steps, parameter), ...role.gives] }];
  }
  const flows: Flow[] = [];
  let from: readonly Address[] = role.given;
  for (const step of steps) {
    flows.push({ kind: "flow", from, to: [below(step, parameter)] });
    from = [below(step, result)];
  }
  return [...flows, { kind: "flow", from, to: role.gives }];
}

/** The functions in the order that they are run in; null: it is not known. */
function inOrder(
  { steps, backwards }: PipesRole,
  given: readonly { readonly spread: boolean }[],
  listed: number | null,
): Address[] | null {
  const { root } = steps;
  const list =
    listed !== null
      ? Array.from({ length: listed }, (_, index): Address => inList(steps, index))
      : root.kind !== "arguments" || steps.steps.length > 0 || given.some(({ spread }) => spread)
        ? null
        : given.slice(root.from).map((_, index): Address => argument(root.from + index));
  return backwards && list !== null ? list.reverse() : list;
}

function argument(index: number): Address {
  return { root: { kind: "argument", index }, steps: [], text: `arg${String(index)}` };
}

/** `arg0[]`: the function at a position of the list. */
function inList({ root, text }: Address, index: number): Address {
  const name = String(index);
  return { root, steps: [{ kind: "property", name }], text: `${text.replace("[]", "")}.${name}` };
}

/** How many functions stand in the list that is handed over, if it is one that is written out (`flow([trim, shout])`). */
export function listedAt({ steps }: PipesRole, site: CallSite): number | null {
  const [only, ...others] = steps.steps;
  const { root } = steps;
  if (root.kind !== "argument" || only?.kind !== "element" || others.length > 0) return null;
  const list = operandsOfSite(site).arguments[root.index];
  return list === undefined || list.spread ? null : lengthBefore(site.caller, site.point, list.value);
}

function below({ root, steps, text }: Address, step: AddressStep): Address {
  return { root, steps: [...steps, step], text: `${text}.${step === result ? "result" : "param0"}` };
}

const spelledOut = new WeakMap<ModelMatch["model"], Map<string, ModelMatch["model"]>>();

/** The model as it is of this call: what it runs in order spelled out as flows. */
export function withPipedFlows<M extends Pick<ModelMatch, "model">>(match: M, site: CallSite): M {
  const pipes = match.model.roles.filter((role) => role.kind === "pipes");
  if (pipes.length === 0) return match;
  const given = operandsOfSite(site).arguments;
  const key = [
    ...given.map(({ spread }) => (spread ? "s" : "a")),
    ...pipes.map((role) => listedAt(role, site)),
  ].join();
  const known = spelledOut.get(match.model) ?? new Map<string, ModelMatch["model"]>();
  spelledOut.set(match.model, known);
  let model = known.get(key);
  if (model === undefined) {
    const roles = [
      ...match.model.roles,
      ...pipes.flatMap((role) => pipedFlows(role, given, listedAt(role, site))),
    ];
    known.set(key, (model = { ...match.model, roles }));
  }
  return { ...match, model };
}
