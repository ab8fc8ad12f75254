/**
 * Files that nothing imports: a package's function reads a folder and hands what its files export to what it was
 * handed to itself (`app.register(autoload, { dir })`). Each such call is linked with a function of its own, which
 * does it step by step.
 */
import type { FilePath } from "../../base/keys.js";
import type { Argument } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { conditionPattern } from "../../models/address-readers.js";
import { packagesWith } from "../../models/role-kinds.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { valuesAt } from "../models/address-values.js";
import { constantsOf, foldValues } from "../constants/constants.js";
import { linkNode } from "../points-to/member-constraints.js";
import { findExports } from "../program/module-links.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { buildLoader, type HandedFile, type HandedFolder, loaderFunction } from "./folder-graph.js";
import { type FolderWays, planFolder } from "./folder-plan.js";
import { folderNamed } from "./named-folder.js";

type LoadsRole = Extract<Role, { kind: "loads" }>;

/** True if files were linked that were not before. */
export function linkFolders(pointsTo: PointsTo): boolean {
  const loaders = loadingModules(pointsTo);
  let isNew = false;
  for (const node of [...pointsTo.program.functions]) {
    if (!node.fileGraph.specifiers.some((each) => loaders.has(moduleNamed(pointsTo, node.file, each))))
      continue;
    node.code.forEach((instruction, point) => {
      if (instruction.kind !== "call" || instruction.receiver === null) return;
      const { receiver } = instruction;
      instruction.arguments.forEach(({ value }, index) => {
        const role = loaderAmong(pointsTo, pointsTo.valuesOf(node, value));
        if (role === null) return;
        const handed = { receiver, options: instruction.arguments.slice(index + 1), index };
        isNew = link(pointsTo, pointsTo.siteAt(node, point), role, handed) || isNew;
      });
    });
  }
  return isNew;
}

/** What the loader was handed to, and with what: its own arguments when it is run. */
interface Handed {
  readonly receiver: number;
  readonly options: readonly Argument[];
  readonly index: number;
}

function loadingModules({ catalogue }: PointsTo): ReadonlySet<string> {
  return new Set(packagesWith(catalogue.packages, "loads").map(({ module }) => module));
}

function moduleNamed({ resolver }: PointsTo, file: FilePath, specifier: string): string {
  const target = resolver.moduleOf(file, specifier);
  return target !== null && "module" in target ? target.module : "";
}

function loaderAmong({ catalogue }: PointsTo, values: Iterable<AbstractValue>): LoadsRole | null {
  for (const value of values) {
    if (value.kind !== "foreign") continue;
    for (const { model } of catalogue.match(value.module, value.path, "call"))
      for (const role of model.roles) if (role.kind === "loads") return role;
  }
  return null;
}

function link(pointsTo: PointsTo, site: CallSite, role: LoadsRole, handed: Handed): boolean {
  const { caller, instruction } = site;
  const read = (address: Address | null): readonly AbstractValue[] =>
    address === null ? [] : valuesAt(pointsTo, site, shifted(address, handed.index));
  const folder = folderNamed(pointsTo, read(role.folder), caller);
  if (folder === null) return false;
  const file = `${caller.file}<${String(site.point)}:${folder}>`;
  if (pointsTo.program.graphOf(file) !== undefined) return false;
  const plan = planFolder(
    pointsTo.program.files.map((each) => each.file).filter((each) => each !== caller.file),
    folder,
    waysOf(pointsTo, role, read),
  );
  const prefix = prefixOf(pointsTo, read(role.options), role);
  const isCalled = isFalse(read(role.scoped));
  const folders = plan.map(({ hooks, files }): HandedFolder => ({
    first: hooks.map((each) => ({ file: each, isCalled: isOwn(pointsTo, each), address: null })),
    files: files.map((each): HandedFile => ({
      file: each.file,
      isCalled: isCalled && isOwn(pointsTo, each.file),
      address: addressOf(pointsTo, each, role, prefix),
    })),
  }));
  const { graph, given } = buildLoader(
    {
      of: caller.fileGraph,
      at: instruction.at,
      file,
      name: folder.slice(folder.lastIndexOf("/") + 1),
      register: role.register,
      prefix: role.prefix,
    },
    folders,
  );
  pointsTo.addFile(graph);
  connect(pointsTo, site, role, handed, graph.file, given);
  return true;
}

