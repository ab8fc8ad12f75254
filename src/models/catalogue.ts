/** The catalogue: all models that are known, asked by module and access path. */
import type { PackageModel, PathModel, PathSegment } from "../contracts/model.js";
import { type Alias, parseAlias, prefixByPattern } from "./alias.js";
import { type FileGlob, compileGlob, isGlob } from "./file-glob.js";
import { splitSubpath } from "./module-name.js";
import { isRest } from "./path.js";
import { isInRange } from "./version-range.js";

export type ModelForm = PathModel["form"];

export interface ModelMatch {
  readonly model: PathModel;
  /** What each `*` of the model's path matched, in order. */
  readonly names: readonly string[];
  readonly package: PackageModel;
  /**
   * How far from exact: matches of one rank belong together. Apply the models of the lowest rank that has one
   * whose conditions hold; more general ranks are overridden by it.
   */
  readonly rank: number;
}

export interface CatalogueOptions {
  /** The version of a module (`npm:pg`) that is used, if known: decides between models with `versions`. */
  readonly versionOf?: (module: string) => string | null;
}

export interface Catalogue {
  /** Every package model, in the order given. */
  readonly packages: readonly PackageModel[];
  /** With these packages in place of its own. */
  of(packages: readonly PackageModel[]): Catalogue;
  /** The models of a module, by its name, an alias or a sub-path; user models before the catalogue's. */
  find(module: string): readonly PackageModel[];
  /**
   * The models of an access path, most specific first. `path` has member names, and `()` for the result of a
   * call that no type is named for; the call that is looked up itself adds none: the call of `pino()` is
   * `["default"]`, `pino().info(x)` without a type is `["default", "()", "info"]`.
   */
  match(module: string, path: readonly string[], form: ModelForm): readonly ModelMatch[];
  /** Do models say what can be called on a member that the program names: `children` for `Dexie.*.{add,put}`? */
  describesNamed(module: string, path: readonly string[]): boolean;
  /** Do models say what the members of this type of a package do: `Repository`, and not `DeepPartial`? */
  describesMembers(module: string, path: readonly string[]): boolean;
  /** The models of a module whose path ends in this member name, for receivers of an unknown type. */
  membersNamed(module: string, name: string, form: ModelForm): readonly ModelMatch[];
}

/** The models of one package, by the last segment of their paths. */
interface PackageIndex {
  readonly package: PackageModel;
  readonly byName: ReadonlyMap<string, readonly PathModel[]>;
  readonly open: readonly PathModel[];
}

interface Found {
  readonly index: PackageIndex;
  readonly prefix: readonly string[];
}

/** What is not told is taken to be up to date. */
const newest = String(Number.MAX_SAFE_INTEGER);

const globalObjects = new Set(["window", "globalThis", "self", "global", "top", "parent"]);
const none: readonly ModelMatch[] = [];

/** Makes a catalogue; models given earlier come first, so hand in the user's models before the built-in ones. */
export function createCatalogue(models: readonly PackageModel[], options: CatalogueOptions = {}): Catalogue {
  const modules = new ModuleIndex(models, options);
  const cache = new Map<string, readonly ModelMatch[]>();
  const named = new Map<string, readonly ModelMatch[]>();
  const match = (module: string, path: readonly string[], form: ModelForm): readonly ModelMatch[] => {
    const key = `${form} ${module}#${path.join("\u0000")}`;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const direct = findMatches(modules, module, path, form, 0, new Set());
    const found = isDescribed(direct) ? direct : findAsMade(modules, module, path, form, direct);
    cache.set(key, found);
    return found;
  };
  return {
    packages: models,
    of: (packages) => createCatalogue(packages, options),
    find: (module) => [...new Set(modules.find(module).map(({ index }) => index.package))],
    match,
    describesNamed: (module, path) =>
      modules
        .find(module)
        .some(({ index }) =>
          [...index.byName.keys()].some((name) =>
            match(module, [...path, name], "call").some(
              ({ names, rank }) => names.length > 0 && rank < rankOfRest,
            ),
          ),
        ),
    describesMembers: (module, path) =>
      modules
        .find(module)
        .some(({ index }) =>
          [...index.byName.keys()].some((name) =>
            match(module, [...path, name], "call").some(
              ({ names, rank }) => names.length === 0 && rank < rankOfRest,
            ),
          ),
        ),
    membersNamed: (module, name, form) => {
      const key = `${form} ${module}#*.${name}`;
      const known = named.get(key);
      if (known !== undefined) return known;
      const found = modules.find(module).flatMap(({ index }) => namedIn(index, name, form));
      named.set(key, found);
      return found;
    },
  };
}

/** Is more known than what holds for all of a package? */
function isDescribed(matches: readonly ModelMatch[]): boolean {
  return matches[0] !== undefined && matches[0].rank < rankOfRest;
}

/**
 * A class that a program names as a type is known by its name there (`import Redis from "ioredis"`,
 * `redis: Redis`): its members are those of what its constructor gives, under the name that models have for that.
 */
