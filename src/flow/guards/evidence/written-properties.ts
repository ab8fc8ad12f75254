/** What the program writes into a property of an object that functions share: of a class, or of what a package gives. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { SiteModels } from "../../models/site-models.js";
import { keptUnderName } from "../entries/named-entries.js";
import { definitionOf } from "../../paths/value-places.js";
import { putByModel } from "./put-by-model.js";

export interface WrittenProperty {
  readonly node: FunctionNode;
  readonly point: number;
  readonly value: ValueId;
  /** It is part of the literal that makes the object. */
  readonly isInitial: boolean;
}

interface Read {
  readonly node: FunctionNode;
  readonly object: ValueId;
}

/** What was asked of an object before, by the property's name. */
interface Answers {
  readonly places: readonly string[];
  readonly writers: Map<string, readonly WrittenProperty[]>;
  readonly others: Map<string, boolean>;
}

const nothing: readonly WrittenProperty[] = [];

export class WrittenProperties {
  private known: Map<string, WrittenProperty[]> | null = null;
  /** Where properties are read, by their names. */
  private reads: Map<string, Read[]> | null = null;
  /** The functions that read a property, by its key. */
  private readonly readers = new Map<string, readonly FunctionNode[]>();
  private fromCalls: readonly AnswerWritten[] | null = null;
  /** Writes under names that only the run knows, and copies of other objects' properties, by the place. */
  private readonly unnamed = new Map<string, { readonly node: FunctionNode; readonly point: number }[]>();

  private readonly answers = new Map<FunctionNode, Map<ValueId, Answers>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  writersOf(node: FunctionNode, object: ValueId, name: string): readonly WrittenProperty[] {
    const answers = this.answersAt(node, object);
    let found = answers.writers.get(name);
    if (found === undefined) {
      const written = answers.places.flatMap((place) => this.all.get(`${place}.${name}`) ?? nothing);
      answers.writers.set(name, (found = written.length === 0 ? nothing : [...new Set(written)]));
    }
    return found;
  }

  /** Something may be written there that no writer of the name tells of: `flags[key] = true`, `{ ok: false, ...body }`. */
  mayBeElse(node: FunctionNode, object: ValueId, name: string): boolean {
    const answers = this.answersAt(node, object);
    let found = answers.others.get(name);
    if (found === undefined) {
      found = answers.places.some((place) => this.isWrittenOtherwise(place, name));
      answers.others.set(name, found);
    }
    return found;
  }

  private isWrittenOtherwise(place: string, name: string): boolean {
    const { all } = this;
    return (this.unnamed.get(place) ?? []).some(
      (other) =>
        !(all.get(`${place}.${name}`) ?? nothing).some(
          (each) => each.isInitial && each.node === other.node && each.point > other.point,
        ),
    );
  }

  /** Whatever object it is, it was made with the property. */
  isMadeWith(node: FunctionNode, object: ValueId, name: string): boolean {
    const values = [...this.pointsTo.valuesOf(node, object)];
    return (
      values.length > 0 &&
      values.every(
        (value) =>
          value.kind === "object" &&
          placeOf(value).some((place) =>
            (this.all.get(`${place}.${name}`) ?? nothing).some((each) => each.isInitial),
          ),
      )
    );
  }

  /** Functions that read a property into which some of the given ones put what a call of them answers. */
  takersFrom(functions: ReadonlySet<number>): readonly FunctionNode[] {
    const takers = new Set<FunctionNode>();
    this.fromCalls ??= answersWritten(this.pointsTo, this.all);
    for (const { key, writer, callees } of this.fromCalls)
      if (functions.has(writer) && callees.some((callee) => functions.has(callee)))
        for (const taker of this.readersOf(key)) takers.add(taker);
    return [...takers];
  }

  private readersOf(key: string): readonly FunctionNode[] {
    let found = this.readers.get(key);
    if (found === undefined) {
      const name = key.slice(key.lastIndexOf(".") + 1);
      const reading = this.readsOf(name).filter(({ node, object }) =>
        [...this.pointsTo.valuesOf(node, object)].some((value) =>
          placeOf(value).some((place) => `${place}.${name}` === key),
        ),
      );
      this.readers.set(key, (found = [...new Set(reading.map(({ node }) => node))]));
    }
    return found;
  }

