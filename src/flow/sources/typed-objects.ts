/**
 * Objects that the program makes of what comes in before anything says of what type they are, and that then get a marked
 * type: `const kids: Kid[] = body.rows.map((row: any) => ({ name: row.name }))`, `raw as Kid`, what a function returns by
 * its written type. What was put under a marked name is the field.
 */
import type { Span } from "../../base/location.js";
import type { FieldId } from "../../contracts/annotation.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { MarkedPlaces } from "../tabulation/marked-places.js";
import type { AbstractValue, Site } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { Writer, Writers } from "../points-to/writers.js";
import { copiesInto, type Copy } from "../program/copies.js";
import type { FunctionNode } from "../program/program.js";
import type { Tables } from "../stores/tables.js";
import { allCopiesInto, writersBehind } from "./copied-objects.js";
import type { Seeds } from "./seeds.js";
import type { TypeColumns } from "./typed-columns.js";

/** Objects that are looked into at one place. */
const mostObjects = 24;
/** Lists in objects in lists that are looked through. */
const deepest = 4;
/** Functions around one that makes an object. */
const furthest = 6;
/** Types whose second argument is what they hold. */
const keyed: ReadonlySet<string> = new Set(["Record", "Map", "ReadonlyMap"]);

type Holder = Extract<AbstractValue, { kind: "object" | "foreign" }>;

/** Of a type that says what lies under any name. */
interface Columns extends TypeColumns {
  readonly isKeyed: boolean;
}

/** Where a value gets its type. */
export interface TypedPlace {
  readonly point: number;
  readonly base: ValueId;
  readonly at: Span;
}

interface Search {
  readonly node: FunctionNode;
  readonly place: TypedPlace | null;
  readonly seen: Set<AbstractValue>;
}

