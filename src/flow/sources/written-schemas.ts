/**
 * What the program writes of a schema beside what it is made of: the type argument of the call that makes it, and the
 * type that it is declared, returned or cast as (`const child: z.ZodType<Child> = z.object({ … })`).
 */
import type { FilePath } from "../../base/keys.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { WrittenType, WrittenTypes } from "./written-types.js";

/** Aliases of aliases are followed so far. */
const deepest = 4;

export class WrittenSchemas {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly types: WrittenTypes,
  ) {}

  /** What the schema lets through by the types that it is given where it is made. */
  typesOf({ caller, instruction }: CallSite): readonly WrittenType[] {
    if (instruction.kind !== "call") return [];
    return typesGiven(caller, instruction.out, instruction.satisfies).flatMap((type) =>
      this.through(caller.file, type, 0),
    );
  }

  private through(file: FilePath, type: TypeReference, depth: number): readonly WrittenType[] {
    if (type.kind !== "named" || depth > deepest) return [];
    return this.types.declarationsOf(file, type.name).flatMap((key) => {
      const hash = key.indexOf("#");
      const [module, name] = [key.slice(0, hash), key.slice(hash + 1)];
      return module.startsWith("file:")
        ? this.throughAlias(module.slice("file:".length), name, { file, type }, depth)
        : this.argumentsFor(module, name).flatMap((index) => {
            const argument = type.arguments[index];
            return argument === undefined ? [] : [{ file, type: argument }];
          });
    });
  }

  /** Which arguments of a package's type tell what a schema of the type lets through. */
  private argumentsFor(module: string, name: string): readonly number[] {
    return this.pointsTo.catalogue
      .match(module, name.split("."), "type")
      .flatMap(({ model }) =>
        model.roles.flatMap((role) =>
          role.kind === "schema"
            ? role.fields.flatMap(({ root }) => (root.kind === "type" ? [root.index] : []))
            : [],
        ),
      );
  }

  /** `type Body<T> = z.ZodType<T>`: a parameter of the alias is what is written where it is used. */
  private throughAlias(
    home: FilePath,
    name: string,
    used: { readonly file: FilePath; readonly type: Extract<TypeReference, { kind: "named" }> },
    depth: number,
  ): readonly WrittenType[] {
    return (this.pointsTo.program.graphOf(home)?.types ?? [])
      .filter((each) => each.name === name)
      .flatMap(({ type: aliased, extends: bases, parameters }) =>
        [aliased, ...bases].flatMap((each) =>
          this.through(home, each, depth + 1).flatMap((written) => {
            const index = written.type.kind === "named" ? parameters.indexOf(written.type.name) : -1;
            const argument = used.type.arguments[index];
            if (index === -1) return [written];
            return argument === undefined ? [] : [{ file: used.file, type: argument }];
          }),
        ),
      );
  }
}

/** The types that a value is declared, cast or returned as. */
export function typesGiven(
  { graph, code, uses }: FunctionNode,
  value: ValueId,
  satisfies: TypeReference | undefined,
): readonly TypeReference[] {
  const given = (uses[value] ?? []).flatMap((use) => {
    const user = code[use];
    return (user?.kind === "declare" || user?.kind === "cast") && user.type !== null ? [user.type] : [];
  });
  const isReturned = graph.blocks.some(({ end }) => end.kind === "return" && end.value === value);
  return [
    ...given,
    ...(satisfies === undefined ? [] : [satisfies]),
    ...(isReturned && graph.returnType !== null ? [graph.returnType] : []),
  ];
}

/** The type argument that is written at a call. */
export function typeArgumentOf({ caller, instruction }: CallSite, index: number): WrittenType | null {
  const type = instruction.kind === "call" ? instruction.typeArguments[index] : undefined;
  return type === undefined ? null : { file: caller.file, type };
}
