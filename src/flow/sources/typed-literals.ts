/** Objects that are written as what an interface asks for: `const board: Sender = { send() {} }`, `function board(): Sender`. */
import type { FilePath } from "../../base/keys.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { PointsTo } from "../points-to/points-to.js";

/** `file:src/a.ts#Store` for a type name as it is written in a file. */
type DeclarationsOf = (file: FilePath, name: string) => readonly string[];

export class TypedLiterals {
  private readonly places = new Map<string, PointerNode[]>();

  constructor(
    pointsTo: PointsTo,
    private readonly declarationsOf: DeclarationsOf,
  ) {
    for (const node of pointsTo.program.functions) {
      const { returnType } = node.graph;
      if (!node.graph.async && !node.graph.generator)
        this.keep(node.file, returnType, pointsTo.returnNode(node));
      for (const instruction of node.code)
        if (instruction.kind === "declare")
          this.keep(node.file, instruction.type, pointsTo.valueNode(node, instruction.out));
    }
  }

  /** The plain objects that are said to be of a type of the project. */
  of(key: string): readonly AbstractValue[] {
    return (this.places.get(key) ?? []).flatMap(({ list }) =>
      list.filter((value) => value.kind === "object" && !value.array),
    );
  }

  private keep(file: FilePath, type: TypeReference | null, place: PointerNode): void {
    if (type?.kind !== "named") return;
    for (const key of this.declarationsOf(file, type.name)) {
      const places = this.places.get(key);
      if (places === undefined) this.places.set(key, [place]);
      else places.push(place);
    }
  }
}
