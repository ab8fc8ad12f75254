/**
 * Runs a file graph. Lowering is right if a program does the same when its graph is run as when the program is:
 * closures of the graph become JavaScript functions, so that builtin methods can call them.
 */
import type {
  Block,
  FileGraph,
  FunctionGraph,
  Instruction,
  Phi,
  ValueId,
} from "../../../src/contracts/file-graph.js";
import { createClass, initializeFields } from "./run-classes.js";
import { evaluateOperator } from "./run-operators.js";
import type { Callable, Frame, Keyed, RunState, Step } from "./run-state.js";
import { keyOf } from "./run-state.js";

/** Runs the module body; `globals` are what free identifiers mean. Resolves when the module has ended. */
export async function runGraph(file: FileGraph, globals: ReadonlyMap<string, unknown>): Promise<RunState> {
  const state: RunState = {
    file,
    globals: new Map(globals),
    cells: new Map(),
    module: { exports: {} },
    homes: new Map(),
    close: (id, captures) => closure(state, id, captures),
    invoke: (id, captures, self, args, target) => {
      const graph = functionOf(file, id);
      return finishSync(execute({ state, graph, captures, self, args, target, home: homeOf(state, graph) }));
    },
  };
  const graph = functionOf(file, 0);
  await finishAsync(
    execute({ state, graph, captures: [], self: undefined, args: [], target: undefined, home: undefined }),
  );
  return state;
}

function functionOf(file: FileGraph, id: number): FunctionGraph {
  const graph = file.functions[id];
  if (graph === undefined) throw new Error(`no function ${String(id)}`);
  return graph;
}

function homeOf(state: RunState, graph: FunctionGraph): Keyed | undefined {
  const made = graph.class === null ? undefined : state.homes.get(graph.class);
  return made === undefined
    ? undefined
    : ((graph.static ? Object.getPrototypeOf(made) : Object.getPrototypeOf(made.prototype)) as
        Keyed | undefined);
}

function closure(state: RunState, id: number, captures: readonly unknown[]): Callable {
  const graph = functionOf(state.file, id);
  const begin = (
    self: unknown,
    args: readonly unknown[],
    target: unknown,
  ): Generator<Step, unknown, unknown> =>
    execute({ state, graph, captures, self, args, target, home: homeOf(state, graph) });
  if (graph.generator && graph.async) {
    return async function* (this: unknown, ...args: unknown[]) {
      const run = begin(this, args, undefined);
      for (let step = run.next(); ;) {
        if (step.done === true) return step.value;
        if (step.value.kind === "yield") step = yield* resumeWith(run, step.value);
        else step = await settle(run, step.value.value);
      }
    };
  }
  if (graph.generator) {
    return function* (this: unknown, ...args: unknown[]) {
      const run = begin(this, args, undefined);
      for (let step = run.next(); ;) {
        if (step.done === true) return step.value;
        const { value } = step;
        let sent: unknown;
        try {
          sent = value.delegate === true ? yield* value.value as Iterable<unknown> : yield value.value;
        } catch (error) {
          step = run.throw(error);
          continue;
        }
        step = run.next(sent);
      }
    };
  }
  if (graph.async) {
    return function (this: unknown, ...args: unknown[]) {
      return finishAsync(begin(this, args, undefined));
    };
  }
  return function (this: unknown, ...args: unknown[]) {
    return finishSync(begin(this, args, new.target));
  };
}

async function* resumeWith(
  run: Generator<Step, unknown, unknown>,
  step: Step,
): AsyncGenerator<unknown, IteratorResult<Step, unknown>, unknown> {
  let sent: unknown;
  try {
    sent = step.delegate === true ? yield* step.value as AsyncIterable<unknown> : yield step.value;
  } catch (error) {
    return run.throw(error);
  }
  return run.next(sent);
}

