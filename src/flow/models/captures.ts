/** Calls that start an SDK which takes data by itself: nothing flows there that could be followed. */
import { compareLocations } from "../../base/location.js";
import type { Capture } from "../../contracts/flow.js";
import type { Condition, PathModel, Role } from "../../contracts/model.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { locationOf } from "../program/program.js";
import { conditionHolds } from "./select-models.js";
import { isGuess, type SiteModels } from "./site-models.js";

type CapturesRole = Extract<Role, { kind: "captures" }>;

/** One a place: copies of a function made for its calls are the same. */
export function findCaptures(pointsTo: PointsTo, models: SiteModels): Capture[] {
  const found = new Map<string, Capture>();
  const modules = new Map<string, boolean>();
  const mayCapture = ({ module }: ModelAt["callee"]): boolean => {
    const known = modules.get(module);
    if (known !== undefined) return known;
    const may = pointsTo.catalogue.find(module).some(({ paths }) => paths.some(isCapturing));
    modules.set(module, may);
    return may;
  };
  for (const site of pointsTo.sites.values()) {
    if (![...site.foreign].some(mayCapture)) continue;
    for (const match of models.at(site)) {
      if (isGuess(match.callee)) continue;
      for (const role of match.model.roles) {
        if (role.kind !== "captures" || isKeptOut(pointsTo, site, match, role)) continue;
        const capture = captureAt(site, match, role);
        const { file, line, column } = capture.location;
        found.set(`${file}:${String(line)}:${String(column)}:${capture.recipient}`, capture);
      }
    }
  }
  return [...found.values()].sort((a, b) => compareLocations(a.location, b.location));
}

function isCapturing({ roles }: PathModel): boolean {
  return roles.some(({ kind }) => kind === "captures");
}

function isKeptOut(
  pointsTo: PointsTo,
  site: CallSite,
  { names }: ModelAt,
  { unless }: CapturesRole,
): boolean {
  return unless.some((set) => set.every((condition) => conditionHolds(pointsTo, site, condition, names)));
}

function captureAt(site: CallSite, match: ModelAt, { what, recipient, unless }: CapturesRole): Capture {
  const { caller, instruction } = site;
  return {
    what,
    recipient,
    recipientRole: match.package.company?.role ?? "processor",
    callee: instruction.kind === "call" ? instruction.name : match.model.text,
    options: (unless[0] ?? []).flatMap(wordsOf),
    location: locationOf(caller, instruction.at),
    enclosing: caller.graph.path ?? caller.graph.name,
  };
}

/** The option as it would be written: `session_recording.maskAllInputs: true`. */
function wordsOf(condition: Condition): string[] {
  if (condition.kind === "arity" || condition.kind === "is") return [];
  const { steps, text } = condition.address;
  const name = steps.length === 0 ? text : text.replace(/^[a-z]+\d*\.\.?\.?/u, "").replace(/^\*\./u, "");
  switch (condition.kind) {
    case "equals":
      return [`${name}: ${String(condition.values[0])}`];
    case "absent":
      return [`no ${name}`];
    default:
      return [name];
  }
}
