/** Guards that ask whether a guardian consented, and not to which version of the notice, or always to the same. */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { UnversionedGuard } from "../../../contracts/flow.js";
import { operandsOf } from "../../program/operands.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { locationOf } from "../../program/program.js";
import { endsBlock, joinedInto } from "../../program/value-ends.js";
import { versionsAskedIn, versionWord } from "./asked-versions.js";
import type { Guards } from "./guards.js";

/** The day of a text, which a consent has to be younger than. */
const day = /^\d{4}-\d{2}-\d{2}/u;
/** Calls between a guard and what it asks. */
const deepest = 4;

/** Writes down what it is given, and does nothing with it. */
const logging = /^console\.|(?:^|\.)(?:log|logger)\.(?:log|trace|debug|info|warn|error)$/u;

/** What a function says by itself, and what it runs. */
interface Body {
  readonly isAbout: boolean;
  /** The versions that it asks for; null among them: one that is not known. */
  readonly asked: readonly (string | null)[];
  readonly callees: readonly FunctionNode[];
}

export function unversionedGuards(pointsTo: PointsTo, guards: Guards): UnversionedGuard[] {
  const { program } = pointsTo;
  const versions = new Versions(pointsTo);
  const functions = program.functions.filter(({ copy }) => copy === null);
  const marked = functions.flatMap((node) => {
    const mark = guards.ofFunction(node).find(({ kind }) => kind === "guard");
    const asked = mark === undefined ? null : versions.askedBy([node]);
    if (mark === undefined || asked === null) return [];
    return [{ name: mark.name, location: locationOf(node, node.graph.nameAt), asked }];
  });
  const classes = program.classes.flatMap((home) => {
    const mark = guards.ofClass(home).find(({ kind }) => kind === "guard");
    if (mark === undefined) return [];
    const members = functions.filter((node) => program.homeClass(node) === home);
    const isAsking = members.some(({ graph }) => graph.kind === "method");
    const asked = isAsking ? versions.askedBy(members) : null;
    if (asked === null) return [];
    return [{ name: mark.name, location: locationOf(home.owner, home.graph.nameAt), asked }];
  });
  return [...marked, ...classes];
}

class Versions {
  private readonly bodies = new Map<FunctionNode, Body>();
  /** Variables of modules, by file and name. */
  private readonly cells = new Map<string, boolean>();

  constructor(private readonly pointsTo: PointsTo) {}

  /**
   * The versions that are asked for in the guard and in what it calls, none where nobody speaks of a version. Null: which
   * one is asked for is not known.
   */
  askedBy(guard: readonly FunctionNode[]): readonly string[] | null {
    if (guard.some((node) => this.isHanded(node))) return null;
    const bodies = this.bodiesFrom(guard);
    if (!bodies.some(({ isAbout }) => isAbout)) return [];
    const asked = bodies.flatMap((body) => body.asked);
    const known = asked.filter((each) => each !== null);
    return known.length > 0 && known.length === asked.length ? [...new Set(known)] : null;
  }

  private bodiesFrom(guard: readonly FunctionNode[]): readonly Body[] {
    const seen = new Set(guard);
    const bodies: Body[] = [];
    let level = guard;
    for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
      bodies.push(...level.map((node) => this.bodyOf(node)));
      const next = level.flatMap((node) => this.bodyOf(node).callees);
      level = [...new Set(next)].filter((node) => !seen.has(node));
      for (const node of level) seen.add(node);
    }
    return bodies;
  }

  private isHanded(guard: FunctionNode): boolean {
    return this.pointsTo.callersOf(guard).some(({ site: { instruction, caller } }) => {
      const given = instruction.kind === "call" ? instruction.arguments : [];
      return given.some(({ value }) => {
        const definition = caller.definitions[value];
        return definition?.kind === "instruction" && isAboutVersion(caller, definition.instruction);
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
      node.graph.parameters.some(({ name }) => name !== null && versionWord.test(name)) ||
      node.code.some(
        (each) =>
          isAboutVersion(node, each) ||
          (each.kind === "cell-read" && this.isMadeOfVersion(node.file, each.cell)),
      );
    const sites = node.code.flatMap((_, point) => this.pointsTo.findSite(node, point) ?? []);
    const edges = sites.flatMap((site) => [...site.edges.values(), ...site.callbacks.values()]);
    const asked = versionsAskedIn(this.pointsTo, node);
    return { isAbout, asked, callees: [...new Set(edges.map(({ callee }) => callee))] };
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
      if (isAboutVersion(module, instruction)) return true;
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

function isAboutVersion(node: FunctionNode, instruction: Instruction): boolean {
  switch (instruction.kind) {
    case "constant":
      return (
        typeof instruction.value === "string" &&
        (isAskedInText(instruction.value) || day.test(instruction.value)) &&
        !isOnlyLogged(node, instruction.out)
      );
    case "template":
      return isAskedInText(instruction.texts.join("?")) && !isOnlyLogged(node, instruction.out);
    case "load":
      return (
        instruction.property.kind === "name" &&
        versionWord.test(instruction.property.name) &&
        !isOnlyLogged(node, instruction.out)
      );
    case "store":
      return instruction.property.kind === "name" && versionWord.test(instruction.property.name);
    case "cell-read":
      return versionWord.test(instruction.cell) && !isOnlyLogged(node, instruction.out);
    case "call":
      return versionWord.test(instruction.name);
    case "declare":
      return versionWord.test(instruction.name) && !isOnlyLogged(node, instruction.out);
    default:
      return false;
  }
}

/** A column that is only selected says nothing: what is done with it does. */
function isAskedInText(text: string): boolean {
  const selected = /^\s*select\b[^()]*?\bfrom\b/iu.exec(text);
  return versionWord.test(selected === null ? text : text.slice(selected[0].length));
}

/** All that becomes of the value is written to a log. */
function isOnlyLogged(node: FunctionNode, value: ValueId, depth = 0): boolean {
  const uses = node.uses[value] ?? [];
  const joins = joinedInto(node, value);
  if (depth > deepest || uses.length + joins.length === 0) return false;
  if (endsBlock(node, value, "branch") || endsBlock(node, value, "return")) return false;
  return (
    uses.every((point) => {
      const use = node.code[point];
      if (use?.kind === "call")
        return logging.test(use.name) && use.arguments.some((each) => each.value === value);
      const isTaken = use?.kind === "declare" || use?.kind === "template" || use?.kind === "binary";
      return isTaken && isOnlyLogged(node, use.out, depth + 1);
    }) && joins.every((each) => isOnlyLogged(node, each, depth + 1))
  );
}
