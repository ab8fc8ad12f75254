/** The functions of all loaded file graphs, numbered, with the tables that every later stage asks for. */
import type { FilePath } from "../../base/keys.js";
import type { Location, Span } from "../../base/location.js";
import { locate } from "../../base/location.js";
import type {
  ClassGraph,
  FileGraph,
  FunctionGraph,
  Instruction,
  Phi,
  ValueId,
} from "../../contracts/file-graph.js";
import { forOperands } from "./operands.js";

/** An instruction with its place; `point` is its index in `FunctionNode.code`. */
export type Definition =
  | { readonly kind: "instruction"; readonly instruction: Instruction; readonly point: number }
  | { readonly kind: "phi"; readonly phi: Phi; readonly block: number };

export interface FunctionNode {
  readonly index: number;
  readonly file: FilePath;
  readonly graph: FunctionGraph;
  readonly fileGraph: FileGraph;
  /** All instructions in block order. */
  readonly code: readonly Instruction[];
  /** First point of each block, by position in `graph.blocks`. */
  readonly blockStart: readonly number[];
  /** Position in `graph.blocks` of each point. */
  readonly blockOf: readonly number[];
  /** Position in `graph.blocks` by block id. */
  readonly blockById: ReadonlyMap<number, number>;
  readonly definitions: readonly (Definition | undefined)[];
  /** Points that use each value (phis and terminators not included). */
  readonly uses: readonly (readonly number[] | undefined)[];
  /** For a function that is looked at once more for one of its calls: the copy it belongs to. */
  readonly copy: Copy | null;
  /** The index of the function whose closures it runs: the original's for the outermost function of a copy. */
  readonly closureIndex: number;
  /** One for a function and all its copies. */
  readonly slotKey: number;
}

/** A function and what stands inside it, once more. */
export interface Copy {
  readonly root: FunctionNode;
  /** The copied functions by the id of their graph. */
  readonly members: ReadonlyMap<number, FunctionNode>;
  /** The classes that the copied functions make, by the id of their graph. */
  readonly classes: ReadonlyMap<number, ClassNode>;
  /** The function whose call it was made for. */
  readonly madeIn: FunctionNode;
  /** How many calls led to the copy that were told apart each. */
  readonly depth: number;
  /** The id of the only object that the method runs on, where it was made for one. */
  readonly self: number | null;
}

export interface ClassNode {
  readonly index: number;
  readonly file: FilePath;
  readonly graph: ClassGraph;
  /** The function in whose body the class is created, and the instruction's point. */
  readonly owner: FunctionNode;
  readonly point: number;
  /** The class that a copy of its maker makes once more; the class itself where it is no copy. */
  readonly origin: ClassNode | null;
}

function buildFunction(index: number, fileGraph: FileGraph, graph: FunctionGraph): FunctionNode {
  const code: Instruction[] = [];
  const blockStart: number[] = [];
  const blockOf: number[] = [];
  const blockById = new Map<number, number>();
  const definitions: (Definition | undefined)[] = [];
  const uses: number[][] = [];
  graph.blocks.forEach((block, position) => {
    blockById.set(block.id, position);
    blockStart.push(code.length);
    for (const phi of block.phis) definitions[phi.out] = { kind: "phi", phi, block: position };
    for (const instruction of block.instructions) {
      const point = code.length;
      code.push(instruction);
      blockOf.push(position);
      if ("out" in instruction) definitions[instruction.out] = { kind: "instruction", instruction, point };
      forOperands(instruction, (operand) => {
        (uses[operand] ??= []).push(point);
      });
    }
  });
  return {
    index,
    file: fileGraph.file,
    graph,
    fileGraph,
    code,
    blockStart,
    blockOf,
    blockById,
    definitions,
    uses,
    copy: null,
    closureIndex: index,
    slotKey: index,
  };
}

export class Program {
  readonly functions: FunctionNode[] = [];
  readonly classes: ClassNode[] = [];
  readonly files: FileGraph[] = [];
  private readonly firstFunction = new Map<FilePath, number>();
  private readonly graphs = new Map<FilePath, FileGraph>();
  private readonly classIndex = new Map<string, ClassNode>();

  constructor(graphs: Iterable<FileGraph>) {
    for (const graph of graphs) this.addFile(graph);
  }

  addFile(graph: FileGraph): void {
    this.files.push(graph);
    this.graphs.set(graph.file, graph);
    this.firstFunction.set(graph.file, this.functions.length);
    for (const each of graph.functions) {
      const node = buildFunction(this.functions.length, graph, each);
      this.functions.push(node);
    }
    for (const node of this.functions.slice(this.firstFunction.get(graph.file)))
      for (const [id, made] of this.addClasses(node))
        this.classIndex.set(`${graph.file}:${String(id)}`, made);
  }

  /** The classes that a function makes, by the id of their graph. */
  private addClasses(owner: FunctionNode): ReadonlyMap<number, ClassNode> {
    const made = new Map<number, ClassNode>();
    owner.code.forEach((instruction, point) => {
      if (instruction.kind !== "class") return;
      const graph = owner.fileGraph.classes[instruction.class];
      if (graph === undefined) return;
      const origin = this.classIndex.get(`${owner.file}:${String(instruction.class)}`) ?? null;
      const node: ClassNode = { index: this.classes.length, file: owner.file, graph, owner, point, origin };
      this.classes.push(node);
      made.set(instruction.class, node);
    });
    return made;
  }

