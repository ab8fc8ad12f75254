/** In which states values come to a border where data becomes marked. */
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Protection } from "../../contracts/flow.js";
import type { Resolver } from "../../contracts/resolver.js";
import { wordsOf } from "../ways/declared-words.js";
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
    private readonly resolver: Resolver,
    /** What is a marked column of a row came in where the row was read. */
    private readonly isColumnRead: (node: FunctionNode, value: ValueId) => boolean = () => false,
  ) {}

  /** In which states a value comes to the border of a field: as it came from outside, or protected before; nowhere else. */
  statesOf(node: FunctionNode, value: ValueId, field: FieldId): readonly Entering[] {
    if (this.isMarkedVariable(node, value) || this.isColumnRead(node, value)) return [];
    const origin = this.origins.ofValue(node, value);
    if (origin === "no" || (origin === "no-text" && this.isText(field)))
      return this.sealed
        .protectionsOf(node, value)
        .map((protection) => ({ protection, assumedThrough: null }));
    return [{ protection: raw, assumedThrough: typeof origin === "string" ? null : origin.assumedThrough }];
  }

  /** Data of the field is a text, or nothing. */
  isText(field: FieldId): boolean {
    const [word, ...others] = wordsOf(this.resolver, field);
    return word === "string" && others.length === 0;
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
