/** A file graph as text, for stage snapshots and for reading: one line an instruction, places as line:column. */
import { positionAt } from "../base/location.js";
import type { Span } from "../base/location.js";
import type {
  Block,
  ClassGraph,
  ExportBinding,
  FileGraph,
  FunctionGraph,
  ImportBinding,
  Terminator,
} from "../contracts/file-graph.js";
import { renderInstruction } from "./render-instruction.js";
import { renderProperty, renderType } from "./render-names.js";

export function renderGraph(graph: FileGraph): string {
  const lines: string[] = [];
  if (graph.directives.length > 0)
    lines.push(`directives ${graph.directives.map((each) => JSON.stringify(each)).join(" ")}`);
  graph.imports.forEach((each, index) => lines.push(`import ${String(index)} ${renderImport(each)}`));
  for (const each of graph.exports) lines.push(`export ${renderExport(each)}`);
  if (graph.specifiers.length > 0) lines.push(`specifiers ${graph.specifiers.join(" ")}`);
  for (const each of graph.types) {
    const parameters = each.parameters.length === 0 ? "" : `<${each.parameters.join(", ")}>`;
    const parents = each.extends.length === 0 ? "" : ` extends ${each.extends.map(renderType).join(", ")}`;
    lines.push(`type ${each.name}${parameters}${parents} = ${renderType(each.type)}`);
  }
  for (const each of graph.errors) lines.push(`error ${place(graph, [each.at, each.at])} ${each.message}`);
  for (const each of graph.classes) lines.push("", ...renderClass(each));
  for (const each of graph.functions) lines.push("", ...renderFunction(graph, each));
  return `${lines.join("\n").trim()}\n`;
}

function place(graph: FileGraph, span: Span): string {
  const { line, column } = positionAt(graph.lineStarts, span[0]);
  return `${String(line)}:${String(column)}`;
}

function renderImport(each: ImportBinding): string {
  return `${each.local} = ${each.name} from ${JSON.stringify(each.specifier)}${each.typeOnly ? " (type)" : ""}`;
}

function renderExport(each: ExportBinding): string {
  if (each.kind === "cell") return `${each.name} = cell ${each.cell}`;
  return each.kind === "all"
    ? `* from ${JSON.stringify(each.specifier)}`
    : `${each.name} = ${each.imported} from ${JSON.stringify(each.specifier)}`;
}

function renderClass(each: ClassGraph): string[] {
  const traits = [
    each.abstract ? " abstract" : "",
    each.extends === null ? "" : ` extends ${renderType(each.extends)}`,
    each.implements.length === 0 ? "" : ` implements ${each.implements.map(renderType).join(", ")}`,
    each.constructorFunction === null ? "" : ` constructor=f${String(each.constructorFunction)}`,
    each.fieldInitializer === null ? "" : ` fields=f${String(each.fieldInitializer)}`,
  ].join("");
  const members = each.members.map((member) => {
    const body = member.function === null ? "" : ` = f${String(member.function)}`;
    const type = member.type === null ? "" : `: ${renderType(member.type)}`;
    return `  ${member.static ? "static " : ""}${member.kind} ${renderProperty(member.name)}${type}${body}`;
  });
  return [
    `class c${String(each.id)} ${each.name}${each.path === null ? "" : ` path=${each.path}`}${traits}`,
    ...members,
  ];
}

function renderFunction(graph: FileGraph, each: FunctionGraph): string[] {
  const traits = [
    each.async ? "async " : "",
    each.generator ? "generator " : "",
    each.static ? "static " : "",
  ].join("");
  const parameters = each.parameters.map((parameter) => {
    const name = `${parameter.property ? "this." : ""}${parameter.rest ? "..." : ""}${parameter.name ?? "{}"}${parameter.optional ? "?" : ""}`;
    return parameter.type === null ? name : `${name}: ${renderType(parameter.type)}`;
  });
  const more = [
    each.path === null || each.path === each.name ? "" : ` path=${each.path}`,
    each.parent === null ? "" : ` in f${String(each.parent)}`,
    each.class === null ? "" : ` of c${String(each.class)}`,
    each.captures.length === 0
      ? ""
      : ` captures ${each.captures.map((capture) => `${capture.name}:${capture.mode}`).join(" ")}`,
    each.directives.length === 0
      ? ""
      : ` directives ${each.directives.map((text) => JSON.stringify(text)).join(" ")}`,
  ].join("");
  const result = each.returnType === null ? "" : `: ${renderType(each.returnType)}`;
  const head = `f${String(each.id)} ${traits}${each.kind} ${each.name}(${parameters.join(", ")})${result}${more}`;
  return [head, ...each.blocks.flatMap((block) => renderBlock(graph, block))];
}

function renderBlock(graph: FileGraph, block: Block): string[] {
  return [
    ` b${String(block.id)}${block.handler === null ? "" : ` handler b${String(block.handler)}`}`,
    ...block.phis.map(
      (phi) =>
        `  v${String(phi.out)} = phi ${phi.inputs.map((input) => `b${String(input.block)}:v${String(input.value)}`).join(" ")}`,
    ),
    ...block.instructions.map(
      (instruction) => `  ${renderInstruction(instruction)}  ; ${place(graph, instruction.at)}`,
    ),
    `  ${renderTerminator(block.end)}`,
  ];
}

function renderTerminator(end: Terminator): string {
  switch (end.kind) {
    case "jump":
      return `jump b${String(end.to)}`;
    case "branch":
      return `branch ${end.test} v${String(end.value)} b${String(end.then)} else b${String(end.else)}`;
    case "loop":
      return `loop b${String(end.body)} exit b${String(end.exit)}`;
    case "return":
      return end.value === null ? "return" : `return v${String(end.value)}`;
    case "throw":
      return `throw v${String(end.value)}`;
    case "unreachable":
      return "unreachable";
  }
}
