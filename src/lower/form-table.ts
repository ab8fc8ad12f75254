import type ts from "typescript";
import type { FunctionLowering } from "./function-lowering.js";

type Guard<T extends ts.Node> = (node: ts.Node) => node is T;

/** Collects the forms of a syntax family by kind; the guard gives each form its node's type. */
export class FormTable<R> {
  readonly forms = new Map<ts.SyntaxKind, (l: FunctionLowering, node: ts.Node) => R>();

  add<T extends ts.Node>(
    kind: ts.SyntaxKind,
    guard: Guard<T>,
    form: (l: FunctionLowering, node: T) => R,
  ): void {
    this.forms.set(kind, (l, node) => {
      if (!guard(node)) throw new Error(`node of kind ${String(node.kind)} is not of its kind's type`);
      return form(l, node);
    });
  }

  /** For kinds without a type of their own (keywords, tokens). */
  addToken(kind: ts.SyntaxKind, form: (l: FunctionLowering, node: ts.Node) => R): void {
    this.forms.set(kind, form);
  }
}
