/**
 * `const word: Learner["word"] = body.word`: what is declared with the type of a marked property holds what the
 * property holds. The checker keeps nothing of it (`string`), so it is read where it is written.
 */
import type ts from "typescript";
import type { FieldId } from "../contracts/annotation.js";
import type { Project } from "../project/project.js";

/** An alias of an alias of an alias. */
const mostSteps = 6;
/** Types of the library that hold, or will hold, one value of their argument. */
const transparent = new Set([
  "NonNullable",
  "Readonly",
  "Promise",
  "PromiseLike",
  "Awaited",
  "Array",
  "ReadonlyArray",
  "Exclude",
  "Extract",
]);

/** The fields that a property of a type is. */
interface FieldsOfTypes {
  of(type: ts.Type, name: string): readonly FieldId[];
}

/** A count tells nothing of what is counted. */
const countingNames = new Set(["length", "size"]);

export class IndexedTypes {
  readonly #checker: ts.TypeChecker;
  readonly #known = new WeakMap<ts.Node, readonly FieldId[]>();
  /** Declarations that are just read: one whose type leads back to itself is what it is besides. */
  readonly #reading = new Set<ts.Node>();
  #cuts = 0;

  constructor(
    readonly project: Project,
    readonly fields: FieldsOfTypes,
  ) {
    this.#checker = project.program.getTypeChecker();
  }

  /** The fields of what a declaration is written to be of. */
  ofDeclaration(declaration: ts.Node): readonly FieldId[] {
    const known = this.#known.get(declaration);
    if (known !== undefined) return known;
    if (this.#reading.has(declaration)) {
      this.#cuts++;
      return [];
    }
    const { size } = this.#reading;
    const before = this.#cuts;
    this.#reading.add(declaration);
    const found = this.#ofWrittenType(declaration);
    this.#reading.delete(declaration);
    // What was cut short inside of a circle may be more when it is asked from elsewhere.
    if (size === 0 || this.#cuts === before) this.#known.set(declaration, found);
    return found;
  }

  #ofWrittenType(declaration: ts.Node): readonly FieldId[] {
    const { ts } = this.project;
    if (
      !ts.isVariableDeclaration(declaration) &&
      !ts.isParameter(declaration) &&
      !ts.isPropertySignature(declaration) &&
      !ts.isPropertyDeclaration(declaration)
    )
      return [];
    const isScript = (declaration.flags & ts.NodeFlags.JavaScriptFile) !== 0;
    const type = declaration.type ?? (isScript ? ts.getJSDocType(declaration) : undefined);
    return type === undefined ? [] : this.of(type);
  }

  of(type: ts.TypeNode): readonly FieldId[] {
    return this.#of(type, mostSteps);
  }

  #of(type: ts.TypeNode, left: number): readonly FieldId[] {
    const { ts } = this.project;
    if (left === 0) return [];
    if (ts.isIndexedAccessTypeNode(type)) return this.#ofAccess(type, left);
    if (ts.isParenthesizedTypeNode(type)) return this.#of(type.type, left);
    if (ts.isArrayTypeNode(type)) return this.#of(type.elementType, left);
    if (ts.isUnionTypeNode(type))
      return [...new Set(type.types.flatMap((member) => this.#of(member, left - 1)))];
    if (ts.isTypeOperatorNode(type))
      return type.operator === ts.SyntaxKind.KeyOfKeyword ? [] : this.#of(type.type, left);
    return ts.isTypeReferenceNode(type) ? this.#ofReference(type, left) : [];
  }

  /** `Child["address"]["city"]`, `Child["emails"][number]`: a part of what is marked is, too. */
  #ofAccess({ objectType, indexType }: ts.IndexedAccessTypeNode, left: number): readonly FieldId[] {
    const names = this.#namesIn(indexType);
    if (names === null) return this.#of(objectType, left - 1);
    if (names.some((name) => countingNames.has(name))) return [];
    const owner = this.#checker.getTypeFromTypeNode(objectType);
    const found = names.map((name) => this.fields.of(owner, name));
    // Of several properties one may be no child data: then nothing is known of the value.
    if (found.some((fields) => fields.length === 0)) return this.#of(objectType, left - 1);
    return [...new Set(found.flat())];
  }

  /** The properties that an index names; null where it is none, or a parameter of the type's. */
  #namesIn(index: ts.TypeNode): readonly string[] | null {
    const type = this.#checker.getTypeFromTypeNode(index);
    const members = type.isUnion() ? type.types : [type];
    const names = members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []));
    return names.length === members.length ? names : null;
  }

  #ofReference(type: ts.TypeReferenceNode, left: number): readonly FieldId[] {
    const { ts } = this.project;
    const name = ts.isIdentifier(type.typeName) ? type.typeName : type.typeName.right;
    const [argument] = type.typeArguments ?? [];
    if (argument !== undefined && transparent.has(name.text)) return this.#of(argument, left - 1);
    const local = this.#checker.getSymbolAtLocation(name);
    if (local === undefined) return [];
    const symbol = (local.flags & ts.SymbolFlags.Alias) === 0 ? local : this.#checker.getAliasedSymbol(local);
    const alias = symbol.declarations?.find((each) => ts.isTypeAliasDeclaration(each));
    return alias === undefined || alias.typeParameters !== undefined ? [] : this.#of(alias.type, left - 1);
  }
}
