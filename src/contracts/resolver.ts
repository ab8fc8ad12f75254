/**
 * What the solver may ask about types. `project` and `annotations` answer it with a checker; the solver sees
 * only this. Every answer is a function of the program's text, so it can be cached by it.
 */
import type { FilePath, SymbolKey } from "../base/keys.js";
import type { Span } from "../base/location.js";
import type { DeclarationId, FieldId, FunctionAnnotation } from "./annotation.js";

/** A named type that a value may have. */
export interface TypeShape {
  /** `file:src/a.ts#Store`, `npm:pg#Client`, `node:fs#WriteStream`, `lib#Array`, `lib#string`. */
  readonly key: SymbolKey;
  /** For own classes and interfaces: where the name stands. */
  readonly declaration: DeclarationId | null;
  readonly arguments: readonly TypeShape[];
}

/**
 * A part of a value that its type says is child data. `path` has property names, and `[]` for an element of
 * an array, set or map. Promises add nothing: their content is meant.
 */
export interface ChildDataPath {
  readonly path: readonly string[];
  readonly field: FieldId;
}

/** A part of a value whose type has roles (`@guardianConsent interface Permit`); an empty path is the value itself. */
export interface RolePart {
  readonly path: readonly string[];
  /** Where the name of that type stands. */
  readonly declaration: DeclarationId;
  /** What may stand there instead. */
  readonly missing: readonly (null | undefined)[];
}

/** What a call of a type guard or an assertion function tells of one of its arguments. */
export interface Narrowing {
  /** Index of the parameter that is tested. */
  readonly parameter: number;
  /** It holds where the call returns at all, not only where it returns true. */
  readonly asserts: boolean;
  /** The marked parts of the type that the argument is found to have; never empty. */
  readonly parts: readonly ChildDataPath[];
}

/** A part of what a generic call gives that is marked only because of what its type parameters stand for. */
export interface MarkedResult extends ChildDataPath {
  /** Indices of the arguments that are functions which return the field by their type. */
  readonly returnedBy: readonly number[];
}

/** `undefined`, `null`: of a place that may also hold none of the texts and numbers that its type lists. */
export type Literal = string | number | null | undefined;

export interface Resolver {
  /**
   * The module a specifier leads to from a file: an own file, or `npm:`/`node:` name; null where unresolved
   * and relative.
   */
  moduleOf(
    from: FilePath,
    specifier: string,
  ): { readonly file: FilePath } | { readonly module: string } | null;

  /**
   * The fields that the property named at this offset declares: in a member access, a binding pattern, an
   * object literal (by its contextual type), a class field, an assignment target. Empty when it is none.
   */
  fieldsAt(file: FilePath, nameStart: number): readonly FieldId[];

  /** The parts of the expression (or declared name) at this span whose type marks them as child data. */
  childDataIn(file: FilePath, span: Span): readonly ChildDataPath[];

  /** What the call at this span tells of an argument by a written predicate (`value is Child`); null: nothing marked. */
  narrowingAt?(file: FilePath, span: Span): Narrowing | null;

  /**
   * The parts of what the call at this span gives that are marked by its type arguments alone: neither does the
   * declared type of the function mark them, nor do the types of the arguments hold them.
   */
  markedByArguments?(file: FilePath, span: Span): readonly MarkedResult[];

  /** The named types of the expression or declared name at this span; an interface gives its implementers too. */
  typesAt(file: FilePath, span: Span): readonly TypeShape[];

  /**
   * The roles (`@encrypts`, `@guardianConsent`…) of what the name at this offset means: a function, a member of
   * an interface, a boolean property. For callees that no body was found for.
   */
  rolesAt?(file: FilePath, nameStart: number): readonly FunctionAnnotation[];

  /** The parts of the declared name at this span whose types have roles. */
  rolePartsAt?(file: FilePath, span: Span): readonly RolePart[];

  /** The expression at this span, or what the name declared there is given, is `x!` where `x` may be nothing by its type. */
  isForced?(file: FilePath, span: Span): boolean;

  /**
   * The properties that the value at this span (or an element of it) has by its type; null where the project does
   * not declare all of it: `any`, open keys, types of packages.
   */
  declaredNames?(file: FilePath, span: Span): ReadonlySet<string> | null;

  /** What the value at this span is one of, by its type, if that is texts and numbers; none where it may be another. */
  literalsAt?(file: FilePath, span: Span): readonly Literal[];

  /** Where the property that is read by the name at this offset is declared in own code. */
  declarationsOfRead?(file: FilePath, nameStart: number): readonly DeclarationId[];

  /** By its type the value at this span is a text, a number or a truth value, and nothing with parts. */
  isScalar?(file: FilePath, span: Span): boolean;

  /** What `typeof` says of the value at this span, unless there is none; "": one of several; null: its type tells nothing. */
  typeofAt?(file: FilePath, span: Span): string | null;

  /** The same of a field, by its declarations. */
  typeofField?(field: FieldId): string | null;

  /** The same of the elements of a field that is declared as a list. */
  typeofElements?(field: FieldId): string | null;

  /** The value at this span is of a type parameter: what it is, whoever calls the generic function knows. */
  isTypeVariable?(file: FilePath, span: Span): boolean;

  /** The property or variable named at this offset is declared so that it may be undefined or null. */
  mayBeMissing?(file: FilePath, nameStart: number): boolean;

  /**
   * The marked parts of the parameter declared at `nameAt` in `callee`, of those members of its type that the argument
   * at this span may be by its own.
   */
  childDataGiven?(file: FilePath, span: Span, callee: FilePath, nameAt: Span): readonly ChildDataPath[];

  /** What the checker says of the type at this span when it carries no information. */
  isUntyped(file: FilePath, span: Span): boolean;
}
