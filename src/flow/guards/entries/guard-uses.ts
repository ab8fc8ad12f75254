/** Which guard of the program would do for an operation: the one that most others of its entries go through. */
import type { OfferedGuard } from "../../../contracts/flow.js";
import { calledByEntry } from "../called-there.js";
import type { Chains } from "../handlers/chains.js";
import type { Registration } from "../handlers/registrations.js";
import { requestsOf } from "../handlers/told-requests.js";
import type { GuardMark } from "../marks/guard-mark.js";
import type { GuardPlaces, UsedGuard } from "../marks/guard-places.js";
import type { Outset } from "../open-way.js";
import { connectedWith } from "../../program/connected-files.js";
import type { ValueId } from "../../../contracts/file-graph.js";
import { originOf } from "../../paths/value-places.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";

/** An entry of the program, with what runs before it and in its place. */
interface Run {
  readonly key: string;
  /** It has an address or a method of requests. */
  readonly isRoute: boolean;
  readonly functions: ReadonlySet<FunctionNode>;
}

export class GuardUses {
  private runs: readonly Run[] | null = null;
  private readonly known = new Map<UsedGuard, readonly Run[]>();

  constructor(
    private readonly chains: Chains,
    private readonly places: GuardPlaces,
  ) {}

  /** `outsets`: where the operation is reached from unguarded; these do not count. */
  offer(acceptsMark: (mark: GuardMark) => boolean, outsets: readonly Outset[]): OfferedGuard | null {
    const own = new Set(outsets.flatMap((outset) => this.keysOf(outset)));
    const offered = this.nearest(
      this.places.uses.filter(({ mark }) => acceptsMark(mark)),
      outsets,
    ).map((guard): OfferedGuard => {
      const runs = this.runsOf(guard).filter(({ key }) => !own.has(key));
      return runs.length === 0
        ? { name: guard.name, uses: guard.uses, by: "places" }
        : {
            name: guard.name,
            uses: runs.length,
            by: runs.every(({ isRoute }) => isRoute) ? "routes" : "entries",
          };
    });
    // Of those that are equal, the one that is called more often.
    const [first] = offered.sort(
      (a, b) => Number(a.by === "places") - Number(b.by === "places") || b.uses - a.uses,
    );
    return first ?? null;
  }

  /** Those of the program that the outsets are in; of others in the folder only where it has none. */
  private nearest(guards: readonly UsedGuard[], outsets: readonly Outset[]): readonly UsedGuard[] {
    const files = new Set(outsets.flatMap(({ node }) => [...connectedWith(this.chains.pointsTo, node.file)]));
    const near = guards.filter(({ callers }) => callers.some(({ file }) => files.has(file)));
    return near.length > 0 ? near : guards;
  }

  private runsOf(guard: UsedGuard): readonly Run[] {
    let found = this.known.get(guard);
    if (found === undefined) {
      const reaching = this.reaching(guard);
      const runs = new Map<string, Run>();
      for (const run of (this.runs ??= this.allRuns()))
        if (!runs.has(run.key) && [...run.functions].some((node) => reaching.has(node)))
          runs.set(run.key, run);
      this.known.set(guard, (found = [...runs.values()]));
    }
    return found;
  }

  /** Functions in a run of which a guard is called: those that call it, and all that call these, but for other guards. */
  private reaching({ callers, function: own }: UsedGuard): ReadonlySet<FunctionNode> {
    const { pointsTo, models } = this.chains;
    const found = new Set(callers);
    for (const node of found) {
      if (this.places.isGuard(node) && node !== own) continue;
      for (const { site } of pointsTo.callersOf(node))
        found.add(handerOf(pointsTo, node, site.caller, calleesAt(site)) ?? site.caller);
      for (const edge of pointsTo.callbacksOf(node)) {
        if (calledByEntry(edge, models)) continue;
        const { caller } = edge.site;
        const given = givenAt(edge.site).filter((value) =>
          [...pointsTo.valuesOf(caller, value)].some(
            (each) => each.kind === "function" && each.function === node,
          ),
        );
        found.add(handerOf(pointsTo, node, caller, given) ?? caller);
      }
    }
    return found;
  }

  private allRuns(): Run[] {
    const { pointsTo, registrations, entries, models } = this.chains;
    const registered = registrations.all.filter(isEntry).map((each): Run => {
      const functions = new Set<FunctionNode>();
      for (const { prefix } of each.places)
        for (const requests of requestsOf(each, prefix))
          for (const node of this.chains.told.handlersBefore(requests).keys()) functions.add(node);
      return { key: this.keyOf(each), isRoute: each.paths !== null, functions };
    });
    const found = pointsTo.program.functions.flatMap((node) => [
      ...entries.of(node).map((entry): Run => {
        const before = entries.handlersBefore(entry);
        return {
          key: keyOfEntry(node, entry.name),
          isRoute: entry.path !== null || entry.method !== null,
          functions: new Set([node, ...before]),
        };
      }),
      // `cron.schedule("0 8 * * *", send)`
      ...pointsTo.callbacksOf(node).flatMap((edge): Run[] =>
        calledByEntry(edge, models) &&
        registrations.at(edge.site).length === 0 &&
        // An action that a form is given is the entry that it is by itself.
        entries.of(node).length === 0
          ? [{ key: edge.site.id, isRoute: false, functions: new Set([node]) }]
          : [],
      ),
    ]);
    return [...registered, ...found];
  }

  private keysOf({ node, site, name }: Outset): string[] {
    const registered = site === null ? [] : this.chains.registrations.at(site);
    return [
      ...registered.map((each) => this.keyOf(each)),
      ...(site === null
        ? []
        : [site.id, ...this.chains.entries.of(node).map((entry) => keyOfEntry(node, entry.name))]),
      ...(name === undefined ? [] : [keyOfEntry(node, name)]),
    ];
  }

  /** Handlers of one address are one route, whoever hands them over. */
  private keyOf(each: Registration): string {
    const { site, methods, paths } = each;
    if (paths === null) return site.id;
    return `${methods?.join("/") ?? ""} ${paths.length === 1 ? this.chains.pathOf(each) : site.id}`;
  }
}

/**
 * `withLogger(logger, async () => { … })` calls whatever it is given, for many: who goes through the guard is the
 * function that made what is handed over.
 */
function handerOf(
  { program }: PointsTo,
  node: FunctionNode,
  caller: FunctionNode,
  called: readonly ValueId[],
): FunctionNode | null {
  if (node.graph.parent === null || called.length === 0) return null;
  const areGiven = called.every((value) => {
    const definition = caller.definitions[originOf(caller, value)];
    return definition?.kind === "instruction" && definition.instruction.kind === "parameter";
  });
  const maker = areGiven ? program.functionIn(node, node.graph.parent) : undefined;
  return maker === undefined || maker.graph.kind === "module" ? null : maker;
}

function calleesAt({ instruction }: CallSite): readonly ValueId[] {
  return instruction.kind === "call" ? [instruction.callee] : [];
}

function givenAt({ instruction }: CallSite): readonly ValueId[] {
  return instruction.kind === "call" ? instruction.arguments.map(({ value }) => value) : [];
}

function keyOfEntry({ index }: FunctionNode, name: string): string {
  return `${String(index)} ${name}`;
}

/** It answers, and does not only stand before what does. */
function isEntry({ methods, role, paths }: Registration): boolean {
  return (
    methods !== null || (role.scope === "own" && !role.last) || (paths !== null && role.match === "exact")
  );
}
