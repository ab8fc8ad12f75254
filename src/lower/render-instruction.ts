/** One instruction as text. */
import { assertNever } from "../base/assert-never.js";
import type { Argument, Instruction } from "../contracts/file-graph.js";
import { renderProperty, renderType } from "./render-names.js";

export function renderInstruction(instruction: Instruction): string {
  const body = renderBody(instruction);
  return "out" in instruction ? `v${String(instruction.out)} = ${body}` : body;
}

const v = (value: number): string => `v${String(value)}`;

function renderBody(i: Instruction): string {
  switch (i.kind) {
    case "constant":
      return i.type === "undefined" ? "undefined" : `${i.type} ${JSON.stringify(i.value)}`;
    case "parameter":
      return `parameter ${String(i.index)}`;
    case "arguments":
    case "this":
    case "new-target":
    case "module-exports":
    case "object":
    case "array":
    case "catch":
      return i.kind;
    case "capture":
      return `capture ${String(i.slot)}`;
    case "box":
      return `box ${i.name}`;
    case "box-read":
      return `box-read ${v(i.box)}`;
    case "box-write":
      return `box-write ${v(i.box)} ${v(i.value)}`;
    case "cell-read":
      return `cell-read ${i.cell}`;
    case "cell-write":
      return `cell-write ${i.cell} ${v(i.value)}`;
    case "import-read":
      return `import-read ${String(i.import)}`;
    case "require":
      return `require ${JSON.stringify(i.specifier)}`;
    case "import-call":
      return `import-call ${i.specifier === null ? v(i.argument) : JSON.stringify(i.specifier)}`;
    case "module-exports-write":
      return `module-exports-write ${v(i.value)}`;
    case "global":
      return `global ${i.name}`;
    case "global-write":
      return `global-write ${i.name} ${v(i.value)}`;
    case "function":
      return `function f${String(i.function)}${i.captures.length === 0 ? "" : ` captures ${i.captures.map(v).join(" ")}`}`;
    case "class": {
      const members = i.members.map((member) => `f${String(member.function)}=${v(member.value)}`);
      return [
        "class",
        `c${String(i.class)}`,
        ...(i.heritage === null ? [] : ["extends", v(i.heritage)]),
        ...members,
      ].join(" ");
    }
    default:
      return renderAccess(i);
  }
}

type Access = Exclude<
  Instruction,
  {
    readonly kind:
      | "constant"
      | "parameter"
      | "arguments"
      | "this"
      | "new-target"
      | "module-exports"
      | "object"
      | "array"
      | "catch"
      | "capture"
      | "box"
      | "box-read"
      | "box-write"
      | "cell-read"
      | "cell-write"
      | "import-read"
      | "require"
      | "import-call"
      | "module-exports-write"
      | "global"
      | "global-write"
      | "function"
      | "class";
  }
>;

function renderAccess(i: Access): string {
  switch (i.kind) {
    case "load":
      return `load ${v(i.object)}${renderProperty(i.property)}`;
    case "store":
      return `store ${v(i.object)}${renderProperty(i.property)} ${v(i.value)}${i.initial ? " initial" : ""}${i.above === true ? " above" : ""}${i.accessor === undefined ? "" : ` ${i.accessor}`}`;
    case "delete":
      return `delete ${v(i.object)}${renderProperty(i.property)}`;
    case "super-load":
      return `super-load ${renderProperty(i.property)}`;
    case "copy-properties":
    case "append-elements":
      return `${i.kind} ${v(i.target)} from ${v(i.source)}`;
    case "object-rest":
      return `object-rest ${v(i.object)} without ${i.excluded.map(renderProperty).join(" ")}`;
    case "array-rest":
      return `array-rest ${v(i.array)} from ${String(i.from)}`;
    case "iterate":
      return `iterate ${i.mode} ${v(i.object)}`;
    case "call":
      return renderCall(i);
    case "super-call":
      return `super-call(${renderArguments(i.arguments)})`;
    case "jsx":
      return `jsx <${i.tag}>${i.component === null ? "" : ` ${v(i.component)}`} props ${v(i.props)}`;
    case "await":
      return `await ${v(i.value)}`;
    case "yield":
      return `yield${i.delegate ? "*" : ""}${i.value === null ? "" : ` ${v(i.value)}`}`;
    case "unary":
      return `${i.operator} ${v(i.operand)}`;
    case "binary":
      return `${v(i.left)} ${i.operator} ${v(i.right)}`;
    case "template":
      return `template ${i.texts.map((text, index) => JSON.stringify(text) + (i.values[index] === undefined ? "" : ` ${v(i.values[index])} `)).join("")}`;
    case "cast":
      return `cast ${v(i.value)} as ${renderType(i.type)}`;
    case "declare":
      return `declare ${i.name}${i.type === null ? "" : `: ${renderType(i.type)}`} ${v(i.value)}`;
    default:
      return assertNever(i);
  }
}

function renderArguments(args: readonly Argument[]): string {
  return args.map((argument) => `${argument.spread ? "..." : ""}${v(argument.value)}`).join(", ");
}

function renderCall(i: Extract<Instruction, { kind: "call" }>): string {
  const target = i.decorates;
  return [
    i.new ? "new" : "call",
    i.optional ? "?" : "",
    ` ${v(i.callee)}`,
    i.receiver === null ? "" : ` on ${v(i.receiver)}`,
    i.typeArguments.length === 0 ? "" : ` <${i.typeArguments.map(renderType).join(", ")}>`,
    `(${renderArguments(i.arguments)}) "${i.name}"`,
    i.template === undefined ? "" : ` template ${JSON.stringify(i.template)}`,
    i.satisfies === undefined ? "" : ` satisfies ${renderType(i.satisfies)}`,
    target === undefined
      ? ""
      : ` decorates ${target.kind} c${String(target.class)}${target.member === null ? "" : `.${target.member}`}${target.parameter === null ? "" : ` #${String(target.parameter)}`}`,
  ].join("");
}
