/** What the types of a call tell beside the type of its result: a test that it makes, and who decides the type. */
import type ts from "typescript";
import type { FieldId } from "../contracts/annotation.js";
import type { MarkedResult, Narrowing } from "../contracts/resolver.js";
import type { Project } from "../project/project.js";
import { resultType, signatureOf } from "./call-signatures.js";
import type { ChildDataPaths } from "./child-data-paths.js";

export class CallTypes {
  readonly #checker: ts.TypeChecker;

  constructor(
    readonly project: Project,
    readonly paths: ChildDataPaths,
  ) {
    this.#checker = project.program.getTypeChecker();
  }

  /** `isChild(value)` and `assertChild(value)` by the written type of the function: `value is Child`. */
  narrowingOf(node: ts.Node): Narrowing | null {
    const { ts } = this.project;
    if (!ts.isCallExpression(node)) return null;
    const signature = signatureOf(this.project, node);
    const written = signature?.declaration?.type;
    // What newer compilers infer from a body would be told by some versions only.
    if (signature === undefined || written === undefined || !ts.isTypePredicateNode(written)) return null;
    const predicate = this.#checker.getTypePredicateOfSignature(signature);
    if (predicate?.type === undefined || predicate.parameterIndex === undefined) return null;
    const parts = this.paths.of(predicate.type);
    return parts.length === 0
      ? null
      : { parameter: predicate.parameterIndex, asserts: written.assertsModifier !== undefined, parts };
  }

  /**
   * The parts of a result that only the type arguments mark: `load<Child>(path)` of `load<T>(path: string): T`. What
   * an argument holds by its type is no such part: it may come from there.
   */
  markedByArguments(node: ts.Node): readonly MarkedResult[] {
    const { ts } = this.project;
    if (!ts.isCallExpression(node)) return [];
    const type = resultType(this.project, node);
    const parts = type === undefined ? [] : this.paths.of(type);
    const signature = parts.length === 0 ? undefined : signatureOf(this.project, node);
    const declaration = signature?.declaration;
    if (declaration === undefined || ts.isJSDocSignature(declaration)) return [];
    const general = this.#checker.getSignatureFromDeclaration(declaration);
    if (general === undefined || this.paths.of(general.getReturnType()).length > 0) return [];
    const types = node.arguments.map((argument) => this.#checker.getTypeAtLocation(argument));
    const held = new Set(types.flatMap((type) => this.#fieldsOf(type)));
    const returned = types.map((type) =>
      type.getCallSignatures().flatMap((each) => this.#fieldsOf(each.getReturnType())),
    );
    return parts
      .filter(({ field }) => !held.has(field))
      .map((part) => ({
        ...part,
        returnedBy: returned.flatMap((fields, index) => (fields.includes(part.field) ? [index] : [])),
      }));
  }

  #fieldsOf(type: ts.Type): readonly FieldId[] {
    return this.paths.of(type).map(({ field }) => field);
  }
}
