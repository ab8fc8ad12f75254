/** What a call is as a sink, and whether two calls are the same one. */
import type { Sink } from "../../contracts/flow.js";
import type { Role } from "../../contracts/model.js";
import { clientAt } from "../models/client-at.js";
import type { CallSite } from "../points-to/points-to.js";
import type { ModelAt } from "../program/model-at.js";
import { locationOf } from "../program/program.js";
import type { Program } from "../program/program.js";
import type { Entry } from "../tabulation/entry.js";

export type SinkRole = Extract<Role, { kind: Exclude<Sink["role"], "device" | "read"> }>;

export function isSink(role: Role): role is SinkRole {
  return (
    role.kind === "store" ||
    role.kind === "sql" ||
    role.kind === "log" ||
    role.kind === "disclose" ||
    role.kind === "http" ||
    role.kind === "public"
  );
}

export type Receiver = Pick<Sink, "recipient" | "recipientRole" | "purpose" | "host" | "addressName">;

/** The call as it stands in the code: copies of a function made for its calls are one place. */
export function placeOf(program: Program, site: CallSite): string {
  const { file, graph } = site.caller;
  return `${String(program.functionOf(file, graph.id)?.index ?? site.caller.index)}:${String(site.point)}`;
}

export function sinkOf(
  entry: Entry,
  site: CallSite,
  match: ModelAt,
  role: SinkRole,
  target: string | null,
  receiver: Receiver,
): Omit<Sink, "protectedBy"> {
  const { instruction } = site;
  const { node } = entry;
  return {
    role: role.kind,
    ...clientAt(match),
    callee:
      instruction.kind === "call"
        ? instruction.name
        : instruction.kind === "store" && instruction.property.kind === "name"
          ? instruction.property.name
          : match.model.text,
    medium: role.kind === "store" || role.kind === "sql" ? role.medium : null,
    target,
    ...(role.kind === "disclose" && target !== null ? { erasedBy: role.erasedBy ?? null } : {}),
    ...receiver,
    location: locationOf(node, instruction.at),
    enclosing: node.graph.path ?? node.graph.name,
  };
}

/** Of a hit's key: the call, what it does, and the store. */
export function sinkPlaceOf(key: string): string {
  return key.split("|", 3).join("|");
}
