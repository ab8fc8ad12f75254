/** Which classes that a decorator makes listeners a client runs: those that it is told of. */
import type { FilePath } from "../../base/keys.js";
import type { Role } from "../../contracts/model.js";
import { foldValues } from "../constants/constants.js";
import { valuesAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { originOf } from "../paths/value-places.js";
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
      this.filesOf(home).some((file) => this.patterns.some((pattern) => fits(file, pattern)))
    );
  }

  /** Its own, and those that hand it on: `export * from "./keeper.js"`. */
  private filesOf({ file, graph: { name } }: ClassNode): readonly FilePath[] {
    const { program, resolver } = this.pointsTo;
    const found = new Set([file]);
    for (const each of found)
      for (const other of program.files) {
        const leadsThere = (specifier: string): boolean => {
          const target = resolver.moduleOf(other.file, specifier);
          return target !== null && "file" in target && target.file === each;
        };
        const imported = other.imports.filter(({ specifier }) => leadsThere(specifier));
        const handsOn = other.exports.some((binding) =>
          binding.kind === "cell"
            ? imported.some(({ local }) => local === binding.cell)
            : leadsThere(binding.specifier) &&
              (binding.kind === "all" || [name, "*", "default"].includes(binding.imported)),
        );
        if (handsOn) found.add(other.file);
      }
    return [...found];
  }

  private note(site: CallSite, { among, options }: ListenersRole, names: readonly string[]): void {
    const values = among.flatMap((address) => valuesAt(this.pointsTo, site, address, names));
    for (const value of values) this.add(value);
    const given = options === null ? values : valuesAt(this.pointsTo, site, options, names);
    const properties = among.flatMap(({ steps }) => {
      const step = steps.at(-1);
      return step?.kind === "property" ? [step.name] : [];
    });
    this.isOpen ||= given.some((value) => this.isUnreadable(value, properties));
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
        this.isOpen ||= !value.array || !this.isWhole(value) || this.isUnreadable(value, null);
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

  /** Something is put there of which nothing is known; `properties` null: as any element. */
  private isUnreadable(value: AbstractValue, properties: readonly string[] | null): boolean {
    if (value.kind !== "object") return false;
    const [owner = -1, point = -1] = value.site.split(":").map(Number);
    const node = this.pointsTo.program.functions[owner];
    const made = node?.code[point];
    if (node === undefined || (made?.kind !== "object" && made?.kind !== "array")) return false;
    return node.code.some((each) => {
      if (each.kind !== "store" || originOf(node, each.object) !== made.out) return false;
      const isMeant =
        properties === null || (each.property.kind === "name" && properties.includes(each.property.name));
      return isMeant && this.pointsTo.valuesOf(node, each.value).size === 0;
    });
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
    // `[tj]s`, `+(ts|js)`, `?s`
    .replace(/[+@?!*]\([^)]*\)|\[[^\]]*\]|\?/gu, "*")
    .replace(/\.?\{[^}]*\}$|\.[\w*]+$/u, "")
    .replace(/\{[^}]*\}/gu, "*")
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/gu, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}(?:\\..*)?$`, "iu").test(name.replace(/\.\w+$/u, ""));
}