  private readsOf(name: string): readonly Read[] {
    if (this.reads === null) {
      this.reads = new Map();
      for (const node of this.pointsTo.program.functions)
        for (const each of node.code) {
          if (each.kind !== "load" || each.property.kind !== "name") continue;
          const known = this.reads.get(each.property.name);
          if (known === undefined) this.reads.set(each.property.name, [{ node, object: each.object }]);
          else known.push({ node, object: each.object });
        }
    }
    return this.reads.get(name) ?? [];
  }

  private answersAt(node: FunctionNode, object: ValueId): Answers {
    let ofNode = this.answers.get(node);
    if (ofNode === undefined) this.answers.set(node, (ofNode = new Map<ValueId, Answers>()));
    let known = ofNode.get(object);
    if (known === undefined) {
      const places = [...new Set([...this.pointsTo.valuesOf(node, object)].flatMap(placeOf))];
      ofNode.set(object, (known = { places, writers: new Map(), others: new Map() }));
    }
    return known;
  }

  private get all(): ReadonlyMap<string, readonly WrittenProperty[]> {
    return (this.known ??= this.index());
  }

  private index(): Map<string, WrittenProperty[]> {
    const index = new Map<string, WrittenProperty[]>();
    const add = (object: ValueId, name: string, written: WrittenProperty, by = written.node): void => {
      const places = new Set([...this.pointsTo.valuesOf(by, object)].flatMap(placeOf));
      for (const place of places) {
        const key = `${place}.${name}`;
        const known = index.get(key);
        if (known === undefined) index.set(key, [written]);
        else known.push(written);
      }
    };
    for (const site of this.pointsTo.sites.values())
      for (const { object, name, value } of keptUnderName(this.pointsTo, this.models, site))
        add(object, name, { node: site.caller, point: site.point, value, isInitial: false });
    for (const site of this.pointsTo.sites.values())
      for (const { object, name, node, value } of putByModel(this.models, site))
        add(object, name, { node, point: site.point, value, isInitial: false }, site.caller);
    for (const node of this.pointsTo.program.functions)
      for (const [point, instruction] of node.code.entries()) {
        if (instruction.kind === "copy-properties") this.addUnnamed(node, point, instruction.target);
        if (instruction.kind !== "store") continue;
        if (instruction.property.kind === "computed") this.addUnnamed(node, point, instruction.object);
        if (instruction.property.kind !== "name") continue;
        const { object, property, value, initial } = instruction;
        add(object, property.name, { node, point, value, isInitial: initial });
      }
    return index;
  }

  private addUnnamed(node: FunctionNode, point: number, object: ValueId): void {
    for (const place of new Set([...this.pointsTo.valuesOf(node, object)].flatMap(placeOf))) {
      const known = this.unnamed.get(place);
      if (known === undefined) this.unnamed.set(place, [{ node, point }]);
      else known.push({ node, point });
    }
  }
}

/** Something that a call of the program's own functions gave, awaited or not, is written under a key. */
interface AnswerWritten {
  readonly key: string;
  /** The functions, by their numbers. */
  readonly writer: number;
  readonly callees: readonly number[];
}

function answersWritten(
  pointsTo: PointsTo,
  all: ReadonlyMap<string, readonly WrittenProperty[]>,
): readonly AnswerWritten[] {
  const found: AnswerWritten[] = [];
  for (const [key, written] of all)
    for (const { node, value } of written) {
      const callees = calleesBehind(pointsTo, node, value);
      if (callees.length > 0) found.push({ key, writer: node.index, callees });
    }
  return found;
}

function calleesBehind(pointsTo: PointsTo, node: FunctionNode, value: ValueId): readonly number[] {
  if (node.graph.kind === "module") return [];
  const definition = definitionOf(node, value);
  const answer = definition?.kind === "await" ? definitionOf(node, definition.value) : definition;
  if (answer?.kind !== "call") return [];
  const site = pointsTo.findSite(node, node.code.indexOf(answer));
  return [...(site?.edges.values() ?? [])].map(({ callee }) => callee.index);
}

/** One object of a class or a package's type stands for all: which of them a handler is given cannot be told. */
function placeOf(value: AbstractValue): string[] {
  switch (value.kind) {
    case "instance":
      return [`i${String(value.class.index)}`];
    case "object":
      return [`o${value.site}`];
    case "foreign":
      return value.path.length > 0 ? [`f${value.module}#${value.path.join(".")}`] : [];
    default:
      return [];
  }
}
