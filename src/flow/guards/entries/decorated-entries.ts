/** Methods that decorators of packages make entries: once for each class whose objects have them. */
import type { Address, Role } from "../../../contracts/model.js";
import { foldParts } from "../../models/address-values.js";
import { chainOf } from "../../program/class-chain.js";
import { runOn } from "../../contexts/run-on.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../../program/program.js";
import type { Decoration } from "../../models/decorations.js";
import { Decorations } from "../../models/decorations.js";
import type { FoundEntry } from "./entry-found.js";
import { joinPaths } from "../handlers/route-paths.js";

type RoleOf<K extends Role["kind"]> = Extract<Role, { kind: K }>;

const none: readonly FoundEntry[] = [];
const verbs = /^(?:get|post|put|patch|delete|all|head|options|search)$/iu;

export class DecoratedEntries {
  readonly decorations: Decorations;
  private readonly byFunction = new Map<FunctionNode, FoundEntry[]>();
  private readonly chains = new Map<ClassNode, readonly ClassNode[]>();

  constructor(private readonly pointsTo: PointsTo) {
    this.decorations = new Decorations(pointsTo);
    const homes = new Set(this.decorations.classes);
    if (homes.size === 0) return;
    for (const self of pointsTo.program.classes) {
      const chain = this.chainOf(self);
      if (chain.some((each) => homes.has(each))) this.addEntries(self, chain);
    }
    this.dropUnmounted();
  }

  of(node: FunctionNode): readonly FoundEntry[] {
    return this.byFunction.get(node) ?? none;
  }

  /** The address that a class gives to its entries; null for one that nothing mounts. */
  pathsOf(self: ClassNode): readonly string[] | null {
    const roles = this.chainOf(self)
      .slice(0, 1)
      .flatMap((each) => rolesOf(this.decorations.ofClass(each), "mounts"));
    return roles.length === 0
      ? null
      : roles.map(({ role, decoration }) => this.textAt(role.path, decoration) ?? "");
  }

  private addEntries(self: ClassNode, chain: readonly ClassNode[]): void {
    const seen = new Set<string>();
    const above = chain.flatMap((each) => this.decorations.ofClass(each));
    const [mounted = null] = this.pathsOf(self) ?? [];
    for (const home of chain)
      for (const { name, function: id, kind } of home.graph.members) {
        if (kind !== "method" || name.kind !== "name" || id === null || seen.has(name.name)) continue;
        // What is written anew has nothing of what it replaces.
        seen.add(name.name);
        const node = runOn(this.pointsTo, self, this.pointsTo.program.memberOf(home, id));
        const own = this.decorations.ofMember(home, name.name);
        if (node === undefined) continue;
        const made = own.find(({ match }) => match.model.roles.some((role) => isEntry(role, null)));
        const isCalled = this.pointsTo.callersOf(node).length > 0;
        const apart = above.find(({ match }) =>
          match.model.roles.some((role) => isEntry(role, name.name) || (!isCalled && isEntry(role, "*"))),
        );
        if (made === undefined && apart === undefined) continue;
        const entry =
          made === undefined
            ? apartOf(node, self, apart?.at ?? null)
            : this.entryOf(node, self, made, mounted, [...own, ...above]);
        const known = this.byFunction.get(node);
        if (known === undefined) this.byFunction.set(node, [entry]);
        else known.push(entry);
      }
  }

  private entryOf(
    node: FunctionNode,
    self: ClassNode,
    made: Decoration,
    mounted: string | null,
    decorations: readonly Decoration[],
  ): FoundEntry {
    const decorator = made.match.model.path.at(-1);
    const word = decorator?.kind === "name" ? decorator.name : node.graph.name;
    const [mount] = rolesOf([made], "mounts");
    const own = mount === undefined ? null : (this.textAt(mount.role.path, made) ?? "");
    const path = own === null ? null : joinPaths(mounted ?? "", own);
    const name =
      path !== null && verbs.test(word)
        ? `${word.toUpperCase()} ${path}`
        : `@${word}${own === null || own === "" ? ` ${node.graph.name}` : `("${own}")`}`;
    return {
      node,
      self,
      site: made.at,
      name,
      method: verbs.test(word) ? word.toUpperCase() : null,
      path: verbs.test(word) ? path : null,
      root: null,
      isRemote: false,
      isJob: rolesOf([made], "calls").some(({ role }) => role.job),
      decorations,
    };
  }

  /** Of the classes that have a method, those that are mounted, if any is; else those that are made. */
  private dropUnmounted(): void {
    for (const [node, entries] of this.byFunction) {
      const mounted = entries.filter(({ self }) => self !== null && this.pathsOf(self) !== null);
      const made = entries.filter(({ self }) => self?.graph.abstract === false);
      const kept = mounted.length > 0 ? mounted : made.length > 0 ? made : entries;
      this.byFunction.set(node, kept);
    }
  }

  private textAt(address: Address | null, { site, match }: Decoration): string | null {
    return address === null || !hasOperand(site, address)
      ? null
      : foldParts(this.pointsTo, site, [address], match.names);
  }

  private chainOf(self: ClassNode): readonly ClassNode[] {
    let chain = this.chains.get(self);
    if (chain === undefined) {
      chain = chainOf(this.pointsTo, self).flatMap((value) => (value.kind === "class" ? [value.class] : []));
      this.chains.set(self, chain);
    }
    return chain;
  }
}

/** The roles of a kind that decorators have, with the decorators. */
export function rolesOf<K extends Role["kind"]>(
  decorations: readonly Decoration[],
  kind: K,
): { readonly role: RoleOf<K>; readonly decoration: Decoration }[] {
  return decorations.flatMap((decoration) =>
    decoration.match.model.roles.flatMap((role) =>
      role.kind === kind ? [{ role: role as RoleOf<K>, decoration }] : [],
    ),
  );
}

/** `member`: one that the decorator of a class makes an entry; `*` where it makes all of them entries that nobody calls. */
function isEntry(role: Role, member: string | null): boolean {
  if (role.kind !== "calls" || !role.entry || role.function.root.kind !== "value") return false;
  const [step, ...others] = role.function.steps;
  if (member === null) return step === undefined;
  const isMeant = step?.kind === "any" ? member === "*" : step?.kind === "property" && step.name === member;
  return isMeant && others.length === 0;
}

function apartOf(node: FunctionNode, self: ClassNode, site: CallSite | null): FoundEntry {
  return {
    node,
    self,
    site,
    name: node.graph.path ?? node.graph.name,
    method: null,
    path: null,
    root: null,
    isRemote: false,
    isJob: false,
    isApart: true,
    decorations: [],
  };
}

function hasOperand({ instruction }: CallSite, { root }: Address): boolean {
  return (
    root.kind !== "argument" || (instruction.kind === "call" && instruction.arguments.length > root.index)
  );
}
