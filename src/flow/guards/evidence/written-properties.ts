/** What the program writes into a property of an object that functions share: of a class, or of what a package gives. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../abstract-value.js";
import type { PointsTo } from "../../points-to.js";
import type { FunctionNode } from "../../program.js";
import type { SiteModels } from "../../site-models.js";
import { keptUnderName } from "../entries/named-entries.js";

export interface WrittenProperty {
  readonly node: FunctionNode;
  readonly value: ValueId;
}

const nothing: readonly WrittenProperty[] = [];

export class WrittenProperties {
  private known: Map<string, WrittenProperty[]> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  writersOf(node: FunctionNode, object: ValueId, name: string): readonly WrittenProperty[] {
    const places = new Set([...this.pointsTo.valuesOf(node, object)].flatMap(placeOf));
    const found = [...places].flatMap((place) => this.all.get(`${place}.${name}`) ?? nothing);
    return found.length === 0 ? nothing : [...new Set(found)];
  }

  private get all(): ReadonlyMap<string, readonly WrittenProperty[]> {
    return (this.known ??= this.index());
  }

  private index(): Map<string, WrittenProperty[]> {
    const index = new Map<string, WrittenProperty[]>();
    const add = (node: FunctionNode, object: ValueId, name: string, value: ValueId): void => {
      const places = new Set([...this.pointsTo.valuesOf(node, object)].flatMap(placeOf));
      for (const place of places) {
        const key = `${place}.${name}`;
        const known = index.get(key);
        if (known === undefined) index.set(key, [{ node, value }]);
        else known.push({ node, value });
      }
    };
    for (const site of this.pointsTo.sites.values())
      for (const { object, name, value } of keptUnderName(this.pointsTo, this.models, site))
        add(site.caller, object, name, value);
    for (const node of this.pointsTo.program.functions)
      for (const instruction of node.code) {
        if (instruction.kind !== "store" || instruction.property.kind !== "name") continue;
        add(node, instruction.object, instruction.property.name, instruction.value);
      }
    return index;
  }
}

/** One object of a class or a package's type stands for all: which of them a handler is given cannot be told. */
function placeOf(value: AbstractValue): string[] {
  switch (value.kind) {
    case "instance":
      return [`i${String(value.class.index)}`];
    case "object":
      return [`o${value.site}`];
    case "foreign":
      return value.path.length > 0 ? [`f${value.module}#${value.path.join(".")}`] : [];
    default:
      return [];
  }
}
