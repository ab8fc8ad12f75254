/**
 * Readings of devices (position, camera, microphone): the operation is where the reading is started. Which field it is
 * tells the marked place that what was read is put into, so that it is asked backwards from those.
 */
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import type { Sink } from "../../contracts/flow.js";
import type { Role } from "../../contracts/model.js";
import type { Border } from "../tabulation/borders.js";
import { functionAddress } from "../models/function-addresses.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { locationOf } from "../program/program.js";
import type { SinkHit } from "../sinks/sinks.js";
import type { SiteModels } from "../models/site-models.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import { source } from "../tabulation/trace.js";
import type { ValuesBehind } from "./values-behind.js";

type InputRole = Extract<Role, { kind: "input" }>;

type MarkedValue = Pick<Border, "node" | "value" | "field">;

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly tabulation: Tabulation;
  readonly annotations: AnnotationTable;
  /** Where something becomes a field, or is read as one. */
  readonly marked: readonly MarkedValue[];
  readonly behind: () => ValuesBehind;
}

/** One for each field and each call that starts reading it. */
export function deviceReadings(asked: Asked): SinkHit[] {
  const { pointsTo, models, marked } = asked;
  if (![...pointsTo.sites.values()].some((site) => readerOf(models, site) !== null)) return [];
  const behind = asked.behind();
  const found = new Map<CallSite, Set<FieldId>>();
  for (const { node, value, field } of marked)
    for (const site of behind.from(node, value, (...at) => isRead(models, ...at))) {
      const known = found.get(site);
      if (known === undefined) found.set(site, new Set([field]));
      else known.add(field);
    }
  return [...found].flatMap(([site, fields]) => [...fields].map((field) => hitOf(asked, site, field)));
}

function hitOf({ tabulation, annotations, models }: Asked, site: CallSite, field: FieldId): SinkHit {
  const { caller, instruction } = site;
  const reader = models.at(site).find(({ model }) => model.roles.some((role) => isDevice(role)));
  const name = annotations.fields.get(field)?.name ?? field;
  const path = reader?.model.text ?? "";
  const sink: Sink = {
    role: "device",
    package: reader?.callee.module.replace(/^npm:/u, "") ?? "",
    path,
    callee: instruction.kind === "call" ? instruction.name : path,
    medium: null,
    target: null,
    recipient: null,
    recipientRole: null,
    addressName: null,
    purpose: null,
    host: null,
    protectedBy: null,
    location: locationOf(caller, instruction.at),
    enclosing: caller.graph.path ?? caller.graph.name,
  };
  const trace = source(caller, instruction.at, { kind: "enters", field: name });
  const entry = tabulation.zero(caller);
  return {
    sink,
    state: tabulation.facts.state(field, { kind: "raw" }),
    arrivals: [{ entry, site, trace }],
  };
}

function isDevice(role: Role): role is InputRole {
  return role.kind === "input" && role.device === true;
}

function readerOf(models: SiteModels, site: CallSite): InputRole | null {
  if (site.foreign.size === 0) return null;
  for (const { model } of models.at(site)) for (const role of model.roles) if (isDevice(role)) return role;
  return null;
}

/** What the call gives back, or gives to the function at an address. */
function isRead(models: SiteModels, site: CallSite, address: string | null): boolean {
  const role = readerOf(models, site);
  return (
    role?.output.some((output) => {
      if (address === null) return output.root.kind === "return";
      const at = output.steps.findIndex((step) => step.kind === "parameter");
      return at !== -1 && functionAddress(output, at) === address;
    }) === true
  );
}