function findAsMade(
  modules: ModuleIndex,
  module: string,
  path: readonly string[],
  form: ModelForm,
  otherwise: readonly ModelMatch[],
): readonly ModelMatch[] {
  for (let end = 1; end < path.length && end <= 2 && path[end] !== "()"; end++) {
    const asMade = [...path.slice(0, end), "()", ...path.slice(end)];
    const made = findMatches(modules, module, asMade, form, 0, new Set());
    if (isDescribed(made)) return made;
  }
  return otherwise;
}

function findMatches(
  modules: ModuleIndex,
  module: string,
  path: readonly string[],
  form: ModelForm,
  distance: number,
  seen: Set<string>,
): readonly ModelMatch[] {
  const key = `${module}#${path.join("\u0000")}`;
  if (seen.has(key) || seen.size > 64) return none;
  seen.add(key);
  const found: ModelMatch[] = [];
  for (const { index, prefix } of placesOf(modules, module, path)) {
    const wanted = underPrefix(prefix, normalise(module, path));
    const last = wanted.at(-1) ?? "";
    for (const model of [...(index.byName.get(last.toLowerCase()) ?? []), ...index.open]) {
      const names = model.form === form ? matchPath(model.path, wanted, prefix.length > 0) : null;
      if (names !== null)
        found.push({ model, names, package: index.package, rank: distance * 16 + wildcardsOf(model) });
    }
    for (const [baseModule, basePath] of [
      ...basesOf(index.package, wanted),
      ...typesOnTheWay(index, wanted, modules),
    ]) {
      found.push(...findMatches(modules, baseModule, basePath, form, distance + 1, seen));
    }
  }
  return found.length === 0 ? none : found.sort((a, b) => a.rank - b.rank);
}

/**
 * Where a path of a module is looked up. A type that a model names is one of the package, whichever alias led
 * to it: `fs/promises` opens a `FileHandle`, whose members do not stand under `promises`.
 */
function placesOf(modules: ModuleIndex, module: string, path: readonly string[]): readonly Found[] {
  const found = modules.find(module);
  if (path.length < 2) return found;
  return found.flatMap((each) =>
    each.prefix.length === 0 ? [each] : [each, { index: each.index, prefix: [] }],
  );
}

function underPrefix(prefix: readonly string[], path: readonly string[]): readonly string[] {
  return prefix.length > 0 && path[0] === "default" ? [...prefix, ...path.slice(1)] : [...prefix, ...path];
}

/**
 * The paths that a path is, where a model names the type of a part of it: with `type: Application` at the
 * call of `default`, `default().post` is also `Application.post`; `localStorage.setItem` is `lib#Storage.setItem`.
 */
function typesOnTheWay(index: PackageIndex, path: readonly string[], modules: ModuleIndex): ModulePath[] {
  const found: ModulePath[] = [];
  for (let end = path.length - 1; end > 0; end--) {
    const isCall = path[end] === "()";
    const rest = path.slice(isCall ? end + 1 : end);
    if (rest.length === 0) continue;
    const head = path.slice(0, end);
    for (const model of [...(index.byName.get((head.at(-1) ?? "").toLowerCase()) ?? []), ...index.open]) {
      if (model.form !== (isCall ? "call" : "read") || matchPath(model.path, head, false) === null) continue;
      for (const type of namedTypes(model)) found.push(typePath(index.package.module, type, rest));
    }
    if (found.length > 0) break;
  }
  return found.filter(([module]) => modules.find(module).length > 0);
}

/** The types that a call or read gives as a whole, under no condition. */
function namedTypes(model: PathModel): string[] {
  if (model.when.length > 0) return [];
  return model.roles.flatMap((role) =>
    role.kind === "type" &&
    typeof role.type === "string" &&
    role.output.root.kind === "return" &&
    role.output.steps.length === 0
      ? [role.type]
      : [],
  );
}

type ModulePath = readonly [module: string, path: readonly string[]];

/** `lib#Storage` with a member is a path of `lib`; a type without a module belongs to the package that names it. */
function typePath(ownModule: string, type: string, rest: readonly string[]): ModulePath {
  const hash = type.indexOf("#");
  return [hash === -1 ? ownModule : type.slice(0, hash), [...type.slice(hash + 1).split("."), ...rest]];
}

/** Behind every other model of its package, also those of inherited members. */
const rankOfRest = 1024;

function wildcardsOf(model: PathModel): number {
  if (isRest(model)) return rankOfRest;
  return model.path.reduce((count, segment) => count + (segment.kind === "any" ? 1 : 0), 0);
}

/** `default.X` is `X`, the module itself is `default`, `window.x` is `x`. */
function normalise(module: string, path: readonly string[]): readonly string[] {
  let start = 0;
  if (module === "global") {
    while (start < path.length - 1 && globalObjects.has(path[start] ?? "")) start++;
    return path.slice(start);
  }
  while (path[start] === "default" && path[start + 1] !== undefined && path[start + 1] !== "()") start++;
  const rest = path.slice(start);
  if (rest.length === 0) return ["default"];
  return rest[0] === "()" ? ["default", ...rest] : rest;
}

/** Members of functions and promises, which packages have as well. */
const membersOfAll = new Set(["then", "catch", "finally", "bind", "call", "apply", "toString"]);

