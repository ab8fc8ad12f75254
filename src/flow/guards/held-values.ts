/** Data that the program holds already: what is read back from a database, a cache, a store of the browser. */
import { LeastAnswers } from "../../base/least-answers.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, PackageModel } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

/**
 * Types of what entries are called with: what is kept under a request (`request.session.set`) makes no store of the
 * package that hands it over.
 */
function handedToEntries({ paths }: PackageModel): Set<string> {
  const types = new Set<string>();
  for (const { roles } of paths)
    if (roles.some((role) => role.kind === "calls" && role.entry))
      for (const role of roles)
        if (role.kind === "type" && typeof role.type === "string" && isParameter(role.output))
          types.add(role.type);
  return types;
}

function isParameter({ steps }: Address): boolean {
  return steps.some(({ kind }) => kind === "parameter");
}

const storing = new Set(["database", "cache", "object-store", "search-index"]);

export class HeldValues {
  private readonly answers = new LeastAnswers<boolean>(false, Number);
  private readonly modules = new Map<string, boolean>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** Does it come out of a store, on some way? */
  isHeld(node: FunctionNode, value: ValueId): boolean {
    return this.answers.ask(`${String(node.index)}:${String(value)}`, () => this.find(node, value));
  }

  private find(node: FunctionNode, value: ValueId): boolean {
    const definition = node.definitions[value];
    if (definition === undefined) return false;
    if (definition.kind === "phi")
      return definition.phi.inputs.some((input) => this.isHeld(node, input.value));
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return this.isHeld(node, instruction.value);
      case "load":
      case "iterate":
      case "object-rest":
        return this.isHeld(node, instruction.object);
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        return site !== undefined && this.isRead(site);
      }
      case "parameter":
        return this.isGiven(node, instruction.index);
      default:
        return false;
    }
  }

  private isRead(site: CallSite): boolean {
    for (const callee of site.foreign) if (this.isStore(callee)) return true;
    for (const { callee } of site.edges.values())
      for (const { end } of callee.graph.blocks)
        if (end.kind === "return" && end.value !== null && this.isHeld(callee, end.value)) return true;
    const { instruction, caller } = site;
    // A method of a list that was read (`rows.map`) gives parts of it.
    return (
      instruction.kind === "call" &&
      instruction.receiver !== null &&
      this.isHeld(caller, instruction.receiver)
    );
  }

  /** The callback of a list that was read, or a function that is handed what was read. */
  private isGiven(node: FunctionNode, index: number): boolean {
    const callers = this.pointsTo
      .callersOf(node)
      .some((edge) => argumentsFor(edge, index).some(({ value }) => this.isHeld(edge.site.caller, value)));
    if (callers) return true;
    return this.pointsTo.callbacksOf(node).some(({ site }) => {
      const { instruction, caller } = site;
      if (instruction.kind !== "call") return false;
      if ([...site.foreign].some((callee) => this.isStore(callee))) return true;
      return instruction.receiver !== null && this.isHeld(caller, instruction.receiver);
    });
  }

  /** What a package or a browser offers that keeps data and gives it back. */
  isStore({ module, path }: Foreign): boolean {
    if (!module.startsWith("npm:")) return path.includes("Storage");
    return this.isStoring(module) && !this.isOfTheWeb(module, path[0] ?? "");
  }

  /** A type of the standard library that a package only describes again: a request is no store, whoever names it. */
  private isOfTheWeb(module: string, type: string): boolean {
    return this.pointsTo.catalogue
      .find(module)
      .some((model) => model.extends?.[type]?.some((base) => base.startsWith("lib#")) === true);
  }

  private isStoring(module: string): boolean {
    let found = this.modules.get(module);
    if (found === undefined) {
      found = this.pointsTo.catalogue.packages.some(
        (model) =>
          (model.module === module || model.aliases.includes(module)) &&
          model.paths.some(
            ({ form, path: [type], roles }) =>
              form === "call" &&
              !(type?.kind === "name" && handedToEntries(model).has(type.name)) &&
              roles.some(
                (role) =>
                  role.kind === "sql" ||
                  role.kind === "rows" ||
                  (role.kind === "store" && storing.has(role.medium)),
              ),
          ),
      );
      this.modules.set(module, found);
    }
    return found;
  }
}
