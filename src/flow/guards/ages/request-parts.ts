/**
 * Which parts of the first parameter a value is made of: `body.age` of `Number(req.body.age)`. Followed through
 * arithmetic, own functions, and what models say that calls hand on; what else it may be made of is told too.
 */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { Address, Role } from "../../../contracts/model.js";
import { operandsAt, operandsOfSite } from "../../models/address-values.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { SiteModels } from "../../models/site-models.js";
import { placesOf } from "../../paths/value-places.js";

/** A part of a parameter. */
interface Part {
  readonly index: number;
  readonly path: readonly string[];
}

/** Null: something else, of which nothing is known. */
type Parts = readonly (Part | null)[];

const unknown: Parts = [null];
/** Values that are asked about for one question: behind that, and where functions call themselves, nothing is known. */
const most = 200;

export class RequestParts {
  private asked = 0;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  /** By their names, `body.age`; null among them: something else. */
  of(node: FunctionNode, value: ValueId): ReadonlySet<string | null> {
    this.asked = 0;
    const parts = this.behind(node, value, []);
    return new Set(
      parts.map((part) =>
        part === null || part.index > 0 || part.path.length === 0 ? null : part.path.join("."),
      ),
    );
  }

  private behind(node: FunctionNode, value: ValueId, inside: readonly string[]): Parts {
    if (this.asked++ > most) return unknown;
    const { base, path: read } = placesOf(node, value).at(-1) ?? { base: value, path: [] };
    const definition = node.definitions[base];
    if (definition?.kind !== "instruction") return unknown;
    const { instruction, point } = definition;
    const path = [...read, ...inside];
    const ofWhole = (each: ValueId): Parts => (path.length > 0 ? unknown : this.behind(node, each, []));
    switch (instruction.kind) {
      case "parameter":
        return [{ index: instruction.index, path }];
      case "constant":
      case "global":
      case "import-read":
      case "cell-read":
        return [];
      case "await":
        return this.behind(node, instruction.value, path);
      case "unary":
        return ofWhole(instruction.operand);
      case "binary":
        return [...ofWhole(instruction.left), ...ofWhole(instruction.right)];
      case "call":
        return this.behindCall(node, instruction, point, path);
      default:
        return unknown;
    }
  }

  private behindCall(
    node: FunctionNode,
    { new: isNew }: InstructionOf<"call">,
    point: number,
    path: readonly string[],
  ): Parts {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return unknown;
    if (site.foreign.size > 0) return site.edges.size > 0 ? unknown : this.handedOn(node, site, path);
    return isNew || site.edges.size === 0 ? unknown : this.givenBack(node, site, path);
  }

  /** What the program's own functions give back, told of what they are called with. */
  private givenBack(node: FunctionNode, site: CallSite, path: readonly string[]): Parts {
    const given = operandsOfSite(site).arguments;
    return [...site.edges.values()].flatMap(({ callee }) =>
      callee.graph.blocks
        .flatMap(({ end }) => (end.kind === "return" && end.value !== null ? [end.value] : []))
        .flatMap((value) => this.behind(callee, value, path))
        .flatMap((part) => {
          const argument = part === null ? undefined : given[part.index];
          return part === null || argument === undefined || argument.spread
            ? unknown
            : this.behind(node, argument.value, part.path);
        }),
    );
  }

  /** What a package's function gives of what it is given, as its models say. */
  private handedOn(node: FunctionNode, site: CallSite, path: readonly string[]): Parts {
    const found = this.models
      .at(site)
      .flatMap(({ model }) => model.roles)
      .flatMap((role) => linksOf(role))
      .flatMap(({ from, to }) => {
        const rest = below(to, path);
        return rest === null ? [] : from.map((address) => ({ address, rest }));
      });
    if (found.length === 0) return unknown;
    return found.flatMap(({ address, rest }) => {
      const names = address === null ? null : namesOf(address);
      if (address === null) return [];
      return names === null
        ? unknown
        : operandsAt(site, address).flatMap((value) => this.behind(node, value, [...names, ...rest]));
    });
  }
}

/** From where a role brings what to where; null: the present, which is no part of anything. */
function linksOf(role: Role): readonly { from: readonly (Address | null)[]; to: Address }[] {
  switch (role.kind) {
    case "flow":
      return role.to.filter(isReturned).map((to) => ({ from: plainest(role.from), to }));
    case "moment": {
      const parts = [role.of, role.year, role.day, role.plus, role.minus];
      const from = parts.flatMap((each) => (each === null ? [] : [each === "now" ? null : each]));
      return role.output.filter(isReturned).map((to) => ({ from, to }));
    }
    case "elapsed":
    case "calendar": {
      const ends = role.kind === "calendar" ? [role.of] : [role.of, role.from, role.to];
      const from = ends.flatMap((each) => (each === null ? [] : [each === "now" ? null : each]));
      return isReturned(role.output) ? [{ from, to: role.output }] : [];
    }
    default:
      return [];
  }
}

function isReturned({ root }: Address): boolean {
  return root.kind === "return";
}

/** Of `arg0` and `arg0.message` the first: the other is for arguments of other kinds. */
function plainest(from: readonly Address[]): readonly Address[] {
  return from.filter(
    (each) =>
      !from.some(
        (other) =>
          other !== each && each.text.startsWith(other.text) && other.steps.length < each.steps.length,
      ),
  );
}

/** What is left of the path below an address; null: it lies elsewhere. */
function below({ steps }: Address, path: readonly string[]): readonly string[] | null {
  return steps.every((step, index) => step.kind === "property" && step.name === path[index])
    ? path.slice(steps.length)
    : null;
}

function namesOf({ steps }: Address): readonly string[] | null {
  const names = steps.flatMap((step) => (step.kind === "property" ? [step.name] : []));
  return names.length === steps.length ? names : null;
}