async function settle(
  run: Generator<Step, unknown, unknown>,
  value: unknown,
): Promise<IteratorResult<Step, unknown>> {
  let result: unknown;
  try {
    result = await value;
  } catch (error) {
    return run.throw(error);
  }
  return run.next(result);
}

function finishSync(run: Generator<Step, unknown, unknown>): unknown {
  const step = run.next();
  if (step.done !== true)
    throw new Error(`${step.value.kind} in a function that is neither async nor a generator`);
  return step.value;
}

async function finishAsync(run: Generator<Step, unknown, unknown>): Promise<unknown> {
  for (let step = run.next(); ; step = await settle(run, step.value.value))
    if (step.done === true) return step.value;
}

/** One iteration of a loop: the iterator, and the element that `iterate` gives. */
interface Iteration {
  readonly iterator: Iterator<unknown> | AsyncIterator<unknown>;
  readonly awaited: boolean;
  /** `for await` over a plain iterable waits for its elements. */
  readonly settles: boolean;
  element: unknown;
}

function* execute(frame: Frame): Generator<Step, unknown, unknown> {
  const { graph } = frame;
  const values: unknown[] = [];
  const iterations = new Map<number, Iteration>();
  let block = blockAt(graph, 0);
  let from = -1;
  let thrown: unknown;
  for (let fuel = 200_000; fuel > 0; fuel--) {
    enterPhis(block.phis, from, values);
    let to: number;
    try {
      for (const instruction of block.instructions) {
        if (instruction.kind === "await")
          values[instruction.out] = yield { kind: "await", value: values[instruction.value] };
        else if (instruction.kind === "yield") {
          const value = instruction.value === null ? undefined : values[instruction.value];
          values[instruction.out] = yield { kind: "yield", value, delegate: instruction.delegate };
        } else if (instruction.kind === "catch") values[instruction.out] = thrown;
        else if (instruction.kind === "iterate") values[instruction.out] = iterations.get(from)?.element;
        else run(frame, values, instruction);
      }
      const { end } = block;
      if (end.kind === "return") return end.value === null ? undefined : values[end.value];
      if (end.kind === "throw") throw values[end.value];
      if (end.kind === "loop") {
        if (from < block.id || !iterations.has(block.id))
          iterations.set(block.id, startIteration(blockAt(graph, end.body), values));
        const iteration = iterations.get(block.id);
        let next: IteratorResult<unknown> = { done: true, value: undefined };
        if (iteration !== undefined) {
          const stepped = iteration.iterator.next();
          next = (
            iteration.awaited ? yield { kind: "await", value: stepped } : stepped
          ) as IteratorResult<unknown>;
          iteration.element = iteration.settles ? yield { kind: "await", value: next.value } : next.value;
        }
        to = next.done === true ? end.exit : end.body;
      } else if (end.kind === "branch") {
        const value = values[end.value];
        const holds = end.test === "truthy" ? Boolean(value) : value !== undefined && value !== null;
        to = holds ? end.then : end.else;
      } else if (end.kind === "jump") to = end.to;
      else throw new Error("unreachable code is run");
    } catch (error) {
      if (block.handler === null) throw error;
      thrown = error;
      to = block.handler;
    }
    from = block.id;
    block = blockAt(graph, to);
  }
  throw new Error("the program does not end");
}

function blockAt(graph: FunctionGraph, id: number): Block {
  const block = graph.blocks[id];
  if (block === undefined) throw new Error(`no block ${String(id)}`);
  return block;
}

function enterPhis(phis: readonly Phi[], from: number, values: unknown[]): void {
  const read = phis.map((phi) => {
    const input = phi.inputs.find((each) => each.block === from);
    if (input === undefined) throw new Error(`no input from block ${String(from)}`);
    return values[input.value];
  });
  phis.forEach((phi, index) => (values[phi.out] = read[index]));
}

