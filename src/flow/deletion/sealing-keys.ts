/** Keys that child data is sealed with: those that lie in stores of the program's own, and those that are one for all. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { SealingKey } from "../../contracts/deletion.js";
import type { Flow } from "../../contracts/flow.js";
import type { Role } from "../../contracts/model.js";
import type { SiteModels } from "../models/site-models.js";
import type { Writers } from "../points-to/writers.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { locationOf } from "../program/program.js";
import { readsAt } from "../corrections/read-stores.js";
import { isMarkedSealer } from "../protection/hollow-sealers.js";
import type { Tables } from "../stores/tables.js";
import { KeyOrigins } from "./key-origins.js";
import { placeOf, sealingStep, sealingWay } from "./sealing-way.js";
import { WrittenKeys } from "./written-keys.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly annotations: AnnotationTable;
  readonly tables: Tables;
  readonly flows: readonly Flow[];
  readonly writers: Writers;
}

interface Cipher {
  readonly site: CallSite;
  readonly role: Extract<Role, { kind: "encrypt" }>;
  /** The calls by which it is come to, the outermost first. */
  readonly calls: readonly CallEdge[];
}

/** Functions below a marked one that are looked into for its cipher. */
const deepestCall = 3;

export function findSealingKeys(asked: Asked): SealingKey[] {
  const sealed = new Map<string, Flow>();
  for (const flow of asked.flows) {
    const way = sealingWay(flow.trace);
    if (way !== null && !sealed.has(way)) sealed.set(way, flow);
  }
  if (sealed.size === 0) return [];
  const keys = new SealingKeys(asked);
  return [...sealed].flatMap(([way, flow]) => {
    const key = keys.of(flow);
    return key === null || key.targets.length + key.fixed.length === 0 ? [] : [{ way, ...key }];
  });
}

class SealingKeys {
  private readonly origins: KeyOrigins;
  private readonly written: WrittenKeys;
  private readonly sites = new Map<string, CallSite[]>();

  constructor(private readonly asked: Asked) {
    const { pointsTo, models, writers } = asked;
    this.origins = new KeyOrigins(pointsTo, models, writers);
    this.written = new WrittenKeys(asked, this.origins);
    for (const site of pointsTo.sites.values()) {
      if (site.instruction.kind !== "call" || site.caller.copy !== null) continue;
      const place = placeOf(locationOf(site.caller, site.instruction.at));
      this.sites.set(place, [...(this.sites.get(place) ?? []), site]);
    }
  }

  /** Null: it may be another one, or nothing is known of it. */
  of({ trace }: Flow): Omit<SealingKey, "way"> | null {
    const end = sealingStep(trace);
    const ciphers = this.sitesOf(trace[end]).flatMap((site) => {
      const entered = this.entered(trace.slice(0, end), site.caller);
      return [...this.ciphersAt(site, entered), ...this.ciphersOfMarked(site, entered)];
    });
    const found = { targets: new Set<string>(), columns: new Set<string>(), fixed: new Set<string>() };
    for (const { site, role, calls } of ciphers) {
      const at = role.key ?? role.under;
      const key = at === null ? null : this.origins.at(site, at, calls);
      if (key === null || key.isOther) return null;
      for (const name of key.fixed) found.fixed.add(name);
      if (key.fixed.size > 0 || role.key === null) continue;
      const targets = this.storesOf(key);
      // In one of several stores, a copy of it stays whichever is emptied.
      if (targets.length !== 1 || targets.includes("*")) return null;
      for (const target of targets) found.targets.add(target);
      for (const name of key.names) found.columns.add(name);
    }
    // Sealed with one or the other, part of it stays whichever goes.
    if ((found.fixed.size > 0 && found.targets.size > 0) || found.targets.size > 1) return null;
    return { targets: [...found.targets], columns: [...found.columns], fixed: [...found.fixed] };
  }

  /** Where it is read from and put: also one that is made elsewhere, and kept in these stores besides others. */
  private storesOf({ read, made }: ReturnType<KeyOrigins["at"]>): readonly string[] {
    const { pointsTo, models, tables } = this.asked;
    const stores = new Set([
      ...[...read].flatMap((each) => readsAt(pointsTo, models, tables, each)),
      ...this.written.of(made),
    ]);
    for (const beside of this.written.beside(stores)) stores.add(beside);
    return [...stores];
  }

  private sitesOf(step: Flow["trace"][number] | undefined): readonly CallSite[] {
    return step === undefined ? [] : (this.sites.get(placeOf(step.location)) ?? []);
  }

  /** The last call on the way that goes into the function. */
  private entered(before: Flow["trace"], node: FunctionNode): readonly CallEdge[] {
    for (const step of before.toReversed())
      for (const site of this.sitesOf(step)) {
        const edge = [...site.edges.values()].find(({ callee }) => callee.graph === node.graph);
        if (edge !== undefined) return [edge];
      }
    return [];
  }

  private ciphersAt(site: CallSite, calls: readonly CallEdge[]): Cipher[] {
    return this.asked.models
      .at(site)
      .flatMap(({ model }) =>
        model.roles.flatMap((role) =>
          role.kind === "encrypt" && role.strength === "strong" ? [{ site, role, calls }] : [],
        ),
      );
  }

  /** What a marked function of the program's own seals with. */
  private ciphersOfMarked(site: CallSite, entered: readonly CallEdge[]): Cipher[] {
    const found: Cipher[] = [];
    const seen = new Set<FunctionNode>();
    let level = [...site.edges.values()]
      .filter(({ callee }) => isMarkedSealer(callee, this.asked.annotations))
      .map((edge) => [...entered, edge]);
    for (let depth = 0; depth <= deepestCall && level.length > 0; depth++) {
      const below: CallEdge[][] = [];
      for (const calls of level) {
        const node = calls.at(-1)?.callee;
        if (node === undefined || seen.has(node)) continue;
        seen.add(node);
        for (const point of node.code.keys()) {
          const inner = this.asked.pointsTo.findSite(node, point);
          if (inner === undefined) continue;
          found.push(...this.ciphersAt(inner, calls));
          below.push(...[...inner.edges.values()].map((edge) => [...calls, edge]));
        }
      }
      level = below;
    }
    return found;
  }
}
