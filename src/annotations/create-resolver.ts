import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import type { Span } from "../base/location.js";
import type { AnnotationTable, DeclarationId, FieldId, FunctionAnnotation } from "../contracts/annotation.js";
import type {
  ChildDataPath,
  Literal,
  MarkedResult,
  Narrowing,
  Resolver,
  RolePart,
  TypeShape,
} from "../contracts/resolver.js";
import type { Project } from "../project/project.js";
import { resultType } from "./call-signatures.js";
import { CallTypes } from "./call-types.js";
import { ChildDataPaths, unique } from "./child-data-paths.js";
import { DeclaredNames } from "./declared-names.js";
import { idsOf } from "./declaration-sites.js";
import { ExpressionFields } from "./expression-fields.js";
import { literalsOf, readBy } from "./listed-literals.js";
import { membersGiven } from "./members-given.js";
import { mayBeMissing } from "./missing-values.js";
import { NodeIndex } from "./node-index.js";
import { constructedType, isUntypedName, madeByPackage } from "./quick-types.js";
import { declarationsOfRead, takenProperty } from "./property-declarations.js";
import { PropertyFields } from "./property-fields.js";
import { TypeRoles, isForced } from "./type-roles.js";
import { TypeShapes } from "./type-shapes.js";
import { typeofTypedefProperty } from "./typedef-words.js";
import {
  type DeclarationsByField,
  declarationsByField,
  type TypeofColumn,
  typeofColumn,
  typeofElements,
  typeofWord,
} from "./typeof-words.js";

/**
 * Answers the solver's questions about types with the project's checker. Nothing is asked of the checker before
 * a question comes, and each file's answers are kept. A place where no node stands gives an empty answer.
 */
export function createResolver(project: Project, annotations: AnnotationTable): Required<Resolver> {
  return new CheckerResolver(project, annotations);
}

class CheckerResolver implements Required<Resolver> {
  readonly #indices = new Map<FilePath, NodeIndex | null>();
  readonly #answers = new Map<string, Map<FilePath, Answers>>();
  #parts: Parts | undefined;
  #declared: DeclarationsByField | undefined;

  constructor(
    readonly project: Project,
    readonly annotations: AnnotationTable,
  ) {}

  moduleOf(
    from: FilePath,
    specifier: string,
  ): { readonly file: FilePath } | { readonly module: string } | null {
    return this.project.moduleOf(from, specifier);
  }

