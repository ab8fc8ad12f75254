/** Which entries staff come in by: marked ones, addresses below /admin, guards that stop everybody else. */
import type { StaffSign } from "../../contracts/access.js";
import { nameOfOutset } from "../guards/entries/outset-name.js";
import type { Chains } from "../guards/handlers/chains.js";
import type { OpenWay } from "../guards/open-way.js";
import type { Passage } from "../guards/open-way.js";
import type { FunctionNode } from "../program/program.js";
import type { AccessWays, Through } from "./access-ways.js";
import { isStaffWord } from "./authorization-words.js";

export interface StaffWay {
  readonly way: OpenWay;
  readonly name: string;
  readonly sign: StaffSign;
}

/** Below what an API or a version of it begins with. */
const address =
  /^(?:[A-Z/]+ )?(?:\/(?:api|rest|internal|private|v\d+|:[\w-]+|\[[\w-]+\]|\([\w-]+\)))*\/(?:admin|staff|back-?office)(?:\/|$|\.)/iu;

export class StaffPaths {
  constructor(
    private readonly ways: AccessWays,
    private readonly chains: Chains,
  ) {}

  /** Of the ways to a place, those of staff. */
  among(all: readonly OpenWay[], place: Passage, through?: Through): StaffWay[] {
    // Where staff alone come through, no way is open past what stops the others.
    let others: ReadonlySet<string> | null = null;
    return all.flatMap((way): StaffWay[] => {
      if (this.isPassedOn(way) && !this.isMarked(way)) return [];
      const name = nameOfOutset(way.outset, this.chains);
      if (this.isMarked(way)) return [{ way, name, sign: "marked" }];
      if (address.test(name)) return [{ way, name, sign: "address" }];
      if (way.outset.kind !== "handler" || !this.mayBeOfStaff(way)) return [];
      others ??= new Set(this.ways.to("staff", place, through).map((each) => keyOf(each)));
      return !others.has(keyOf(way)) || this.isDecoratedForStaff(way) ? [{ way, name, sign: "role" }] : [];
    });
  }

  /** Somewhere on the way, or before it, there is a word about staff: else nothing has to be asked. */
  private mayBeOfStaff({ outset: { node, site }, passages }: OpenWay): boolean {
    const { staffTests } = this.ways;
    const mentions = (each: FunctionNode): boolean => staffTests.mentionsStaff(each);
    if (
      [node, ...passages.map((each) => each.node)].some(
        (each) => mentions(each) || this.ways.calls(each, mentions),
      )
    )
      return true;
    if (this.chains.entries.of(node).some(({ decorations }) => decorations.length > 0)) return true;
    return (
      site !== null &&
      (mentions(site.caller) ||
        this.chains.registrations
          .at(site)
          .some(({ handlers }) =>
            handlers.some(({ values }) => values.some((value) => "graph" in value && mentions(value))),
          ))
    );
  }

  private isMarked({ outset, passages }: OpenWay): boolean {
    return [outset, ...passages].some(({ node }) => this.ways.staff.ofFunction(node).length > 0);
  }

  /** It stands before other handlers of the route. */
  private isPassedOn({ outset: { site, node } }: OpenWay): boolean {
    if (site?.instruction.kind !== "call") return false;
    if (/(?:^|\.)(?:use|addHook|param)$/u.test(site.instruction.name)) return true;
    return this.chains.registrations
      .at(site)
      .some(
        ({ handlers }) =>
          handlers.length > 1 &&
          handlers.some(({ values }) => values.includes(node)) &&
          handlers.at(-1)?.values.includes(node) === false,
      );
  }

  /** `@Roles("admin")` */
  private isDecoratedForStaff({ outset: { node, site } }: OpenWay): boolean {
    const entry = this.chains.entries.of(node).find((each) => each.site === site);
    return (
      entry?.decorations.some((decoration) => {
        const { instruction } = decoration.site;
        return (
          decoration.match.model.roles.some(({ kind }) => kind === "tags" || kind === "handles") &&
          (this.ways.staffTests.staffNames.decoratesForStaff(decoration) ||
            (instruction.kind === "call" && isStaffWord(instruction.name)))
        );
      }) === true
    );
  }
}

function keyOf({ outset: { node, site, address: at, name = "" } }: OpenWay): string {
  return `${String(node.index)}|${site?.id ?? ""}|${at}|${name}`;
}
