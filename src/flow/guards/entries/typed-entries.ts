/** Exported functions that their written type, or that of their first parameter, makes the entries of a platform. */
import type { FilePath } from "../../../base/keys.js";
import type { Role } from "../../../contracts/model.js";
import type { TypeReference } from "../../../contracts/type-reference.js";
import { allExports } from "../../program/module-links.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { WrittenTypes } from "../../sources/written-types.js";
import { bareEntry, type FoundEntry } from "./entry-found.js";

const none: readonly FoundEntry[] = [];
const deepest = 6;

export class TypedEntries {
  private readonly byFunction = new Map<FunctionNode, FoundEntry[]>();
  private readonly types: WrittenTypes | null;

  constructor(private readonly pointsTo: PointsTo) {
    const isModelled = pointsTo.catalogue.packages.some(({ paths }) =>
      paths.some(({ form }) => form === "type"),
    );
    this.types = isModelled ? new WrittenTypes(pointsTo) : null;
    if (isModelled) for (const { file } of pointsTo.program.files) this.addExports(file);
  }

  of(node: FunctionNode): readonly FoundEntry[] {
    return this.byFunction.get(node) ?? none;
  }

  private addExports(file: FilePath): void {
    for (const [name, targets] of allExports(this.pointsTo, file))
      for (const target of targets) {
        if (target.kind !== "cell" || target.file !== file) continue;
        const roles = this.declaredTypes(file, target.cell).flatMap((type) => this.rolesOf(file, type, 0));
        const calls = roles.filter((role) => role.kind === "calls").filter(({ entry }) => entry);
        for (const value of this.pointsTo.cellNode(file, target.cell).values) {
          if (value.kind !== "function" || this.isCalled(value.function)) continue;
          const taken = this.takenBy(value.function);
          if (calls.length > 0 || taken.some(({ kind }) => kind === "input"))
            this.add(value.function, name, [...calls, ...taken].some(isJob));
        }
      }
  }

  private add(node: FunctionNode, name: string, isJob: boolean): void {
    this.byFunction.set(node, [bareEntry(node, name === "default" ? node.graph.name : name, isJob)]);
  }

  private declaredTypes(file: FilePath, cell: string): readonly TypeReference[] {
    const module = this.pointsTo.program.moduleOf(file);
    return (module?.code ?? []).flatMap((each) =>
      each.kind === "declare" && each.name === cell && each.type !== null ? [each.type] : [],
    );
  }

  /** What models say of what it gets: what the platform hands over. */
  private takenBy(node: FunctionNode): readonly Role[] {
    const type = node.graph.parameters[0]?.type ?? null;
    return type === null ? [] : this.rolesOf(node.file, type, 0);
  }

  /** It is part of what others run. */
  private isCalled(node: FunctionNode): boolean {
    return this.pointsTo.callersOf(node).length + this.pointsTo.callbacksOf(node).length > 0;
  }

  /** What models say of a type, by its own name or what the program calls it. */
  private rolesOf(file: FilePath, type: TypeReference, depth: number): readonly Role[] {
    if (depth > deepest || this.types === null) return [];
    if (type.kind === "union" || type.kind === "intersection")
      return type.members.flatMap((member) => this.rolesOf(file, member, depth + 1));
    if (type.kind !== "named") return [];
    return this.types.declarationsOf(file, type.name).flatMap((key) => {
      const hash = key.indexOf("#");
      const [module, name] = [key.slice(0, hash), key.slice(hash + 1)];
      if (!module.startsWith("file:"))
        return this.pointsTo.catalogue
          .match(module, name.split("."), "type")
          .flatMap(({ model }) => model.roles);
      const home = module.slice("file:".length);
      return (this.pointsTo.program.graphOf(home)?.types ?? [])
        .filter((each) => each.name === name)
        .flatMap((each) => [each.type, ...each.extends].flatMap((one) => this.rolesOf(home, one, depth + 1)));
    });
  }
}

function isJob(role: Role): boolean {
  return role.kind === "calls" && role.job;
}