export class TypedObjects {
  private readonly columns = new WeakMap<TypeReference, Columns>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Pick<Resolver, "fieldsAt">,
    private readonly writers: Writers,
    private readonly tables: Tables,
    private readonly places: MarkedPlaces,
    private readonly seeds: Seeds,
    /** Is it of unknown content, and what its own type says of it is not known? */
    private readonly isUnknown: (node: FunctionNode, value: ValueId) => boolean,
  ) {}

  /** A value gets a type that the program writes down. */
  seed(node: FunctionNode, value: ValueId, type: TypeReference, place: TypedPlace | null): void {
    const values = this.pointsTo.valuesOf(node, value);
    if (![...values].some(isHolder)) return;
    const columns = this.columnsOf(node.file, type);
    if (columns !== null) this.among({ node, place, seen: new Set() }, values, columns, []);
  }

  private columnsOf(file: string, type: TypeReference): Columns | null {
    const held = heldBy(type);
    const columns = this.columns.get(type) ?? {
      ...this.tables.columnsOf({ file, type: held }),
      isKeyed: held !== type,
    };
    this.columns.set(type, columns);
    return columns.fields.size + columns.parts.size === 0 ? null : columns;
  }

  private among(
    search: Search,
    values: ReadonlySet<AbstractValue>,
    columns: Columns,
    path: readonly string[],
  ): void {
    const objects = [...values].filter(isHolder);
    for (const object of objects) {
      if (search.seen.has(object) || search.seen.size > mostObjects || path.length > deepest) continue;
      // Of many objects that come the same way, those of others may be of any type.
      if (objects.length > 1 && !this.isMeant(search.node, object, columns)) continue;
      search.seen.add(object);
      this.enter(search, object, columns, path);
      const elements = this.pointsTo.fieldNode(object, "*").values;
      if (object.kind === "foreign" || object.array || columns.isKeyed)
        this.among(search, elements, columns, [...path, "[]"]);
    }
  }

  private enter(search: Search, object: Holder, columns: Columns, path: readonly string[]): void {
    const isOfMany = this.isOfMany(search.node, object.site);
    for (const [name, field] of columns.fields) {
      if (isOfMany) {
        this.begin(search, object, [...path, name], field);
        continue;
      }
      for (const writer of this.writers.ofField(object, name))
        if (!this.isTold(writer)) {
          this.places.put(writer, field);
          this.seeds.isTakenFor(writer.node, writer.value, field);
        }
      for (const copy of allCopiesInto(this.pointsTo, this.writers, object))
        this.enterCopy(copy, name, field);
    }
    for (const [name, part] of columns.parts) {
      const inner = this.columnsOf(part.file, part.type);
      if (inner !== null)
        this.among(search, this.pointsTo.fieldNode(object, name).values, inner, [...path, name]);
    }
  }

  /** `{ id, ...input }`: of unknown content, or an object of the program's own with something from outside in it. */
  private enterCopy(copy: Copy, name: string, field: FieldId): void {
    const { node, point, target, source, at } = copy;
    if (this.isUnknown(node, source)) {
      const note = { kind: "enters", field: this.seeds.nameOf(field) } as const;
      this.seeds.beginFrom(source, node, point, target, [name], field, at, note);
      return;
    }
    for (const writer of writersBehind(this.pointsTo, this.writers, node, source, name))
      if (!this.isTold(writer)) this.places.putByCopy(copy, writer, field);
  }

  /** What a helper that many call makes is the field only where its type is said: of others it makes something else. */
  private begin({ node, place }: Search, object: Holder, path: readonly string[], field: FieldId): void {
    const name = path.at(-1) ?? "";
    const isOpen =
      this.writers.ofField(object, name).some((writer) => this.isUnknown(writer.node, writer.value)) ||
      copiesInto(this.pointsTo, object).some((copy) => this.isUnknown(copy.node, copy.source));
    if (place === null || !isOpen) return;
    this.seeds.begin(node, place.point, place.base, path, field, place.at, {
      kind: "enters",
      field: this.seeds.nameOf(field),
    });
  }

  private isOfMany(node: FunctionNode, site: Site | null): boolean {
    if (site === null || this.isMadeWithin(node, site)) return false;
    const maker = this.pointsTo.program.functions[Number(site.split(":")[0])];
    return (
      maker !== undefined &&
      this.pointsTo.callersOf(maker).length + this.pointsTo.callbacksOf(maker).length > 1
    );
  }

  /** The place where it is written says by itself what it is. */
  private isTold({ node, point }: Writer): boolean {
    const store = node.code[point];
    return store?.kind === "store" && this.resolver.fieldsAt(node.file, store.nameAt[0]).length > 0;
  }

  /** It is made near, and the type has all that it has. */
  private isMeant(node: FunctionNode, object: Holder, { declared }: Columns): boolean {
    const isList = object.kind === "foreign" || object.array;
    return (
      this.isMadeWithin(node, object.site) &&
      (isList || this.writers.ofObject(object).every(({ name }) => declared.has(name)))
    );
  }

  /** In the function or in one inside it. */
  private isMadeWithin(node: FunctionNode, site: Site | null): boolean {
    if (site === null) return false;
    const { program } = this.pointsTo;
    let maker = program.functions[Number(site.split(":")[0])];
    for (let hops = 0; maker !== undefined && hops < furthest; hops++) {
      if (maker === node) return true;
      maker = maker.graph.parent === null ? undefined : program.functionIn(maker, maker.graph.parent);
    }
    return false;
  }
}

/** An object of the program's own, or a list or map that the language makes for it. */
function isHolder(value: AbstractValue): value is Holder {
  return value.kind === "object" || (value.kind === "foreign" && value.module === "lib");
}

/** `Record<string, Kid>` holds what its second argument says. */
function heldBy(type: TypeReference): TypeReference {
  const held = type.kind === "named" && keyed.has(type.name) ? type.arguments[1] : undefined;
  return held === undefined ? type : heldBy(held);
}
