/** Which classes that a decorator makes listeners a client runs: those that it is told of. */
import type { Role } from "../../contracts/model.js";
import { foldValues } from "../constants/constants.js";
import { valuesAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { chainOf } from "../program/class-chain.js";
import { copiesInto } from "../program/copies.js";
import type { ClassNode } from "../program/program.js";

type ListenersRole = Extract<Role, { kind: "listeners" }>;

export class RegisteredListeners {
  private readonly classes = new Set<ClassNode>();
  private readonly patterns: string[] = [];
  /** Others may be told of that are not known: so it is, too, where no client is known. */
  private isOpen = true;

  constructor(
    private readonly pointsTo: PointsTo,
    models: SiteModels,
  ) {
    const told = [...pointsTo.sites.values()].flatMap((site) =>
      site.foreign.size === 0
        ? []
        : models
            .at(site)
            .flatMap(({ model, names }) =>
              model.roles.flatMap((role) => (role.kind === "listeners" ? [{ site, role, names }] : [])),
            ),
    );
    this.isOpen = !told.some(({ role }) => role.options !== null);
    for (const { site, role, names } of told) this.note(site, role, names);
  }

  /** Not where all clients are known, and none is told of it. */
  mayRun(home: ClassNode): boolean {
    return (
      this.isOpen ||
      [...this.classes].some((each) =>
        chainOf(this.pointsTo, each).some((value) => value.kind === "class" && value.class === home),
      ) ||
      this.patterns.some((pattern) => fits(home.file, pattern))
    );
  }

  private note(site: CallSite, { among, options }: ListenersRole, names: readonly string[]): void {
    const values = among.flatMap((address) => valuesAt(this.pointsTo, site, address, names));
    for (const value of values) this.add(value);
    const given = options === null ? values : valuesAt(this.pointsTo, site, options, names);
    this.isOpen ||= given.length === 0 || (options !== null && given.some((value) => !this.isWhole(value)));
  }

  private add(value: AbstractValue): void {
    switch (value.kind) {
      case "class":
      case "instance":
        this.classes.add(value.class);
        return;
      case "object": {
        const elements = value.array ? [...this.pointsTo.fieldNode(value, "*").values] : [];
        this.isOpen ||= !value.array || !this.isWhole(value);
        for (const element of elements) this.add(element);
        return;
      }
      case "constant":
      case "computed":
        this.patterns.push(...foldValues(this.pointsTo, [value]));
        return;
      default:
        this.isOpen = true;
    }
  }

  /** Written out, with nothing in it that is not known. */
  private isWhole(value: AbstractValue): boolean {
    if (value.kind !== "object" || !isWritten(this.pointsTo, value.site)) return false;
    return copiesInto(this.pointsTo, value).every(({ node, source }) => {
      const sources = [...this.pointsTo.valuesOf(node, source)];
      return sources.length > 0 && sources.every((each) => this.isWhole(each));
    });
  }
}

function isWritten({ program }: PointsTo, site: string): boolean {
  const [owner = -1, point = -1] = site.split(":").map(Number);
  const kind = program.functions[owner]?.code[point]?.kind;
  return kind === "object" || kind === "array";
}

/** `dist/**\/*.subscriber{.ts,.js}` is met by its last part alone: where the files are run from is not known. */
function fits(file: string, pattern: string): boolean {
  const [last = ""] = pattern.split(/[/\\]/u).slice(-1);
  const [name = ""] = file.split("/").slice(-1);
  const source = last
    .replace(/\.?(?:\{[^}]*\}|\w+)$/u, "")
    .replace(/\{[^}]*\}/gu, "*")
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/gu, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}(?:\\..*)?$`, "iu").test(name.replace(/\.\w+$/u, ""));
}
