/** Calls of packages that encrypt, hash, make a key or send something, told by their names alone: before it is known what values are. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { Catalogue } from "../../models/catalogue.js";
import { addressesOf } from "../../models/senseless-address.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode, Program } from "../program/program.js";

const digests: ReadonlySet<string> = new Set(["hash", "keyed-hash", "password-hash"]);
/** Members and calls from the name that is imported to what is called. */
const longestChain = 6;

interface Named {
  readonly module: string;
  readonly path: readonly string[];
}

type EncryptRole = Extract<Role, { kind: "encrypt" }>;

export class NamedCalls {
  /** By type: some of its methods ask with what it was made. */
  private readonly asking = new Map<string, boolean>();
  /** By type: it runs functions with what it is given, and does nothing else. */
  private readonly passing = new Map<string, boolean>();
  private readonly ofTypes = new Map<string, readonly EncryptRole[]>();
  /** By file: what the module puts into a variable of its own; null where something else is put there as well. */
  private readonly cells = new Map<string, ReadonlyMap<string, ValueId | null>>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly resolver: Pick<Resolver, "moduleOf">,
    private readonly program: Pick<Program, "moduleOf">,
  ) {}

  protects(node: FunctionNode, call: InstructionOf<"call">): boolean {
    const { own, made, around } = this.rolesAt(node, call);
    return own.length > 0 || made.length > 0 || around.length > 0;
  }

  /** It sends something to a host. */
  sends(node: FunctionNode, call: InstructionOf<"call">): boolean {
    const named = this.nameOf(node, call.callee, 0);
    return (
      named !== null &&
      this.catalogue
        .match(named.module, named.path, "call")
        .some(({ model }) => model.roles.some(({ kind }) => kind === "http"))
    );
  }

  /** It makes an object of a package whose methods ask with what it was made: a client, a queue. */
  makesOfItsArguments(node: FunctionNode, call: InstructionOf<"call">): boolean {
    const named = this.nameOf(node, call.callee, 0);
    const made = named && this.typeAt(named, "call");
    if (made == null) return false;
    const key = `${made.module}#${made.path[0] ?? ""}`;
    let asks = this.asking.get(key);
    if (asks === undefined) {
      asks = this.membersOf(made.module, made.path[0] ?? "").some(hasCreatedStep);
      this.asking.set(key, asks);
    }
    return asks;
  }

  /**
   * What it makes does nothing but run functions with what it is given: an emitter, a stream, a promise with the
   * functions that settle it.
   */
  makesPassage(node: FunctionNode, call: InstructionOf<"call">): boolean {
    const named = this.nameOf(node, call.callee, 0);
    if (named === null) return false;
    const own = this.catalogue.match(named.module, named.path, "call").flatMap(({ model }) => model.roles);
    if (own.some((role) => runsGiven(role, "return"))) return own.every(isPlain);
    return (call.new && this.isPassage(named)) || this.isPassage(this.typeAt(named, "call"));
  }

  private isPassage(made: Named | null): boolean {
    if (made === null || made.path.length > 1) return false;
    const key = `${made.module}#${made.path[0] ?? ""}`;
    let passes = this.passing.get(key);
    if (passes === undefined) {
      const members = this.membersOf(made.module, made.path[0] ?? "");
      passes = members.some((role) => runsGiven(role, "this")) && members.every(isPlain);
      this.passing.set(key, passes);
    }
    return passes;
  }

  /** It gives a digest, or something that digests what is put into it. */
  digests(node: FunctionNode, call: InstructionOf<"call">): boolean {
    const { own, made } = this.rolesAt(node, call);
    return own.some(isDigest) || (made.length > 0 && made.every(isDigest));
  }

  /** What a call takes for a key, or digests. */
  secretsOf(node: FunctionNode, call: InstructionOf<"call">): readonly ValueId[] {
    const { own, made, around } = this.rolesAt(node, call);
    const all = call.arguments.map(({ value }) => value);
    if (own.some(isDigest)) return all;
    if (own.length > 0) return argumentsAt(call, own, false);
    // `createHash(…).update(secret)`, `subtle.importKey(…, secret)`
    if (made.every(isDigest) && around.length > 0) return all;
    return made.every(isDigest) ? (made.length > 0 ? all : []) : argumentsAt(call, made, true);
  }

  /** What the call itself does, what the object does that it makes, and what the one does that it is called on. */
  private rolesAt(
    node: FunctionNode,
    call: InstructionOf<"call">,
  ): {
    readonly own: readonly EncryptRole[];
    readonly made: readonly EncryptRole[];
    readonly around: readonly EncryptRole[];
  } {
    const named = this.nameOf(node, call.callee, 0);
    if (named === null) return nothing;
    const own = this.catalogue
      .match(named.module, named.path, "call")
      .flatMap(({ model }) => model.roles.filter(isProtection));
    const made = this.typeAt(named, "call");
    const around = named.path.length === 2 ? this.rolesOfType(named.module, named.path[0] ?? "") : [];
    return { own, made: made === null ? [] : this.rolesOfType(made.module, made.path[0] ?? ""), around };
  }

  private nameOf(node: FunctionNode, value: ValueId, depth: number): Named | null {
    const definition = depth > longestChain ? null : definitionOf(node, value);
    switch (definition?.kind) {
      case "global":
        return { module: "global", path: [definition.name] };
      case "import-read": {
        const binding = node.fileGraph.imports[definition.import];
        const target = binding && this.resolver.moduleOf(node.file, binding.specifier);
        if (binding === undefined || target === undefined || target === null || "file" in target) return null;
        return { module: target.module, path: binding.name === "*" ? [] : [binding.name] };
      }
      case "require": {
        const target = this.resolver.moduleOf(node.file, definition.specifier);
        return target === null || "file" in target ? null : { module: target.module, path: [] };
      }
      case "cell-read": {
        const home = this.program.moduleOf(node.file);
        const put = home && this.cellsOf(home).get(definition.cell);
        return home === undefined || put == null || !isRequired(home, put)
          ? null
          : this.nameOf(home, put, depth + 1);
      }
      case "load": {
        if (definition.property.kind !== "name") return null;
        const object = this.nameOf(node, definition.object, depth + 1);
        if (object === null) return null;
        const read = this.typeAt(object, "read") ?? object;
        const isWhole = read.path.length === 1 && (read.path[0] === "default" || read.path[0] === "*");
        return { module: read.module, path: [...(isWhole ? [] : read.path), definition.property.name] };
      }
      case "await":
        return this.nameOf(node, definition.value, depth + 1);
      case "call": {
        const called = this.nameOf(node, definition.callee, depth + 1);
        return called && this.typeAt(called, "call");
      }
      default:
        return null;
    }
  }

  private cellsOf(home: FunctionNode): ReadonlyMap<string, ValueId | null> {
    let cells = this.cells.get(home.file);
    if (cells !== undefined) return cells;
    const found = new Map<string, ValueId | null>();
    for (const { id, blocks } of home.fileGraph.functions)
      for (const { instructions } of blocks)
        for (const each of instructions)
          if (each.kind === "cell-write")
            found.set(each.cell, found.has(each.cell) || id !== home.graph.id ? null : each.value);
    this.cells.set(home.file, (cells = found));
    return cells;
  }

  /** The type of a package that is read or made there. */
  private typeAt({ module, path }: Named, form: "call" | "read"): Named | null {
    for (const { model, package: home } of this.catalogue.match(module, path, form))
      for (const role of model.roles) {
        if (role.kind !== "type" || typeof role.type !== "string") continue;
        const [owner = "", name] = role.type.includes("#") ? role.type.split("#") : [home.module, role.type];
        if (name !== undefined) return { module: owner, path: [name] };
      }
    return null;
  }

  /** What the members of a package's type do. */
  private membersOf(module: string, type: string): readonly Role[] {
    return this.catalogue
      .find(module)
      .flatMap(({ paths }) =>
        paths.flatMap(({ path: [first, second], roles }) =>
          first?.kind === "name" && first.name === type && second !== undefined ? roles : [],
        ),
      );
  }

  private rolesOfType(module: string, type: string): readonly EncryptRole[] {
    const key = `${module}#${type}`;
    let found = this.ofTypes.get(key);
    if (found === undefined) {
      found = this.membersOf(module, type).filter(isProtection);
      this.ofTypes.set(key, found);
    }
    return found;
  }
}

