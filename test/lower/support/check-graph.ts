/** Says what is wrong with a file graph: the invariants that every consumer relies on. */
import type {
  Block,
  FileGraph,
  FunctionGraph,
  Instruction,
  Terminator,
  ValueId,
} from "../../../src/contracts/file-graph.js";
import { renameOperands } from "../../../src/lower/instruction-values.js";

export function checkGraph(graph: FileGraph): string[] {
  const problems: string[] = [];
  graph.functions.forEach((each, index) => {
    if (each.id !== index) problems.push(`function ${String(index)} has id ${String(each.id)}`);
    for (const problem of checkFunction(graph, each))
      problems.push(`f${String(index)} ${each.name}: ${problem}`);
  });
  graph.classes.forEach((each, index) => {
    if (each.id !== index) problems.push(`class ${String(index)} has id ${String(each.id)}`);
  });
  const paths = graph.functions.flatMap((each) => (each.path === null ? [] : [each.path]));
  if (new Set(paths).size !== paths.length) problems.push("a path is given twice");
  const cells = new Set(
    graph.functions.flatMap((each) =>
      each.blocks.flatMap((block) =>
        block.instructions.flatMap((i) => (i.kind === "cell-write" ? [i.cell] : [])),
      ),
    ),
  );
  for (const each of graph.exports)
    if (each.kind === "cell" && !cells.has(each.cell))
      problems.push(`export ${each.name}: nothing fills cell ${each.cell}`);
  if (JSON.stringify(JSON.parse(JSON.stringify(graph))) !== JSON.stringify(graph))
    problems.push("not plain JSON");
  return problems;
}

export function operandsOf(instruction: Instruction): ValueId[] {
  const found: ValueId[] = [];
  renameOperands(structuredClone(instruction), (value) => {
    found.push(value);
    return value;
  });
  return found;
}

function targetsOf(end: Terminator): number[] {
  switch (end.kind) {
    case "jump":
      return [end.to];
    case "branch":
      return [end.then, end.else];
    case "loop":
      return [end.body, end.exit];
    default:
      return [];
  }
}

function successorsOf(block: Block): Set<number> {
  return new Set([...targetsOf(block.end), ...(block.handler === null ? [] : [block.handler])]);
}

function endValues(end: Terminator): ValueId[] {
  return "value" in end && end.value !== null ? [end.value] : [];
}

function checkFunction(file: FileGraph, graph: FunctionGraph): string[] {
  const problems: string[] = [];
  const { blocks } = graph;
  blocks.forEach((block, index) => {
    if (block.id !== index) problems.push(`block ${String(index)} has id ${String(block.id)}`);
  });
  const predecessors = blocks.map(() => new Set<number>());
  for (const block of blocks) {
    for (const target of successorsOf(block)) {
      if (predecessors[target] === undefined)
        problems.push(`b${String(block.id)} leads to b${String(target)}, which is not there`);
      predecessors[target]?.add(block.id);
    }
  }
  const dominators = findDominators(blocks, predecessors, problems);
  const definedIn = new Map<ValueId, { readonly block: number; readonly point: number }>();
  const define = (value: ValueId, block: number, point: number): void => {
    if (definedIn.has(value)) problems.push(`v${String(value)} is defined twice`);
    definedIn.set(value, { block, point });
  };
  for (const block of blocks) {
    for (const phi of block.phis) define(phi.out, block.id, -1);
    block.instructions.forEach((instruction, point) => {
      if ("out" in instruction) define(instruction.out, block.id, point);
    });
  }
  if (definedIn.size !== graph.valueCount)
    problems.push(`${String(definedIn.size)} values, but valueCount is ${String(graph.valueCount)}`);
  for (let value = 0; value < graph.valueCount; value++)
    if (!definedIn.has(value)) problems.push(`v${String(value)} is not defined`);
  const dominates = (value: ValueId, block: number, point: number): boolean => {
    const at = definedIn.get(value);
    if (at === undefined) return false;
    return at.block === block ? at.point < point : isDominated(dominators, block, at.block);
  };
  for (const block of blocks) {
    for (const phi of block.phis) {
      const from = phi.inputs.map((input) => input.block);
      if (new Set(from).size !== from.length)
        problems.push(`v${String(phi.out)} has two inputs from one block`);
      if (
        from.length !== (predecessors[block.id]?.size ?? 0) ||
        from.some((each) => predecessors[block.id]?.has(each) !== true)
      ) {
        problems.push(
          `v${String(phi.out)} has inputs from ${from.join(",")}, predecessors are ${[...(predecessors[block.id] ?? [])].join(",")}`,
        );
      }
      for (const input of phi.inputs)
        if (!dominates(input.value, input.block, Infinity))
          problems.push(
            `v${String(phi.out)} reads v${String(input.value)}, which b${String(input.block)} does not have`,
          );
      if (new Set(phi.inputs.map((input) => input.value).filter((value) => value !== phi.out)).size < 2)
        problems.push(`v${String(phi.out)} is trivial`);
    }
    block.instructions.forEach((instruction, point) => {
      for (const value of operandsOf(instruction))
        if (!dominates(value, block.id, point))
          problems.push(
            `b${String(block.id)}: ${instruction.kind} reads v${String(value)} before it is defined`,
          );
      problems.push(...checkInstruction(file, graph, block, instruction, point));
    });
    for (const value of endValues(block.end))
      if (!dominates(value, block.id, Infinity))
        problems.push(`b${String(block.id)}: ${block.end.kind} reads v${String(value)} before it is defined`);
  }
  return problems;
}