function connect(
  pointsTo: PointsTo,
  site: CallSite,
  role: LoadsRole,
  handed: Handed,
  file: FilePath,
  given: ReadonlyMap<number, readonly FilePath[]>,
): void {
  const { graph } = pointsTo;
  const loader = pointsTo.program.functionOf(file, loaderFunction);
  if (loader === undefined) return;
  const text = `arg${String(handed.index)}`;
  pointsTo.addCallback(site, loader, { root: { kind: "argument", index: handed.index }, steps: [], text });
  graph.edge(pointsTo.valueNode(site.caller, handed.receiver), pointsTo.parameterNode(loader, 0));
  const options = role.options === null ? [] : valuesAt(pointsTo, site, shifted(role.options, handed.index));
  for (const [id, files] of given) {
    const node = pointsTo.program.functionOf(file, id);
    if (node === undefined) continue;
    for (const value of options) graph.add(pointsTo.parameterNode(node, 1), value);
    files.forEach((each, index) => {
      for (const target of findExports(pointsTo, each, "default"))
        graph.edge(linkNode(pointsTo, target), pointsTo.parameterNode(node, index + 2));
    });
  }
}

/** `arg1` of a loader is what stands behind it in the call that it is handed to. */
function shifted(address: Address, by: number): Address {
  const { root } = address;
  if (root.kind !== "argument") return address;
  if (root.index === 0) return { ...address, root: { kind: "this" } };
  return { ...address, root: { kind: "argument", index: root.index + by } };
}

function waysOf(
  pointsTo: PointsTo,
  role: LoadsRole,
  read: (address: Address | null) => readonly AbstractValue[],
): FolderWays {
  const named = patternOf(pointsTo, read(role.hookNames));
  const hasHooks = role.hooked === null || isTrue(read(role.hooked));
  const ignored = role.ignored.flatMap((each) => patternOf(pointsTo, read(each)) ?? []);
  return {
    index: role.index === null ? null : conditionPattern(role.index),
    hooks: !hasHooks || role.hooks === null ? null : (named ?? conditionPattern(role.hooks)),
    cascades: isTrue(read(role.cascades)),
    addresses: !isFalse(read(role.folders)),
    isIgnored: (path) => ignored.some((each) => each.test(path)),
  };
}

/** A regular expression, or a text that is looked for. */
function patternOf(pointsTo: PointsTo, values: readonly AbstractValue[]): RegExp | null {
  if (values.length === 0) return null;
  const [text, ...others] = foldValues(pointsTo, values);
  if (text === undefined || others.length > 0 || text === "*") return null;
  const [, source, flags = ""] = /^\/(.*)\/([a-z]*)$/u.exec(text) ?? [];
  try {
    return source === undefined
      ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`), "u")
      : new RegExp(source, flags.replace(/[gy]/gu, ""));
  } catch {
    return null;
  }
}

function isTrue(values: readonly AbstractValue[]): boolean {
  return values.length > 0 && constantsOf(values).constants.every((value) => value === true);
}

function isFalse(values: readonly AbstractValue[]): boolean {
  const { constants, complete } = constantsOf(values);
  return complete && constants.every((value) => value === false);
}

/** A function of the program's own works on what it is called with; a package's says that by itself. */
function isOwn(pointsTo: PointsTo, file: FilePath): boolean {
  return exported(pointsTo, file, "default").some((value) => value.kind === "function");
}

function exported(pointsTo: PointsTo, file: FilePath, name: string): readonly AbstractValue[] {
  return findExports(pointsTo, file, name).flatMap((target) => [...linkNode(pointsTo, target).values]);
}

/** What the options say that all addresses begin with. */
function prefixOf(pointsTo: PointsTo, options: readonly AbstractValue[], role: LoadsRole): string {
  if (role.prefix === null) return "";
  const name = role.prefix;
  const values = options.flatMap((each) => [...pointsTo.fieldNode(each, name).values]);
  return textOf(pointsTo, values) ?? "";
}

function addressOf(
  pointsTo: PointsTo,
  { file, address }: { readonly file: FilePath; readonly address: string },
  role: LoadsRole,
  prefix: string,
): string | null {
  const said = (name: string | null): string | null =>
    name === null ? null : textOf(pointsTo, exported(pointsTo, file, name));
  const whole = said(role.whole) ?? prefix.replace(/\/$/u, "") + (said(role.own) ?? address);
  return whole === "" ? null : whole;
}

function textOf(pointsTo: PointsTo, values: readonly AbstractValue[]): string | null {
  const texts = values.filter(({ kind }) => kind === "constant" || kind === "computed");
  if (texts.length === 0) return null;
  const [text, ...others] = foldValues(pointsTo, texts);
  return text === undefined || others.length > 0 ? "*" : text;
}
