/** Instructions that need nothing but the values of their operands. */
import { runInThisContext } from "node:vm";
import type { Instruction, ValueId } from "../../../src/contracts/file-graph.js";
import type { Keyed } from "./run-state.js";
import { accessors, keyOf } from "./run-state.js";

export function evaluateOperator(i: Instruction, values: readonly unknown[]): unknown {
  const at = (id: ValueId): unknown => values[id];
  switch (i.kind) {
    case "constant":
      return constantOf(i);
    case "object":
      return {};
    case "array":
      return [];
    case "load":
      return (at(i.object) as Keyed)[keyOf(i.property, values)];
    case "store":
      store(i, values);
      return undefined;
    case "delete":
      return Reflect.deleteProperty(at(i.object) as object, keyOf(i.property, values));
    case "copy-properties":
      return Object.assign(at(i.target) as object, at(i.source));
    case "append-elements":
      return (at(i.target) as unknown[]).push(...(at(i.source) as Iterable<unknown>));
    case "object-rest": {
      const rest = { ...(at(i.object) as Keyed) };
      for (const name of i.excluded) Reflect.deleteProperty(rest, keyOf(name, values));
      return rest;
    }
    case "array-rest":
      return [...(at(i.array) as Iterable<unknown>)].slice(i.from);
    case "jsx":
      return { tag: i.component === null ? i.tag : at(i.component), props: at(i.props) };
    case "unary":
      return unary(i.operator, at(i.operand));
    case "binary":
      return binary(i.operator, at(i.left), at(i.right));
    case "template":
      return i.texts
        .map((text, index) => text + (i.values[index] === undefined ? "" : String(at(i.values[index]))))
        .join("");
    case "cast":
    case "declare":
      return at(i.value);
    case "import-call":
      return Promise.resolve({ imported: at(i.argument) });
    case "require":
      return { required: i.specifier };
    default:
      throw new Error(`${i.kind} is not run here`);
  }
}

function constantOf(i: Extract<Instruction, { kind: "constant" }>): unknown {
  switch (i.type) {
    case "undefined":
      return undefined;
    case "bigint":
      return BigInt(String(i.value));
    case "regexp": {
      const text = String(i.value);
      const slash = text.lastIndexOf("/");
      return new RegExp(text.slice(1, slash), text.slice(slash + 1));
    }
    default:
      return i.value;
  }
}

function store(i: Extract<Instruction, { kind: "store" }>, values: readonly unknown[]): void {
  const object = values[i.object] as Keyed;
  const value = values[i.value];
  if (i.property.kind === "element") (object as unknown as unknown[]).push(value);
  else if (i.accessor === undefined) object[keyOf(i.property, values)] = value;
  else {
    const key = keyOf(i.property, values);
    const known = Object.getOwnPropertyDescriptor(object, key);
    Object.defineProperty(object, key, {
      ...accessors(known),
      configurable: true,
      enumerable: true,
      [i.accessor]: value,
    });
  }
}

function unary(operator: string, value: unknown): unknown {
  switch (operator) {
    case "!":
      return !value;
    case "-":
      return typeof value === "bigint" ? -value : -(value as number);
    case "+":
      return Number(value);
    case "~":
      return ~(value as number);
    case "typeof":
      return typeof value;
    default:
      return undefined;
  }
}

const operators = new Map<string, (left: unknown, right: unknown) => unknown>();

/** The operators of the language itself, on whatever the program put there. */
function binary(operator: string, left: unknown, right: unknown): unknown {
  let apply = operators.get(operator);
  if (apply === undefined) {
    apply = runInThisContext(`(a, b) => a ${operator} b`) as (left: unknown, right: unknown) => unknown;
    operators.set(operator, apply);
  }
  return apply(left, right);
}