/** `require("axios")`, or a part of that. */
function isRequired(node: FunctionNode, value: ValueId): boolean {
  let read = definitionOf(node, value);
  for (let hops = 0; read?.kind === "load" && hops < longestChain; hops++)
    read = definitionOf(node, read.object);
  return read?.kind === "require";
}

const nothing = { own: [], made: [], around: [] };

function isProtection(role: Role): role is EncryptRole {
  return role.kind === "encrypt" && role.strength !== "encoding";
}

/** Some address of it begins with what an object was made with. */
function hasCreatedStep(role: Role): boolean {
  return addressesOf(role).some(({ steps }) => steps.some(({ kind }) => kind === "created"));
}

/** Data moves, functions run, and nothing is kept or sent anywhere. */
const plain: ReadonlySet<Role["kind"]> = new Set([
  "calls",
  "clear",
  "flow",
  "none",
  "pipes",
  "throws",
  "type",
]);

function isPlain({ kind }: Role): boolean {
  return plain.has(kind);
}

/** A function that lies in it is run with something, or is called to give it something. */
function runsGiven(role: Role, root: Address["root"]["kind"]): boolean {
  return (
    role.kind === "flow" &&
    [...role.from, ...role.to].some(
      (address) => address.root.kind === root && address.steps.some(({ kind }) => kind === "parameter"),
    )
  );
}

function isDigest(role: EncryptRole): boolean {
  return digests.has(role.strength);
}

/** Where roles say that a key stands: among the arguments, or among those of the call that made the receiver. */
function argumentsAt(
  call: InstructionOf<"call">,
  roles: readonly EncryptRole[],
  isMade: boolean,
): readonly ValueId[] {
  const indexes = new Set(roles.flatMap(({ key }) => (key === null ? [] : indexOf(key, isMade))));
  return [...indexes].flatMap((index) => {
    const argument = call.arguments[index];
    return argument === undefined || argument.spread ? [] : [argument.value];
  });
}

function indexOf({ root, steps }: Address, isMade: boolean): readonly number[] {
  if (!isMade) return root.kind === "argument" ? [root.index] : [];
  const [first] = steps;
  return root.kind === "this" && first?.kind === "created" ? [first.index] : [];
}
