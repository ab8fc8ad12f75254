/**
 * Jobs of one queue by their names: what a worker does in `case "erase"`, or in the function that stands under that name,
 * is done for jobs that were put as `erase`, and not for those of other names.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { valuesAt } from "../models/address-values.js";
import { decoratingModels } from "../models/decorating-models.js";
import { foldIn, foldValues } from "../constants/constants.js";
import { walkFrom } from "../program/control-walk.js";
import { noContext } from "../contexts/context.js";
import type { OpenWay } from "../guards/open-way.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import type { SiteModels } from "../models/site-models.js";
import type { StaticConditions } from "../ways/static-conditions.js";
import { definitionOf, originOf } from "../paths/value-places.js";

export class JobNames {
  private readonly named = new Map<CallSite, readonly string[] | null>();
  private readonly blocks = new Map<string, ReadonlySet<number>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly conditions: StaticConditions,
  ) {}

  /** Whether some job that the call puts goes along the way. */
  goesAlong(putting: CallSite, way: OpenWay): boolean {
    const names = this.namesAt(putting);
    return names === null || names.some((name) => this.goes(name, way));
  }

  /** Whether a job of that name does. */
  goes(name: string, { outset: { site }, passages }: Pick<OpenWay, "outset" | "passages">): boolean {
    const done = site === null ? null : this.namesAt(site);
    if (done !== null && !done.includes(name)) return false;
    // From where the job is handed in: the name may be handed on.
    let given: readonly number[] = [];
    for (let index = passages.length - 1; index >= 0; index--) {
      const { node, point } = passages[index] ?? {};
      if (node === undefined || point === undefined) return true;
      const names = this.namesIn(node, given);
      const called = passages[index - 1]?.node;
      if (!this.blocksFor(node, names, name).has(node.blockOf[point] ?? 0)) return false;
      if (called !== undefined && !this.isUnder(name, names, node, point, called)) return false;
      const call = node.code[point];
      given =
        call?.kind === "call"
          ? call.arguments.flatMap(({ value }, at) => (names.includes(originOf(node, value)) ? [at] : []))
          : [];
    }
    return true;
  }

  /** Null: it is done, or put, under any name. */
  namesAt(site: CallSite, read?: ReadValues): readonly string[] | null {
    if (read !== undefined) return this.findNames(site, read);
    let names = this.named.get(site);
    if (names === undefined) this.named.set(site, (names = this.findNames(site)));
    return names;
  }

  private findNames(site: CallSite, read?: ReadValues): readonly string[] | null {
    const names = [
      ...this.models.at(site).map((match) => ({ ...match, at: site })),
      // `@Process("erase")`: what makes the decorator says the name.
      ...decoratingModels(this.pointsTo, site),
    ].flatMap(({ model, names: matched, at }) =>
      model.roles.flatMap((role) =>
        role.kind === "job-name"
          ? role.of.flatMap((address) => {
              // Options are no name: another address means the name in them.
              const values = valuesAt(this.pointsTo, at, address, matched, read).filter(
                ({ kind }) => kind !== "object",
              );
              if (values.length === 0) return [];
              return read === undefined
                ? foldValues(this.pointsTo, values)
                : foldIn(this.pointsTo, values, read);
            })
          : [],
      ),
    );
    return names.length === 0 || names.some((name) => /\*|^env:/u.test(name)) ? null : names;
  }

  /** Blocks (by position) that control may come to where the job has the name. */
  private blocksFor(node: FunctionNode, values: readonly ValueId[], name: string): ReadonlySet<number> {
    const key = `${String(node.index)} ${values.join()} ${name}`;
    let blocks = this.blocks.get(key);
    if (blocks === undefined) {
      const truthOf = (condition: ValueId): boolean | null => {
        for (const value of values) {
          const place = { value, isPair: false };
          const truth = this.conditions.truthOf(node, condition, noContext, { place, name });
          if (truth !== null) return truth;
        }
        return null;
      };
      this.blocks.set(key, (blocks = walkFrom(node, 0, truthOf).blocks));
    }
    return blocks;
  }

  /** Values of a function that are the name of the job which is done: read from it, or handed in. */
  private namesIn(node: FunctionNode, given: readonly number[]): readonly ValueId[] {
    return node.code.flatMap((each) => {
      const isName =
        (each.kind === "parameter" && given.includes(each.index)) ||
        (each.kind === "load" && this.isName(node, each.out));
      return isName && "out" in each ? [each.out] : [];
    });
  }

  private isName(node: FunctionNode, value: ValueId): boolean {
    const values = [...this.pointsTo.valuesOf(node, value)];
    return values.length > 0 && values.every((each) => this.isNameRead(each));
  }

  private isNameRead(value: AbstractValue): boolean {
    return (
      value.kind === "foreign" &&
      this.pointsTo.catalogue
        .match(value.module, value.path, "read")
        .some(({ model }) => model.roles.some(({ kind }) => kind === "job-name"))
    );
  }

  /** `handlers[job.name](job)` calls what stands under the name, and nothing else of the object. */
  private isUnder(
    name: string,
    names: readonly ValueId[],
    node: FunctionNode,
    point: number,
    called: FunctionNode,
  ): boolean {
    const call = node.code[point];
    const loaded = call?.kind === "call" ? definitionOf(node, call.callee) : null;
    if (loaded?.kind !== "load" || loaded.property.kind !== "computed") return true;
    if (!names.includes(originOf(node, loaded.property.value))) return true;
    const objects = [...this.pointsTo.valuesOf(node, loaded.object)];
    const under = objects.map((object) => [...this.pointsTo.fieldNode(object, name).values]);
    if (objects.some((object) => this.pointsTo.fieldNode(object, "[]").values.size > 0)) return true;
    return under
      .flat()
      .some((value) => value.kind === "function" && value.function.closureIndex === called.closureIndex);
  }
}
