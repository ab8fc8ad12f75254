/**
 * Functions that derive a key, or another digest, of what they are given: `keyOf(secret)` of a secret from outside is one
 * key, and of a text in the code another.
 */
import type { Role } from "../../contracts/model.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Catalogue } from "../../models/catalogue.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf } from "../paths/value-places.js";

/** Those of one digest are few steps. */
const largest = 60;
const digests: ReadonlySet<string> = new Set(["hash", "keyed-hash", "password-hash"]);

export class KeyHelpers {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly resolver: Pick<Resolver, "moduleOf">,
  ) {}

  is(node: FunctionNode): boolean {
    const isGiven = node.graph.parameters.length > 0 && node.code.length <= largest;
    const gives = isGiven && node.graph.blocks.some(({ end }) => end.kind === "return" && end.value !== null);
    return gives && node.code.some((each) => each.kind === "call" && this.digests(node, each));
  }

  private digests(node: FunctionNode, call: InstructionOf<"call">): boolean {
    const named = this.importedAs(node, call);
    if (named === null) return false;
    const { module, name } = named;
    return this.catalogue
      .match(module, [name], "call")
      .some(({ model }) =>
        model.roles.some(
          (role) =>
            isDigest(role) ||
            (role.kind === "type" && typeof role.type === "string" && this.isDigestType(module, role.type)),
        ),
      );
  }

  /** Of its members one gives a digest, and none a cipher's text: `createHash`, not `createCipheriv`. */
  private isDigestType(module: string, type: string): boolean {
    const roles = this.catalogue
      .find(module)
      .flatMap(({ paths }) =>
        paths.flatMap(({ path: [first, second], roles }) =>
          first?.kind === "name" && first.name === type && second !== undefined ? roles : [],
        ),
      );
    return roles.some(isDigest) && roles.every((role) => role.kind !== "encrypt" || isDigest(role));
  }

  /** `scryptSync(…)`, `crypto.scryptSync(…)` */
  private importedAs(
    node: FunctionNode,
    call: InstructionOf<"call">,
  ): { readonly module: string; readonly name: string } | null {
    const callee = definitionOf(node, call.callee);
    const member = callee?.kind === "load" && callee.property.kind === "name" ? callee.property.name : null;
    const read = callee?.kind === "load" ? definitionOf(node, callee.object) : callee;
    const binding = read?.kind === "import-read" ? node.fileGraph.imports[read.import] : undefined;
    if (binding === undefined) return null;
    const target = this.resolver.moduleOf(node.file, binding.specifier);
    return target === null || "file" in target
      ? null
      : { module: target.module, name: member ?? binding.name };
  }
}

function isDigest(role: Role): boolean {
  return role.kind === "encrypt" && digests.has(role.strength);
}
