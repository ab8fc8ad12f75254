/**
 * What is read without an object that it would be a part of, because models keep it under a text or a file:
 * `workerData` of `node:worker_threads`.
 */
import type { Instruction } from "../../contracts/file-graph.js";
import type { Address, PathModel, Role } from "../../contracts/model.js";
import type { Catalogue } from "../../models/catalogue.js";
import { forAddress } from "../models/address-nodes.js";
import { findImport } from "../program/module-links.js";
import type { AbstractValue } from "./abstract-value.js";
import { memberOfForeign } from "./foreign-members.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

type Flow = Extract<Role, { kind: "flow" }>;

const known = new WeakMap<Catalogue, ReadonlySet<string>>();

function isKept({ root }: Address): boolean {
  return root.kind === "file" || root.kind === "literal";
}

function keptFlows({ form, roles }: PathModel): readonly Flow[] {
  if (form !== "read") return [];
  return roles.filter((role): role is Flow => role.kind === "flow" && role.from.some(isKept));
}

/** The last names of the paths that such models have. */
function keptNames(catalogue: Catalogue): ReadonlySet<string> {
  let names = known.get(catalogue);
  if (names === undefined) {
    const paths = catalogue.packages.flatMap((each) =>
      each.paths.filter((path) => keptFlows(path).length > 0),
    );
    names = new Set(
      paths.flatMap(({ path }) => {
        const last = path.at(-1);
        return last?.kind === "name" ? [last.name] : [];
      }),
    );
    known.set(catalogue, names);
  }
  return names;
}

/** The name that an instruction reads, of a module, of the platform or of an object. */
function nameRead(node: FunctionNode, instruction: Instruction): string | null {
  if (instruction.kind === "global") return instruction.name;
  if (instruction.kind === "import-read") return node.fileGraph.imports[instruction.import]?.name ?? null;
  return instruction.kind === "load" && instruction.property.kind === "name"
    ? instruction.property.name
    : null;
}

type Reading = Extract<Instruction, { kind: "global" | "import-read" | "load" }>;

/** Calls back with what a package or the platform has under the name, if such a model may be about it. */
function forRead(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Reading,
  found: (member: AbstractValue) => void,
): void {
  const name = nameRead(node, instruction);
  if (name === null || !keptNames(pointsTo.catalogue).has(name)) return;
  const { values, graph } = pointsTo;
  const tell = (member: AbstractValue | null): void => {
    if (member !== null) found(member);
  };
  if (instruction.kind === "global") tell(values.foreign("global", [name], null));
  else if (instruction.kind === "load")
    graph.onValue(pointsTo.valueNode(node, instruction.object), (object) => {
      if (object.kind === "foreign") tell(memberOfForeign(pointsTo, object, name));
    });
  else {
    const { specifier = "" } = node.fileGraph.imports[instruction.import] ?? {};
    for (const link of findImport(pointsTo, node.file, specifier, name))
      if (link.kind === "foreign") tell(values.foreign(link.module, link.path, null));
  }
}

/** Where what is read is kept. */
function keptPlaces({ catalogue }: PointsTo, value: AbstractValue): readonly Address[] {
  if (value.kind !== "foreign") return [];
  return catalogue
    .match(value.module, value.path, "read")
    .flatMap(({ model }) => keptFlows(model))
    .flatMap(({ from }) => from.filter(isKept));
}

/** The addresses that an instruction reads from, once the pointer graph is solved. */
export function keptReads(pointsTo: PointsTo, node: FunctionNode, instruction: Reading): readonly Address[] {
  const found: Address[] = [];
  forRead(pointsTo, node, instruction, (member) => found.push(...keptPlaces(pointsTo, member)));
  return found;
}

/** Functions and objects that are read so. */
export function addKeptRead(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Reading,
  point: number,
): void {
  const { graph } = pointsTo;
  forRead(pointsTo, node, instruction, (member) => {
    const out = pointsTo.valueNode(node, instruction.out);
    const site = pointsTo.siteAt(node, point);
    for (const address of keptPlaces(pointsTo, member))
      forAddress(pointsTo, site, { receiver: null, arguments: [], out }, address, (kept) => {
        graph.edge(kept, out);
      });
  });
}