/** What the wildcards matched, or null. Per-method packages (`lodash.pick`) are all lower case. */
function matchPath(
  segments: readonly PathSegment[],
  path: readonly string[],
  anyCase: boolean,
): readonly string[] | null {
  if (segments[0]?.kind === "rest") return membersOfAll.has(path.at(-1) ?? "") ? null : [];
  const offset =
    segments.length > 1 &&
    segments[0]?.kind === "name" &&
    segments[0].name === "default" &&
    segments[1]?.kind !== "result"
      ? 1
      : 0;
  if (segments.length - offset !== path.length) return null;
  const names: string[] = [];
  for (let index = 0; index < path.length; index++) {
    const segment = segments[index + offset];
    const given = path[index] ?? "";
    if (segment === undefined || segment.kind === "rest") return null;
    if (segment.kind === "any") {
      if (given === "()") return null;
      names.push(given);
    } else if (segment.kind === "result") {
      if (given !== "()") return null;
    } else if (segment.name !== given && !(anyCase && segment.name.toLowerCase() === given.toLowerCase()))
      return null;
  }
  return names;
}

/** Where else the members of the type that the path begins with are looked for. */
function basesOf(model: PackageModel, path: readonly string[]): ModulePath[] {
  const type = path[0];
  if (model.extends === undefined || type === undefined || !Object.hasOwn(model.extends, type)) return [];
  return (model.extends[type] ?? []).map((base) => typePath(model.module, base, path.slice(1)));
}

function namedIn(index: PackageIndex, name: string, form: ModelForm): ModelMatch[] {
  const models = (index.byName.get(name.toLowerCase()) ?? []).filter((model) => {
    const last = model.path.at(-1);
    return model.form === form && model.path.length > 1 && last?.kind === "name" && last.name === name;
  });
  return models.map((model) => ({ model, names: [], package: index.package, rank: wildcardsOf(model) }));
}

function indexPackage(model: PackageModel): PackageIndex {
  const byName = new Map<string, PathModel[]>();
  const open: PathModel[] = [];
  for (const path of model.paths) {
    const last = path.path.at(-1);
    if (last?.kind === "any" || last?.kind === "rest") open.push(path);
    else {
      const name = last?.kind === "name" ? last.name.toLowerCase() : "()";
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [path]);
      else list.push(path);
    }
  }
  return { package: model, byName, open };
}

class ModuleIndex {
  readonly #exact = new Map<string, Found[]>();
  readonly #patterns: { readonly alias: Alias; readonly index: PackageIndex }[] = [];
  readonly #globs: { readonly glob: FileGlob; readonly index: PackageIndex }[] = [];
  readonly #versionOf: (module: string) => string | null;
  readonly #cache = new Map<string, readonly Found[]>();

  constructor(models: readonly PackageModel[], options: CatalogueOptions) {
    this.#versionOf = options.versionOf ?? (() => null);
    for (const model of models) this.#add(model);
  }

  #add(model: PackageModel): void {
    const index = indexPackage(model);
    if (isGlob(model.module)) this.#globs.push({ glob: compileGlob(model.module), index });
    else this.#put(model.module, { index, prefix: [] });
    for (const text of model.aliases) {
      const alias = parseAlias(text, model.module);
      if (alias.module.includes("*")) this.#patterns.push({ alias, index });
      else this.#put(alias.module, { index, prefix: alias.prefix });
    }
  }

  #put(module: string, found: Found): void {
    const list = this.#exact.get(module);
    if (list === undefined) this.#exact.set(module, [found]);
    else list.push(found);
  }

  find(module: string): readonly Found[] {
    const known = this.#cache.get(module);
    if (known !== undefined) return known;
    const found = this.#search(module).filter(({ index }) => this.#holds(index.package, module));
    this.#cache.set(module, found);
    return found;
  }

  #holds(model: PackageModel, module: string): boolean {
    if (model.versions === null) return true;
    const version = this.#versionOf(splitSubpath(module).root) ?? this.#versionOf(model.module);
    return isInRange(version ?? newest, model.versions);
  }

  #search(module: string): readonly Found[] {
    if (module.startsWith("file:")) {
      const globbed = this.#globs
        .filter(({ glob }) => glob(module))
        .map(({ index }) => ({ index, prefix: [] }));
      return [...(this.#exact.get(module) ?? []), ...globbed];
    }
    const named = this.#named(module);
    if (named.length > 0) return named;
    const bare = module.replace(/^(npm|node):/u, "");
    if (module.startsWith("npm:") || !module.includes(":")) {
      const node = this.#named(`node:${bare}`);
      if (node.length > 0) return node;
    }
    const { root, subpath } = splitSubpath(module.includes(":") ? module : `npm:${bare}`);
    return subpath === "" && root === module ? [] : this.#named(root);
  }

  #named(module: string): readonly Found[] {
    const exact = this.#exact.get(module);
    if (exact !== undefined) return exact;
    return this.#patterns.flatMap(({ alias, index }) => {
      const prefix = prefixByPattern(alias, module);
      return prefix === null ? [] : [{ index, prefix }];
    });
  }
}
