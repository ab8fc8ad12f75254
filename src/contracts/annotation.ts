/** What annotations say, whichever of the five forms they were written in. */
import type { FilePath, SymbolKey } from "../base/keys.js";
import type { Location } from "../base/location.js";
import type { Category, DeletionKind, Operation, Purpose, Tag } from "./vocabulary.js";

/** Identity of a child-data field: its declaration's symbol key, or `file@offset` for locals. */
export type FieldId = string;

/** A declaration in own code, as `file@offset` of its name. */
export type DeclarationId = string;

export function declarationId(file: FilePath, nameStart: number): DeclarationId {
  return `${file}@${String(nameStart)}`;
}

export interface Retention {
  /** Days, a part of one too; null for `until-deregistration`. */
  readonly days: number | null;
  readonly text: string;
}

/** One place that holds a child's personal information. */
export interface Field {
  readonly id: FieldId;
  /** As findings name it: `Child.email`, `ChildSchema.email`, `nickname`. */
  readonly name: string;
  readonly category: Category;
  readonly purposes: readonly Purpose[];
  readonly retention: Retention | null;
  readonly declaration: Location;
  readonly form: "tag" | "brand" | "decorator" | "schema" | "config";
}

export interface FunctionAnnotation {
  readonly tag: Exclude<Tag, "childData" | "notChildData" | "purpose" | "retention">;
  readonly operations: readonly Operation[];
  readonly purposes: readonly Purpose[];
  readonly deletion: DeletionKind | null;
  readonly location: Location;
}

export interface EntityRelation {
  readonly entity: string;
  readonly isList: boolean;
  /** What becomes of the rows here where the row that they lead to is deleted, as the schema says. */
  readonly onDelete?: "cascade" | "set-null" | "restrict";
  /** What it leads to has no table of its own, and lies in the row: a composite type. */
  readonly isPart?: true;
}

/** A table that a schema language declares: a Prisma model, later an entity class or SQL table. */
export interface EntityDeclaration {
  /** `Child`; clients call it `child`. */
  readonly name: string;
  readonly table: string;
  /** What its schema's client speaks to; none: that is not told. */
  readonly engines: readonly string[];
  readonly fields: ReadonlyMap<string, FieldId>;
  /** What the columns of fields are called that are called otherwise: `@map("full_name")`. */
  readonly mapped: ReadonlyMap<string, string>;
  /** Fields whose column is encrypted by declaration (`/// @encrypted`). */
  readonly encrypted: ReadonlySet<string>;
  /** Relation fields by name: the entity each leads to, and whether it holds one row or a list of them. */
  readonly relations: ReadonlyMap<string, EntityRelation>;
  readonly declaration: Location;
}

/** Something wrong with an annotation; the text is made from the id in the text table. */
export interface AnnotationProblem {
  readonly kind:
    | "unknown-tag"
    | "unknown-category"
    | "unknown-purpose"
    | "unknown-operation"
    | "unknown-deletion-kind"
    | "malformed-duration"
    | "misplaced-tag"
    | "unresolved-field"
    | "unresolved-function"
    | "missing-child-data";
  readonly word: string;
  readonly nearest: string | null;
  /** Where the tag would mean something, for `misplaced-tag`. */
  readonly expected: readonly string[];
  readonly location: Location;
}

export interface AnnotationTable {
  readonly fields: ReadonlyMap<FieldId, Field>;
  /** Own declarations (properties, parameters, variables, accessors, functions' returns, schema keys). */
  readonly byDeclaration: ReadonlyMap<DeclarationId, FieldId>;
  /** Foreign declarations by key (`npm:@acme/kv#Customer.email`). */
  readonly byKey: ReadonlyMap<SymbolKey, FieldId>;
  /** Functions, methods, classes and boolean properties with a role, by their name's declaration id. */
  readonly functions: ReadonlyMap<DeclarationId, readonly FunctionAnnotation[]>;
  /** Names of what `functions` holds: a call by any other name is never asked about. */
  readonly roleNames?: ReadonlySet<string>;
  /** Those of `functions` that are types. */
  readonly roleTypes?: ReadonlySet<DeclarationId>;
  readonly entities: readonly EntityDeclaration[];
  /**
   * Properties that a marked type only inherits, by the type's declaration and the property's name: child data
   * of that type, not of the type that declares them.
   */
  readonly inherited?: ReadonlyMap<DeclarationId, ReadonlyMap<string, FieldId>>;
  /** Functions whose result is child data, by the ids of `functions`; also in `byDeclaration`, by name. */
  readonly returns?: ReadonlyMap<DeclarationId, FieldId>;
  /** Properties marked `@notChildData`. */
  readonly excluded?: ReadonlySet<DeclarationId>;
  /** Last names of all fields: a load of any other name is never asked about. */
  readonly names: ReadonlySet<string>;
  /** Properties by which other rows are found, which a row does not hold by itself: by name, where they are declared. */
  readonly relations?: ReadonlyMap<string, ReadonlySet<DeclarationId>>;
  readonly problems: readonly AnnotationProblem[];
}