function startIteration(body: Block, values: readonly unknown[]): Iteration {
  const iterate = body.instructions.find((each) => each.kind === "iterate");
  if (iterate === undefined) throw new Error("a loop without iterate");
  const object = values[iterate.object] as Iterable<unknown> & AsyncIterable<unknown>;
  if (iterate.mode === "in") {
    const keys: string[] = [];
    for (const key in object) keys.push(key);
    return { iterator: keys[Symbol.iterator](), awaited: false, settles: false, element: undefined };
  }
  const isAsync = iterate.mode === "await";
  const iterator =
    isAsync && Symbol.asyncIterator in object ? object[Symbol.asyncIterator]() : object[Symbol.iterator]();
  return {
    iterator,
    awaited: isAsync,
    settles: isAsync && !(Symbol.asyncIterator in object),
    element: undefined,
  };
}

function run(frame: Frame, values: unknown[], instruction: Instruction): void {
  const value = evaluate(frame, values, instruction);
  if ("out" in instruction) values[instruction.out] = value;
}

function evaluate(frame: Frame, values: readonly unknown[], i: Instruction): unknown {
  const { state } = frame;
  const at = (id: ValueId): unknown => values[id];
  switch (i.kind) {
    case "parameter":
      return frame.graph.parameters[i.index]?.rest === true ? frame.args.slice(i.index) : frame.args[i.index];
    case "arguments":
      return frame.args;
    case "this":
      return frame.self;
    case "new-target":
      return frame.target;
    case "capture":
      return frame.captures[i.slot];
    case "box":
      return { value: undefined };
    case "box-read":
      return (at(i.box) as { value: unknown }).value;
    case "box-write":
      (at(i.box) as { value: unknown }).value = at(i.value);
      return undefined;
    case "cell-read":
      return state.cells.get(i.cell);
    case "cell-write":
      return state.cells.set(i.cell, at(i.value));
    case "global":
      return state.globals.has(i.name) ? state.globals.get(i.name) : (globalThis as unknown as Keyed)[i.name];
    case "global-write":
      return state.globals.set(i.name, at(i.value));
    case "module-exports":
      return state.module.exports;
    case "module-exports-write":
      return (state.module.exports = at(i.value));
    case "function":
      return state.close(i.function, i.captures.map(at));
    case "class":
      return createClass(state, i, values);
    case "super-load":
      return Reflect.get(frame.home ?? {}, keyOf(i.property, values), frame.self);
    case "super-call": {
      const parent =
        frame.graph.class === null
          ? undefined
          : (Object.getPrototypeOf(state.homes.get(frame.graph.class)) as Callable & {
              construct?: (self: unknown, args: readonly unknown[]) => void;
            });
      const args = argumentsOf(i.arguments, values);
      if (parent?.construct !== undefined) parent.construct(frame.self, args);
      else if (frame.self instanceof Error) frame.self.message = String(args[0]);
      if (frame.graph.class !== null) initializeFields(state, frame.graph.class, frame.self);
      return frame.self;
    }
    case "call":
      return call(i, values);
    default:
      return evaluateOperator(i, values);
  }
}

function argumentsOf(
  args: Extract<Instruction, { kind: "super-call" }>["arguments"],
  values: readonly unknown[],
): unknown[] {
  return args.flatMap((each) =>
    each.spread ? [...(values[each.value] as Iterable<unknown>)] : [values[each.value]],
  );
}

function call(i: Extract<Instruction, { kind: "call" }>, values: readonly unknown[]): unknown {
  const callee = values[i.callee];
  if (i.decorates !== undefined) return undefined;
  if (typeof callee !== "function") throw new TypeError(`${i.name} is not a function`);
  const args = argumentsOf(i.arguments, values);
  if (i.template !== undefined) args.unshift(i.template);
  const construct = callee as unknown as new (...args: unknown[]) => unknown;
  return i.new
    ? new construct(...args)
    : (callee as Callable).apply(i.receiver === null ? undefined : values[i.receiver], args);
}
