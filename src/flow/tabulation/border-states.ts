/** In which states values come to a border where data becomes marked. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Protection } from "../../contracts/flow.js";
import type { Origins } from "../sources/origins.js";
import type { FunctionNode } from "../program/program.js";
import type { SealedValues } from "../protection/sealed-values.js";

/** `assumedThrough`: an undescribed call on the way. */
export interface Entering {
  readonly protection: Protection;
  readonly assumedThrough: string | null;
}

const raw: Protection = { kind: "raw" };

export class BorderStates {
  constructor(
    private readonly origins: Origins,
    private readonly sealed: SealedValues,
    private readonly annotations: AnnotationTable,
    /** What is a marked column of a row came in where the row was read. */
    private readonly isColumnRead: (node: FunctionNode, value: ValueId) => boolean = () => false,
  ) {}

  /** In which states a value comes to a border: as it came from outside, or protected before; nowhere else. */
  statesOf(node: FunctionNode, value: ValueId): readonly Entering[] {
    if (this.isMarkedVariable(node, value) || this.isColumnRead(node, value)) return [];
    const origin = this.origins.ofValue(node, value);
    if (origin === "no")
      return this.sealed
        .protectionsOf(node, value)
        .map((protection) => ({ protection, assumedThrough: null }));
    return [{ protection: raw, assumedThrough: origin === "yes" ? null : origin.assumedThrough }];
  }

  private isMarkedVariable(node: FunctionNode, value: ValueId): boolean {
    const definition = node.definitions[value];
    return (
      definition?.kind === "instruction" &&
      definition.instruction.kind === "declare" &&
      this.annotations.byDeclaration.has(declarationId(node.file, definition.instruction.nameAt[0]))
    );
  }
}
