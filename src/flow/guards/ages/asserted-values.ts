/** Values that a call does not come back without: `assert(Number.isFinite(age))`, and own functions that throw. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { operandsAt, operandsOfSite } from "../../models/address-values.js";
import { originOf } from "../../paths/value-places.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { SiteModels } from "../../models/site-models.js";
import type { FunctionNode } from "../../program/program.js";
import { sidesTaken } from "./dominators.js";

const deepest = 4;

export class AssertedValues {
  private readonly parameters = new Map<FunctionNode, ReadonlySet<number>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    /** What a test of a value asks about. */
    private readonly lookedAt: (node: FunctionNode, value: ValueId) => readonly ValueId[],
  ) {}

  /** What the call at a point was given to be true, or has itself looked at, when it comes back. */
  at(node: FunctionNode, point: number, depth = 0): readonly ValueId[] {
    const site = node.code[point]?.kind === "call" ? this.pointsTo.findSite(node, point) : undefined;
    if (site === undefined || depth > deepest) return [];
    const said = this.models.at(site).flatMap(({ model }) =>
      model.roles.flatMap((role) => {
        if (role.kind !== "asserts") return [];
        const told = [role.truthy, role.falsy].flatMap((each) => (each === null ? [] : [each]));
        return told.flatMap((address) => (address.steps.length > 0 ? [] : operandsAt(site, address)));
      }),
    );
    const callees = [...site.edges.values()].map(({ callee }) => callee);
    if (site.foreign.size > 0 || callees.length === 0) return said;
    const given = operandsOfSite(site).arguments;
    const asked = given.flatMap(({ value, spread }, index) =>
      !spread && callees.every((callee) => this.askedIn(callee, depth).has(index)) ? [value] : [],
    );
    return [...said, ...asked];
  }

  /** The parameters that a function only comes back past a test of. */
  private askedIn(node: FunctionNode, depth: number): ReadonlySet<number> {
    let found = this.parameters.get(node);
    if (found !== undefined) return found;
    this.parameters.set(node, new Set());
    const ends = node.graph.blocks.flatMap(({ end }, position) =>
      // What is awaited elsewhere may come back before.
      end.kind === "return" && !node.graph.async && !node.graph.generator ? [position] : [],
    );
    const sets = ends.map((position) => {
      const tested = sidesTaken(node, position).flatMap(({ value }) => this.lookedAt(node, value));
      const asserted = node.code.flatMap((_, point) =>
        node.blockOf[point] === position
          ? this.at(node, point, depth + 1).flatMap((value) => this.lookedAt(node, value))
          : [],
      );
      return new Set([...tested, ...asserted].flatMap((value) => parameterOf(node, value)));
    });
    const [first = new Set<number>(), ...others] = sets;
    found = new Set([...first].filter((index) => others.every((each) => each.has(index))));
    this.parameters.set(node, found);
    return found;
  }
}

function parameterOf(node: FunctionNode, value: ValueId): readonly number[] {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "instruction" && definition.instruction.kind === "parameter"
    ? [definition.instruction.index]
    : [];
}
