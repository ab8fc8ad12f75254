/** Which instructions write a property of which abstract object: asked backwards from what is read or stored. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import { moduleExportsCell } from "../program/module-links.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

export interface Writer {
  readonly node: FunctionNode;
  readonly point: number;
  /** The object's name in the writing function; for variables the value itself. */
  readonly object: ValueId;
  readonly name: string;
  readonly value: ValueId;
}

const nobody: readonly Writer[] = [];
const known = new WeakMap<PointsTo, Writers>();

/** Found once for a solved graph, whoever asks. */
export function writersOf(pointsTo: PointsTo): Writers {
  let writers = known.get(pointsTo);
  if (writers === undefined) known.set(pointsTo, (writers = new Writers(pointsTo)));
  return writers;
}

export class Writers {
  private readonly cells = new Map<string, Writer[]>();
  private readonly fields = new Map<string, Writer[]>();
  private readonly objects = new Map<number, Writer[]>();
  private readonly unnamed = new Map<number, Writer[]>();

  constructor(private readonly pointsTo: PointsTo) {
    for (const node of pointsTo.program.functions) this.index(node);
  }

  ofCell(file: string, cell: string): readonly Writer[] {
    return this.cells.get(`${file}#${cell}`) ?? nobody;
  }

  ofField(object: AbstractValue, name: string): readonly Writer[] {
    return this.fields.get(`${String(object.id)}.${name}`) ?? nobody;
  }

  /** Of every property that is written by name. */
  ofObject(object: AbstractValue): readonly Writer[] {
    return this.objects.get(object.id) ?? nobody;
  }

  /** Under names that are worked out, or at no place of its own: `list[list.length] = press`, `[...others, press]`. */
  unnamedIn(object: AbstractValue): readonly Writer[] {
    return this.unnamed.get(object.id) ?? nobody;
  }

  private index(node: FunctionNode): void {
    node.code.forEach((instruction, point) => {
      if (instruction.kind === "cell-write")
        add(this.cells, `${node.file}#${instruction.cell}`, {
          node,
          point,
          object: instruction.value,
          name: instruction.cell,
          value: instruction.value,
        });
      else if (instruction.kind === "module-exports-write")
        add(this.cells, `${node.file}#${moduleExportsCell}`, {
          node,
          point,
          object: instruction.value,
          name: "",
          value: instruction.value,
        });
      else if (instruction.kind === "store" && instruction.property.kind === "name") {
        const writer: Writer = {
          node,
          point,
          object: instruction.object,
          name: instruction.property.name,
          value: instruction.value,
        };
        for (const object of this.pointsTo.valuesOf(node, instruction.object)) {
          const isMade = object.kind === "foreign" && object.site !== null && object.module !== "lib";
          if (object.kind !== "instance" && object.kind !== "object" && !isMade) continue;
          add(this.fields, `${String(object.id)}.${writer.name}`, writer);
          add(this.objects, object.id, writer);
        }
      } else if (instruction.kind === "store") {
        const { object, value } = instruction;
        for (const each of this.pointsTo.valuesOf(node, object))
          if (each.kind === "object" || isNewList(each))
            add(this.unnamed, each.id, { node, point, object, name: "[]", value });
      } else if (instruction.kind === "box-write") {
        for (const object of this.pointsTo.valuesOf(node, instruction.box))
          add(this.fields, `${String(object.id)}.<box>`, {
            node,
            point,
            object: instruction.box,
            name: "<box>",
            value: instruction.value,
          });
      }
    });
  }
}

/** `new Array(n)`. */
function isNewList(value: AbstractValue): boolean {
  return (
    value.kind === "foreign" && value.module === "lib" && value.site !== null && value.path[0] === "Array"
  );
}

function add<Key>(map: Map<Key, Writer[]>, key: Key, writer: Writer): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [writer]);
  else list.push(writer);
}
