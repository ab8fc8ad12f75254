import type ts from "typescript";
import type { Span } from "../base/location.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { walkBelow } from "../project/walk-tree.js";

/** The nodes of a file by where they stand; made on the first question about the file. */
export class NodeIndex {
  readonly #byStart = new Map<number, ts.Node[]>();

  constructor(
    readonly ts: TypeScript,
    readonly source: ts.SourceFile,
  ) {
    walkBelow(ts, source, (node) => {
      const start = node.getStart(source);
      const here = this.#byStart.get(start);
      if (here === undefined) this.#byStart.set(start, [node]);
      else here.push(node);
    });
  }

  /** The name (identifier, private name, literal key) that starts here. */
  nameAt(start: number): ts.Node | undefined {
    const { ts } = this;
    return this.#byStart
      .get(start)
      ?.find(
        (node) =>
          ts.isIdentifier(node) ||
          ts.isPrivateIdentifier(node) ||
          ts.isStringLiteralLike(node) ||
          ts.isNumericLiteral(node) ||
          ts.isJsxNamespacedName(node),
      );
  }

  /** The innermost node with exactly this span. */
  nodeAt([start, end]: Span): ts.Node | undefined {
    return this.#byStart.get(start)?.findLast((node) => node.end === end);
  }
}