  /** Puts another instruction in a place that gives the same value. */
  replace(node: FunctionNode, point: number, instruction: Instruction & { readonly out: ValueId }): void {
    (node.code as Instruction[])[point] = instruction;
    (node.definitions as (Definition | undefined)[])[instruction.out] = {
      kind: "instruction",
      instruction,
      point,
    };
  }

  graphOf(file: FilePath): FileGraph | undefined {
    return this.graphs.get(file);
  }

  functionOf(file: FilePath, id: number): FunctionNode | undefined {
    const first = this.firstFunction.get(file);
    return first === undefined ? undefined : this.functions[first + id];
  }

  /**
   * The function of an id in the same file as it is seen from a function: inside a copy, that copy's, else that of
   * the copy in which the copied function was made.
   */
  functionIn(node: FunctionNode, id: number): FunctionNode | undefined {
    for (let copy = node.copy; copy !== null; copy = copy.root.copy) {
      const member = copy.members.get(id);
      if (member !== undefined) return member;
    }
    return this.functionOf(node.file, id);
  }

  /** Is the function the other one, or does it stand inside of it at any depth? */
  isWithin(node: FunctionNode, outer: FunctionNode): boolean {
    if (node.file !== outer.file) return false;
    for (let each: FunctionNode | undefined = node; each !== undefined;) {
      if (each === outer) return true;
      each = each.graph.parent === null ? undefined : this.functionIn(each, each.graph.parent);
    }
    return false;
  }

  /** A function and all that stand inside it, the function first. */
  familyOf(node: FunctionNode): readonly FunctionNode[] {
    const inside = new Set([node.graph.id]);
    const family = [node];
    // A function stands behind the one it stands in.
    for (const each of node.fileGraph.functions.slice(node.graph.id + 1)) {
      if (each.parent === null || !inside.has(each.parent)) continue;
      inside.add(each.id);
      const member = this.functionOf(node.file, each.id);
      if (member !== undefined) family.push(member);
    }
    return family;
  }

  /** A function and what stands inside it once more, the function first. */
  copy(
    root: FunctionNode,
    madeIn: FunctionNode,
    self: number | null = root.copy?.self ?? null,
    /** What the copy looks like, where that is not as the function does. */
    graph: FunctionGraph = root.graph,
  ): readonly FunctionNode[] {
    const members = new Map<number, FunctionNode>();
    const classes = new Map<number, ClassNode>();
    const isOfCall = self === (root.copy?.self ?? null);
    const depth = (madeIn.copy?.depth ?? 0) + (isOfCall ? 1 : 0);
    const copy: Copy = { root, members, classes, madeIn, depth, self };
    const first = this.functions.length;
    const copies = this.familyOf(root).map((node, index) => ({
      ...(index === 0 && graph !== root.graph ? buildFunction(first, root.fileGraph, graph) : node),
      slotKey: node.slotKey,
      index: first + index,
      copy,
      closureIndex: index === 0 ? root.closureIndex : first + index,
    }));
    for (const node of copies) {
      members.set(node.graph.id, node);
      this.functions.push(node);
      for (const [id, made] of this.addClasses(node)) classes.set(id, made);
    }
    return copies;
  }

  moduleOf(file: FilePath): FunctionNode | undefined {
    return this.functionOf(file, 0);
  }

  /** The class of an id in the same file as it is seen from a function: inside a copy, that copy's. */
  classIn(node: FunctionNode, id: number): ClassNode | undefined {
    for (let copy = node.copy; copy !== null; copy = copy.root.copy) {
      const made = copy.classes.get(id);
      if (made !== undefined) return made;
    }
    return this.classIndex.get(`${node.file}:${String(id)}`);
  }

  /** The class whose member (or constructor, or initialiser) a function is. */
  homeClass(node: FunctionNode): ClassNode | undefined {
    return node.graph.class === null ? undefined : this.classIn(node, node.graph.class);
  }

  /** A member of a class, its constructor or its initialiser, of the class's own copy. */
  memberOf({ owner }: ClassNode, id: number): FunctionNode | undefined {
    return this.functionIn(owner, id);
  }
}

/** The method itself as it runs on one object. */
export function isMethodOfOne({ copy, graph }: FunctionNode): boolean {
  if (copy === null || copy.self === null || copy.root.graph !== graph) return false;
  return copy.root.copy === null || isOfMadeClass(copy.root);
}

/** A method of a class that is made in a function, in a copy that one of the function's calls has of it. */
export function isOfMadeClass({ copy, graph }: FunctionNode): boolean {
  return copy !== null && copy.self === null && copy.root.graph !== graph;
}

export function locationOf(node: FunctionNode, span: Span): Location {
  const { file, shownIn, lineStarts } = node.fileGraph;
  return locate(shownIn ?? file, lineStarts, span);
}
