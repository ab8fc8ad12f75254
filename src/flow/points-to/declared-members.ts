/**
 * Properties of own types that hold an object of a package (`interface Deps { redis: Redis }`): what a read of one
 * gives, where no value is known to be there.
 */
import type { FilePath } from "../../base/keys.js";
import { declarationId, type DeclarationId } from "../../contracts/annotation.js";
import type { FunctionGraph, InstructionOf } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { AbstractValue } from "./abstract-value.js";
import type { ClientTypes } from "./client-types.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

interface Member {
  readonly file: FilePath;
  readonly type: TypeReference;
}

export class DeclaredMembers {
  private readonly byDeclaration = new Map<DeclarationId, Member>();
  private readonly names = new Set<string>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly types: ClientTypes,
  ) {
    for (const { file, types: declared, functions } of pointsTo.program.files) {
      for (const { type } of declared) this.collect(file, type);
      for (const { parameters, code } of functions.map(withTypes)) {
        for (const type of [...parameters, ...code]) this.collect(file, type);
      }
    }
  }

  /** Only names of such properties need the question where they are declared. */
  mayGive(name: string): boolean {
    return this.names.has(name);
  }

  valuesOf(node: FunctionNode, load: InstructionOf<"load">): readonly AbstractValue[] {
    return this.membersAt(node, load).flatMap(([id, { file, type }]) => this.types.heldBy(file, type, id));
  }

  /** What a call of the property gives: `interface Deps { open: () => Promise<Redis> }`. */
  resultsOf(node: FunctionNode, load: InstructionOf<"load">): readonly AbstractValue[] {
    return this.membersAt(node, load).flatMap(([id, { file, type }]) =>
      type.kind === "function" && type.result !== null ? this.types.heldBy(file, type.result, id) : [],
    );
  }

  private membersAt(node: FunctionNode, load: InstructionOf<"load">): readonly (readonly [string, Member])[] {
    const declarations = this.pointsTo.resolver.declarationsOfRead?.(node.file, load.nameAt[0]) ?? [];
    return declarations.flatMap((id) => {
      const member = this.byDeclaration.get(id);
      return member === undefined ? [] : [[id, member] as const];
    });
  }

  private collect(file: FilePath, type: TypeReference): void {
    switch (type.kind) {
      case "object":
        for (const member of type.members) {
          if (member.type === null) continue;
          this.collect(file, member.type);
          if (!mayBeOfPackage(member.type)) continue;
          this.byDeclaration.set(declarationId(file, member.nameAt[0]), { file, type: member.type });
          this.names.add(member.name);
        }
        return;
      case "union":
      case "intersection":
        for (const member of type.members) this.collect(file, member);
        return;
      case "named":
        for (const argument of type.arguments) this.collect(file, argument);
        return;
      default:
        return;
    }
  }
}

/** The types that are written in a function. */
function withTypes({ parameters, blocks }: FunctionGraph): {
  readonly parameters: readonly TypeReference[];
  readonly code: readonly TypeReference[];
} {
  return {
    parameters: parameters.flatMap(({ type }) => (type === null ? [] : [type])),
    code: blocks.flatMap(({ instructions }) =>
      instructions.flatMap((each) =>
        (each.kind === "declare" || each.kind === "cast") && each.type !== null ? [each.type] : [],
      ),
    ),
  };
}

function mayBeOfPackage({ kind }: TypeReference): boolean {
  return (
    kind === "named" ||
    kind === "query" ||
    kind === "union" ||
    kind === "intersection" ||
    kind === "indexed" ||
    kind === "array" ||
    kind === "function"
  );
}