  fieldsAt(file: FilePath, nameStart: number): readonly FieldId[] {
    return this.#remember<readonly FieldId[]>("f", file, nameStart, [], () => {
      const name = this.#index(file)?.nameAt(nameStart);
      return name === undefined ? [] : this.#tools().expressions.ofName(name);
    });
  }

  childDataIn(file: FilePath, span: Span): readonly ChildDataPath[] {
    return this.#remember<readonly ChildDataPath[]>("c", file, keyOf(span), [], () => {
      const node = this.#index(file)?.nodeAt(span);
      if (node === undefined || this.annotations.fields.size === 0) return [];
      const { expressions, paths } = this.#tools();
      const whole = expressions.ofValue(node).map((field): ChildDataPath => ({ path: [], field }));
      const type =
        (this.project.ts.isNewExpression(node) ? madeByPackage(this.project, node) : null) ??
        this.#typeOf(node);
      return unique([...whole, ...(type === undefined ? [] : paths.of(type))]);
    });
  }

  childDataGiven(file: FilePath, span: Span, callee: FilePath, nameAt: Span): readonly ChildDataPath[] {
    const wanted = this.childDataIn(callee, nameAt);
    return this.#remember(`m ${callee} ${String(keyOf(nameAt))}`, file, keyOf(span), wanted, () => {
      const [argument, parameter] = [this.#index(file)?.nodeAt(span), this.#index(callee)?.nodeAt(nameAt)];
      const given = argument === undefined ? undefined : this.#typeOf(argument);
      const type = parameter === undefined ? undefined : this.#typeOf(parameter);
      if (given === undefined || type === undefined) return wanted;
      const { paths } = this.#tools();
      const parts = membersGiven(this.project, given, type).flatMap((member) => paths.of(member));
      return wanted.filter((part) => part.path.length === 0 || parts.some((each) => isSamePart(each, part)));
    });
  }

  narrowingAt(file: FilePath, span: Span): Narrowing | null {
    return this.#remember<Narrowing | null>("g", file, keyOf(span), null, () => {
      const node = this.#index(file)?.nodeAt(span);
      return node === undefined ? null : this.#tools().calls.narrowingOf(node);
    });
  }

  markedByArguments(file: FilePath, span: Span): readonly MarkedResult[] {
    return this.#remember<readonly MarkedResult[]>("a", file, keyOf(span), [], () => {
      const node = this.#index(file)?.nodeAt(span);
      return node === undefined ? [] : this.#tools().calls.markedByArguments(node);
    });
  }

  typesAt(file: FilePath, span: Span): readonly TypeShape[] {
    return this.#remember<readonly TypeShape[]>("t", file, keyOf(span), [], () => {
      const node = this.#index(file)?.nodeAt(span);
      const type = node === undefined ? undefined : this.#typeOf(node);
      return type === undefined ? [] : this.#tools().shapes.of(type);
    });
  }

  rolesAt(file: FilePath, nameStart: number): readonly FunctionAnnotation[] {
    if (this.annotations.functions.size === 0) return [];
    return this.#remember<readonly FunctionAnnotation[]>("r", file, nameStart, [], () => {
      const name = this.#index(file)?.nameAt(nameStart);
      return name === undefined ? [] : this.#rolesOf(name);
    });
  }

  rolePartsAt(file: FilePath, span: Span): readonly RolePart[] {
    if (this.annotations.roleTypes?.size === 0) return [];
    return this.#remember<readonly RolePart[]>("p", file, keyOf(span), [], () => {
      const node = this.#index(file)?.nodeAt(span);
      const type = node === undefined ? undefined : this.#typeOf(node);
      return type === undefined ? [] : this.#tools().roles.of(type);
    });
  }

  isForced(file: FilePath, span: Span): boolean {
    return this.#remember("b", file, keyOf(span), false, () => {
      const node = this.#index(file)?.nodeAt(span);
      return node !== undefined && isForced(this.project, node);
    });
  }

  declaredNames(file: FilePath, span: Span): ReadonlySet<string> | null {
    return this.#remember<ReadonlySet<string> | null>("n", file, keyOf(span), null, () => {
      const node = this.#index(file)?.nodeAt(span);
      const type = node === undefined ? undefined : this.#typeOf(node);
      const names = type === undefined ? null : this.#tools().names.of(type);
      return names?.size === 0 ? null : names;
    });
  }

  literalsAt(file: FilePath, span: Span): readonly Literal[] {
    return this.#remember<readonly Literal[]>("l", file, keyOf(span), [], () => {
      const node = this.#index(file)?.nodeAt(span);
      const type = node && this.#typeOf(readBy(this.project, node));
      return node === undefined || type === undefined ? [] : literalsOf(this.project, node, type);
    });
  }

  declarationsOfRead(file: FilePath, nameStart: number): readonly DeclarationId[] {
    return this.#remember<readonly DeclarationId[]>("d", file, nameStart, [], () => {
      const name = this.#index(file)?.nameAt(nameStart);
      return name === undefined ? [] : declarationsOfRead(this.project, name);
    });
  }

  isScalar(file: FilePath, span: Span): boolean {
    return this.#remember("s", file, keyOf(span), false, () => {
      const { TypeFlags } = this.project.ts;
      const node = this.#index(file)?.nodeAt(span);
      const type = node === undefined ? undefined : this.#typeOf(node);
      const members = type?.isUnion() === true ? type.types : type === undefined ? [] : [type];
      const scalar =
        TypeFlags.StringLike |
        TypeFlags.NumberLike |
        TypeFlags.BooleanLike |
        TypeFlags.BigIntLike |
        TypeFlags.ESSymbolLike;
      const nothing = TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void;
      return (
        members.some((member) => (member.flags & scalar) !== 0) &&
        members.every((member) => (member.flags & (scalar | nothing)) !== 0)
      );
    });
  }

  typeofAt(file: FilePath, span: Span): string | null {
    return this.#remember<string | null>("o", file, keyOf(span), null, () => {
      const node = this.#index(file)?.nodeAt(span);
      const type = node === undefined ? undefined : this.#typeOf(node);
      return type === undefined ? null : typeofWord(this.project, type);
    });
  }

  typeofField(field: FieldId): string | null {
    return this.#declaredAs("w", field, typeofWord, ({ word }) => word);
  }

  typeofElements(field: FieldId): string | null {
    return this.#declaredAs("x", field, typeofElements, ({ element }) => element);
  }

  /** What the types of a field's declarations tell, if they tell the same. */
  #declaredAs(
    kind: string,
    field: FieldId,
    ask: (project: Project, type: ts.Type) => string | null,
    askColumn: (column: TypeofColumn) => string | null,
  ): string | null {
    this.#declared ??= declarationsByField(this.annotations);
    const words = (this.#declared.get(field) ?? []).map(({ file, start }) =>
      this.#remember<string | null>(kind, file, start, null, () => {
        const column = typeofColumn(this.project, file, start);
        if (column !== null) return askColumn(column);
        const name = this.#index(file)?.nameAt(start);
        const type = name === undefined ? undefined : this.#typeOf(name);
        if (type !== undefined) return ask(this.project, type);
        return kind === "w" ? typeofTypedefProperty(this.project, file, start) : null;
      }),
    );
    const [word = null, ...others] = new Set(words);
    return others.length > 0 ? "" : word;
  }

  isTypeVariable(file: FilePath, span: Span): boolean {
    return this.#remember("v", file, keyOf(span), false, () => {
      const node = this.#index(file)?.nodeAt(span);
      const type = node === undefined ? undefined : this.#typeOf(node);
      return type !== undefined && (type.flags & this.project.ts.TypeFlags.TypeParameter) !== 0;
    });
  }

  mayBeMissing(file: FilePath, nameStart: number): boolean {
    return this.#remember("m", file, nameStart, false, () => {
      const name = this.#index(file)?.nameAt(nameStart);
      return name !== undefined && mayBeMissing(this.project, name);
    });
  }

  isUntyped(file: FilePath, span: Span): boolean {
    return this.#remember("u", file, keyOf(span), true, () => {
      const { ts } = this.project;
      const node = this.#index(file)?.nodeAt(span);
      const type = node === undefined ? undefined : this.#typeOf(node);
      return (
        type === undefined ||
        (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) !== 0
      );
    });
  }

  /** The type of an expression or declared name; a shorthand's and a binding's are those of the value. */
  #typeOf(node: ts.Node): ts.Type | undefined {
    const { ts } = this.project;
    const checker = this.project.checkerFor("");
    if (ts.isIdentifier(node) && ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node) {
      const value = checker.getShorthandAssignmentValueSymbol(node.parent);
      if (value !== undefined) return checker.getTypeOfSymbolAtLocation(value, node);
    }
    // What is copied into an object is taken for what the object is expected to be.
    if (ts.isSpreadAssignment(node)) return this.#tools().expressions.expectedOf(node.parent);
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node))
      return checker.getTypeFromTypeNode(node);
    // `const child` of a loop is the element.
    const [only, ...others] = ts.isVariableDeclarationList(node) ? node.declarations : [];
    if (only !== undefined && others.length === 0) return checker.getTypeAtLocation(only.name);
    if (isUntypedName(this.project, node)) return undefined;
    if (ts.isNewExpression(node))
      return constructedType(this.project, node) ?? checker.getTypeAtLocation(node);
    return ts.isCallExpression(node) ? resultType(this.project, node) : checker.getTypeAtLocation(node);
  }

  #rolesOf(name: ts.Node): readonly FunctionAnnotation[] {
    const { ts } = this.project;
    const checker = this.project.checkerFor("");
    const local = checker.getSymbolAtLocation(name);
    const symbol =
      local !== undefined && (local.flags & ts.SymbolFlags.Alias) !== 0
        ? checker.getAliasedSymbol(local)
        : local;
    const own = this.#rolesAmong(symbol?.declarations ?? []);
    if (own.length > 0 || symbol === undefined) return own;
    const taken = takenProperty(this.project, name)?.declarations ?? [];
    return this.#rolesAmong([...this.#overridden(symbol), ...taken]);
  }

  #rolesAmong(declarations: readonly ts.Declaration[]): readonly FunctionAnnotation[] {
    const ids = declarations.flatMap((declaration) => idsOf(this.project, declaration));
    return [...new Set(ids.flatMap((id) => this.annotations.functions.get(id) ?? []))];
  }

  /** The members of interfaces and base classes that a class's member stands for. */
  #overridden(symbol: ts.Symbol): readonly ts.Declaration[] {
    const { ts } = this.project;
    const checker = this.project.checkerFor("");
    return (symbol.declarations ?? []).flatMap(({ parent }) =>
      ts.isClassLike(parent)
        ? (parent.heritageClauses ?? []).flatMap(({ types }) =>
            types.flatMap(
              (type) =>
                checker.getPropertyOfType(checker.getTypeAtLocation(type), symbol.name)?.declarations ?? [],
            ),
          )
        : [],
    );
  }

  #tools(): Parts {
    if (this.#parts === undefined) {
      const fields = new PropertyFields(this.project, this.annotations);
      const paths = new ChildDataPaths(this.project, fields);
      this.#parts = {
        expressions: new ExpressionFields(this.project, fields),
        paths,
        calls: new CallTypes(this.project, paths),
        shapes: new TypeShapes(this.project),
        roles: new TypeRoles(this.project, this.annotations),
        names: new DeclaredNames(this.project),
      };
    }
    return this.#parts;
  }

  #index(file: FilePath): NodeIndex | undefined {
    let index = this.#indices.get(file);
    if (index === undefined) {
      const source = this.project.sourceFile(file);
      index = source === undefined ? null : new NodeIndex(this.project.ts, source);
      this.#indices.set(file, index);
    }
    return index ?? undefined;
  }

  /** The checker may fail on code that does not compile; such a place has no answer, and the run goes on. */
  #remember<Answer>(
    question: string,
    file: FilePath,
    place: number,
    fallback: Answer,
    ask: () => Answer,
  ): Answer {
    let ofQuestion = this.#answers.get(question);
    if (ofQuestion === undefined) this.#answers.set(question, (ofQuestion = new Map<FilePath, Answers>()));
    let ofFile = ofQuestion.get(file);
    if (ofFile === undefined) ofQuestion.set(file, (ofFile = new Map<number, unknown>()));
    const known = ofFile.get(place);
    if (known !== undefined) return known as Answer;
    let answer: Answer;
    try {
      answer = ask();
    } catch {
      answer = fallback;
    }
    ofFile.set(place, answer);
    return answer;
  }
}

function isSamePart(one: ChildDataPath, other: ChildDataPath): boolean {
  return (
    one.field === other.field &&
    one.path.length === other.path.length &&
    one.path.every((name, at) => other.path[at] === name)
  );
}

/** Of one file, by place. */
type Answers = Map<number, unknown>;

/** No file is as long. */
const longestFile = 2 ** 26;

function keyOf([start, end]: Span): number {
  return start * longestFile + end;
}

interface Parts {
  readonly expressions: ExpressionFields;
  readonly paths: ChildDataPaths;
  readonly calls: CallTypes;
  readonly shapes: TypeShapes;
  readonly roles: TypeRoles;
  readonly names: DeclaredNames;
}
