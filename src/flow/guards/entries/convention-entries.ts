/** Functions that a convention of files makes entries: exports by their names, functions with a directive. */
import type { FilePath } from "../../../base/keys.js";
import type { Role } from "../../../contracts/model.js";
import type { ModelMatch } from "../../../models/catalogue.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { allExports, findExports } from "../../program/module-links.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { FoundEntry } from "./entry-found.js";
import { addressOfFile, rootOf } from "./file-routes.js";

type RoleOf<K extends Role["kind"]> = Extract<Role, { kind: K }>;

/** Handlers that stand in a file by its name, and run before entries of the same app. */
export interface ConventionHandlers {
  readonly file: FilePath;
  readonly root: FilePath;
  readonly role: RoleOf<"handles">;
  readonly handlers: readonly (FunctionNode | null)[];
  /** What packages give. */
  readonly foreign: readonly AbstractValue[];
}

const none: readonly FoundEntry[] = [];
const verbs = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/u;

export class ConventionEntries {
  readonly handlers: ConventionHandlers[] = [];
  private readonly byFunction = new Map<FunctionNode, FoundEntry[]>();

  constructor(private readonly pointsTo: PointsTo) {
    for (const { file, directives, functions } of pointsTo.program.files) {
      if (pointsTo.catalogue.find(`file:${file}`).length === 0) continue;
      for (const name of allExports(pointsTo, file).keys()) this.addExport(file, name, directives);
      for (const graph of functions) {
        const node = pointsTo.program.functionOf(file, graph.id);
        if (graph.directives.length > 0 && node !== undefined)
          this.addEntries(file, nameOf(node), [node], graph.directives, true);
      }
    }
  }

  of(node: FunctionNode): readonly FoundEntry[] {
    return this.byFunction.get(node) ?? none;
  }

  /** What a file exports under a name. */
  valuesOf(file: FilePath, name: string): readonly AbstractValue[] {
    return findExports(this.pointsTo, file, name).flatMap((target) => {
      if (target.kind === "cell") return [...this.pointsTo.cellNode(target.file, target.cell).values];
      // `export { default } from "next-auth/middleware"`
      const given =
        target.kind === "foreign" ? this.pointsTo.values.foreign(target.module, target.path, null) : null;
      return given === null ? [] : [given];
    });
  }

  private addExport(file: FilePath, name: string, directives: readonly string[]): void {
    this.addMembers(file, name);
    const matches = this.matchesOf(file, name);
    if (matches.length === 0) return;
    const values = this.valuesOf(file, name);
    const functions = values.map((value) => (value.kind === "function" ? value.function : null));
    const foreign = values.filter(({ kind }) => kind === "foreign");
    const own = functions.filter((each) => each !== null);
    this.addEntries(file, name, own, directives, false);
    const [routed] = rolesOf(matches, "routed");
    const root = routed === undefined ? null : addressOfFile(file, routed.role)?.root;
    for (const { role } of rolesOf(matches, "handles"))
      this.handlers.push({ file, root: root ?? rootOf(file), role, handlers: functions, foreign });
  }

  /** Members of an object that a file exports: `export default { fetch }`, `export const actions = { remove }`. */
  private addMembers(file: FilePath, exported: string): void {
    for (const object of this.valuesOf(file, exported))
      if (object.kind === "object")
        for (const [name, { values }] of this.pointsTo.fieldsOf(object)) {
          const functions = [...values].flatMap((each) => (each.kind === "function" ? [each.function] : []));
          if (functions.length > 0) this.addEntries(file, `${exported}.${name}`, functions, [], false);
        }
  }

  private addEntries(
    file: FilePath,
    name: string,
    functions: readonly FunctionNode[],
    directives: readonly string[],
    byDirective: boolean,
  ): void {
    const matches = this.matchesOf(file, name).filter(({ model }) =>
      model.roles.some(
        (role) =>
          role.kind === "calls" &&
          role.entry &&
          (role.directive === null ? !byDirective : directives.includes(role.directive)),
      ),
    );
    if (matches.length === 0) return;
    const [routed] = rolesOf(matches, "routed");
    const address = routed === undefined ? null : addressOfFile(file, routed.role);
    const method = verbs.test(name) ? name : (address?.method ?? routed?.role.method ?? null);
    // The forms of a page name the one of its actions that they are for; who names none is for the default.
    const member = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : "default";
    const place = address === null || member === "default" ? address?.path : `${address.path}?/${member}`;
    for (const node of functions) {
      const called = name === "default" ? nameOf(node) : name.replace(/^default\./u, "");
      const entry: FoundEntry = {
        node,
        self: null,
        site: null,
        name: place === undefined || byDirective ? called : method === null ? place : `${method} ${place}`,
        method,
        path: address?.path ?? null,
        root: address?.root ?? rootOf(file),
        isRemote: matches.some(({ model }) =>
          model.roles.some((role) => role.kind === "calls" && role.directive !== null),
        ),
        isJob: rolesOf(matches, "calls").some(({ role }) => role.job),
        responds: matches.some(({ model }) => model.roles.some(({ kind }) => kind === "responds")),
        decorations: [],
      };
      const known = this.byFunction.get(node);
      if (known === undefined) this.byFunction.set(node, [entry]);
      else known.push(entry);
    }
  }

  private matchesOf(file: FilePath, name: string): readonly ModelMatch[] {
    return this.pointsTo.catalogue.match(`file:${file}`, name.split("."), "convention");
  }
}

function rolesOf<K extends Role["kind"]>(
  matches: readonly ModelMatch[],
  kind: K,
): { readonly role: RoleOf<K> }[] {
  return matches.flatMap(({ model }) =>
    model.roles.flatMap((role) => (role.kind === kind ? [{ role: role as RoleOf<K> }] : [])),
  );
}

function nameOf({ graph }: FunctionNode): string {
  return graph.path ?? graph.name;
}
