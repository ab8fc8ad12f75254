/** Functions that are run one after the other, each on what the one before gave: `source.pipe(a, b)`, `flow(a, b)`. */
import type { Address, AddressStep, Role } from "../../contracts/model.js";
import type { PipesRole } from "../../contracts/stream-roles.js";
import type { ModelMatch } from "../../models/catalogue.js";
import type { CallSite } from "../points-to/points-to.js";
import { operandsOfSite } from "./site-operands.js";

type Flow = Extract<Role, { kind: "flow" }>;

const parameter: AddressStep = { kind: "parameter", index: 0 };
const result: AddressStep = { kind: "result" };

/** What the role says of a call with such arguments, as flows from each function to the next. */
export function pipedFlows(role: PipesRole, given: readonly { readonly spread: boolean }[]): readonly Flow[] {
  const steps = inOrder(role, given);
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
): Address[] | null {
  const { root } = steps;
  if (root.kind !== "arguments" || steps.steps.length > 0 || given.some(({ spread }) => spread)) return null;
  const list = given.slice(root.from).map((_, index): Address => {
    const position = root.from + index;
    return { root: { kind: "argument", index: position }, steps: [], text: `arg${String(position)}` };
  });
  return backwards ? list.reverse() : list;
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
  const key = given.map(({ spread }) => (spread ? "s" : "a")).join("");
  const known = spelledOut.get(match.model) ?? new Map<string, ModelMatch["model"]>();
  spelledOut.set(match.model, known);
  let model = known.get(key);
  if (model === undefined) {
    const roles = [...match.model.roles, ...pipes.flatMap((role) => pipedFlows(role, given))];
    known.set(key, (model = { ...match.model, roles }));
  }
  return { ...match, model };
}
