/** Deletions that own functions stand before, and turn into something else: an update that only hides the row. */
import type { Role } from "../../contracts/model.js";
import { valuesAt } from "../models/address-values.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { isSameName } from "../stores/table-names.js";
import { targetsOf } from "./targets-of.js";
import { type Told, ToldFunction, toldOf } from "./told-functions.js";

interface Tools {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
}

/** Names under which drivers delete. */
const deletions = /\.(?:delete(?:One|Many)?|find(?:One|ById)And(?:Delete|Remove))$/u;

/** The deletion that functions stand before: of which table, and what they are told of it. */
interface Asked extends Tools {
  readonly told: Told;
  readonly target: string;
}

/** A function stands before the call that, for such a call, neither lets it go on nor deletes the same itself. */
export function isPutAside(
  tools: Tools,
  site: CallSite,
  { names }: ModelAt,
  { extended }: Extract<Role, { kind: "delete" }>,
): boolean {
  if (extended === null) return false;
  const told = toldOf(site, names, extended.called, extended.entity);
  const asked = { ...tools, told, target: names[0] ?? "*" };
  return extended.by
    .flatMap((address) => valuesAt(tools.pointsTo, site, address, names))
    .some((value) => value.kind === "function" && !goesOn(asked, value.function));
}

function goesOn(asked: Asked, node: FunctionNode): boolean {
  const { pointsTo } = asked;
  const { blocks } = new ToldFunction(pointsTo, node, asked.told).ways;
  return node.code.some((each, point) => {
    if (!blocks.has(node.blockOf[point] ?? 0)) return false;
    if (each.kind === "function") {
      const inside = pointsTo.program.functionIn(node, each.function);
      return inside !== undefined && goesOn({ ...asked, told: new Map() }, inside);
    }
    const site = pointsTo.findSite(node, point);
    return site !== undefined && (isHandedOn(asked, site) || isDeletion(asked, site));
  });
}

/** It hands on the call, or gives another what does. */
function isHandedOn({ pointsTo, models }: Asked, site: CallSite): boolean {
  const { instruction, caller } = site;
  if (models.at(site).some(({ model }) => model.roles.some(({ kind }) => kind === "resumes"))) return true;
  if (instruction.kind !== "call") return false;
  return instruction.arguments.some((argument) =>
    [...pointsTo.valuesOf(caller, argument.value)].some(
      (value) =>
        value.kind === "foreign" &&
        pointsTo.catalogue
          .match(value.module, value.path, "call")
          .some(({ model }) => model.roles.some(({ kind }) => kind === "resumes")),
    ),
  );
}

/** It deletes in the same table, or perhaps: a client that nothing is known of. */
function isDeletion({ pointsTo, models, target }: Asked, site: CallSite): boolean {
  const { instruction, foreign, edges } = site;
  if (instruction.kind === "call" && foreign.size === 0 && edges.size === 0)
    return deletions.test(instruction.name);
  return models
    .at(site)
    .some(({ model, names }) =>
      model.roles.some(
        (role) =>
          role.kind === "delete" &&
          (role.target === null ||
            target === "*" ||
            targetsOf(pointsTo, site, role.target, names).some(
              (each) => each.includes("*") || isSameName(each, target),
            )),
      ),
    );
}