function checkInstruction(
  file: FileGraph,
  graph: FunctionGraph,
  block: Block,
  instruction: Instruction,
  point: number,
): string[] {
  const problems: string[] = [];
  const [start, end] = instruction.at;
  if (start > end) problems.push(`${instruction.kind} ends before it starts`);
  if (instruction.kind === "function") {
    const callee = file.functions[instruction.function];
    if (callee === undefined)
      problems.push(`closure of function ${String(instruction.function)}, which is not there`);
    else if (callee.captures.length !== instruction.captures.length)
      problems.push(
        `closure of ${callee.name} has ${String(instruction.captures.length)} captures for ${String(callee.captures.length)} slots`,
      );
  }
  if (instruction.kind === "capture" && graph.captures[instruction.slot] === undefined)
    problems.push(`no slot ${String(instruction.slot)}`);
  if (instruction.kind === "class") {
    const made = file.classes[instruction.class];
    if (made === undefined) problems.push(`no class ${String(instruction.class)}`);
    for (const member of made?.members ?? [])
      if (member.name.kind === "computed" && member.name.value >= graph.valueCount)
        problems.push(`a member of ${made?.name ?? ""} is named by no value`);
  }
  if (instruction.kind === "import-read" && file.imports[instruction.import] === undefined)
    problems.push(`no import ${String(instruction.import)}`);
  if (instruction.kind === "catch" && point !== 0 && block.id !== 0)
    problems.push("catch is not the first instruction of its block");
  if (instruction.kind === "parameter" && graph.parameters[instruction.index] === undefined)
    problems.push(`no parameter ${String(instruction.index)}`);
  return problems;
}

/** Immediate dominators (Cooper, Harvey and Kennedy); relies on blocks being in reverse post order, and checks it. */
function findDominators(
  blocks: readonly Block[],
  predecessors: readonly ReadonlySet<number>[],
  problems: string[],
): number[] {
  const immediate: number[] = blocks.map(() => -1);
  immediate[0] = 0;
  const meet = (a: number, b: number): number => {
    while (a !== b) {
      while (a > b) a = immediate[a] ?? 0;
      while (b > a) b = immediate[b] ?? 0;
    }
    return a;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (let id = 1; id < blocks.length; id++) {
      let found = -1;
      for (const from of predecessors[id] ?? [])
        if (immediate[from] !== -1) found = found === -1 ? from : meet(from, found);
      if (found !== immediate[id]) {
        immediate[id] = found;
        changed = true;
      }
    }
  }
  immediate.forEach((dominator, id) => {
    if (dominator === -1) problems.push(`b${String(id)} cannot be reached`);
    else if (dominator > id)
      problems.push(`b${String(id)} is listed before its dominator b${String(dominator)}`);
  });
  return immediate;
}

function isDominated(immediate: readonly number[], block: number, by: number): boolean {
  for (let at = block; ; at = immediate[at] ?? 0) {
    if (at === by) return true;
    if (at <= 0) return false;
  }
}
