/** Guards that ask whether a guardian consented, and not to which version of the notice. */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { MarkedGuard } from "../../../contracts/flow.js";
import { operandsOf } from "../../program/operands.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { locationOf } from "../../program/program.js";
import type { Guards } from "./guards.js";

/** Words that the version of a notice goes by. */
const version = /version|notice|policy|terms|revision/iu;
/** The day of a text, which a consent has to be younger than. */
const day = /^\d{4}-\d{2}-\d{2}/u;
/** Calls between a guard and what it asks. */
const deepest = 4;

/** What a function says by itself, and what it runs. */
interface Body {
  readonly isAbout: boolean;
  readonly callees: readonly FunctionNode[];
}

export function unversionedGuards(pointsTo: PointsTo, guards: Guards): MarkedGuard[] {
  const { program } = pointsTo;
  const versions = new Versions(pointsTo);
  const functions = program.functions.filter(({ copy }) => copy === null);
  const marked = functions.flatMap((node) => {
    const mark = guards.ofFunction(node).find(({ kind }) => kind === "guard");
    if (mark === undefined || versions.isAsked(node)) return [];
    return [{ name: mark.name, location: locationOf(node, node.graph.nameAt) }];
  });
  const classes = program.classes.flatMap((home) => {
    const mark = guards.ofClass(home).find(({ kind }) => kind === "guard");
    if (mark === undefined) return [];
    const members = functions.filter((node) => program.homeClass(node) === home);
    const isAsking = members.some(({ graph }) => graph.kind === "method");
    if (!isAsking || members.some((node) => versions.isAsked(node))) return [];
    return [{ name: mark.name, location: locationOf(home.owner, home.graph.nameAt) }];
  });
  return [...marked, ...classes];
}

class Versions {
  private readonly bodies = new Map<FunctionNode, Body>();
  /** Variables of modules, by file and name. */
  private readonly cells = new Map<string, boolean>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** In the guard, in what it calls, or in what it is handed somebody speaks of a version. */
  isAsked(node: FunctionNode): boolean {
    return this.isSpokenOf(node) || this.isHanded(node);
  }

  private isSpokenOf(guard: FunctionNode): boolean {
    const seen = new Set([guard]);
    let level: readonly FunctionNode[] = [guard];
    for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
      if (level.some((node) => this.bodyOf(node).isAbout)) return true;
      const next = level.flatMap((node) => this.bodyOf(node).callees);
      level = [...new Set(next)].filter((node) => !seen.has(node));
      for (const node of level) seen.add(node);
    }
    return false;
  }

  private isHanded(guard: FunctionNode): boolean {
    return this.pointsTo.callersOf(guard).some(({ site: { instruction, caller } }) => {
      const given = instruction.kind === "call" ? instruction.arguments : [];
      return given.some(({ value }) => {
        const definition = caller.definitions[value];
        return definition?.kind === "instruction" && isAboutVersion(definition.instruction);
      });
    });
  }

  private bodyOf(node: FunctionNode): Body {
    let found = this.bodies.get(node);
    if (found === undefined) this.bodies.set(node, (found = this.readBody(node)));
    return found;
  }

  private readBody(node: FunctionNode): Body {
    const isAbout =
      node.graph.parameters.some(({ name }) => name !== null && version.test(name)) ||
      node.code.some(
        (each) =>
          isAboutVersion(each) || (each.kind === "cell-read" && this.isMadeOfVersion(node.file, each.cell)),
      );
    const sites = node.code.flatMap((_, point) => this.pointsTo.findSite(node, point) ?? []);
    const edges = sites.flatMap((site) => [...site.edges.values(), ...site.callbacks.values()]);
    return { isAbout, callees: [...new Set(edges.map(({ callee }) => callee))] };
  }

  /** `const digest = hash(readFileSync("notice.md"))`: what a variable of the module is made of. */
  private isMadeOfVersion(file: FunctionNode["file"], cell: string): boolean {
    const key = `${file} ${cell}`;
    const known = this.cells.get(key);
    if (known !== undefined) return known;
    // What is made of itself is made of nothing more.
    this.cells.set(key, false);
    const module = this.pointsTo.program.moduleOf(file);
    const written = module?.code.find((each) => each.kind === "cell-write" && each.cell === cell);
    const isMade =
      module !== undefined && written?.kind === "cell-write" && this.isMadeOf(module, written.value);
    this.cells.set(key, isMade);
    return isMade;
  }

  private isMadeOf(module: FunctionNode, value: ValueId): boolean {
    const queue = [value];
    const seen = new Set(queue);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const definition = module.definitions[next];
      if (definition?.kind !== "instruction") continue;
      const { instruction } = definition;
      if (isAboutVersion(instruction)) return true;
      if (instruction.kind === "cell-read" && this.isMadeOfVersion(module.file, instruction.cell))
        return true;
      for (const operand of operandsOf(instruction))
        if (!seen.has(operand)) {
          seen.add(operand);
          queue.push(operand);
        }
    }
    return false;
  }
}

function isAboutVersion(instruction: Instruction): boolean {
  switch (instruction.kind) {
    case "constant":
      return (
        typeof instruction.value === "string" &&
        (version.test(instruction.value) || day.test(instruction.value))
      );
    case "template":
      return instruction.texts.some((text) => version.test(text));
    case "load":
    case "store":
      return instruction.property.kind === "name" && version.test(instruction.property.name);
    case "cell-read":
      return version.test(instruction.cell);
    case "call":
    case "declare":
      return version.test(instruction.name);
    default:
      return false;
  }
}
