/**
 * Whom a guard was asked about, by the name of its parameter: what is kept names somebody else under the same name.
 * `mustConsent(form.siblingId)` of a `childId`, and then `create({ childId: form.childId, name: form.name })`.
 */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import { namesOfParameter } from "./constant-subjects.js";
import { storesInto } from "./object-words.js";
import type { Frame, Part } from "./subject-parts.js";
import { climb, isElement, partsOf } from "./subject-parts.js";

/** Rows inside of options inside of a call. */
const deepest = 4;

interface Named {
  readonly name: string;
  readonly parts: readonly Part[];
}

export class NamedSubjects {
  private readonly kept: readonly Named[];

  constructor(
    private readonly frames: readonly Frame[],
    operation: CallSite,
  ) {
    const [first] = frames;
    const { instruction, caller } = operation;
    this.kept =
      first === undefined || first.node !== caller || instruction.kind !== "call"
        ? []
        : instruction.arguments
            .flatMap(({ value }) => namedIn(caller, value, 0))
            .map(({ name, value }) => ({ name, parts: climb(frames, 0, partsOf(caller, value)) }));
  }

  /** The guard that is called from a frame is asked about somebody else than what is kept names. */
  isAboutOther({ edges, instruction, caller }: CallSite, frame: number): boolean {
    if (instruction.kind !== "call" || this.kept.length === 0) return false;
    return instruction.arguments.some(({ value }, index) => {
      const names = new Set(namesOfParameter(edges, index).map(plain));
      const own = this.kept.filter(({ name }) => names.has(name));
      if (own.length === 0) return false;
      const asked = climb(this.frames, frame, partsOf(caller, value));
      const isKept = this.kept.some(({ parts }) => areSame(asked, parts));
      return !isKept && own.every(({ parts }) => areBeside(asked, parts));
    });
  }
}

/** The properties of the objects that are made where they stand. */
function namedIn(
  node: FunctionNode,
  value: ValueId,
  depth: number,
): readonly { readonly name: string; readonly value: ValueId }[] {
  const definition = node.definitions[originOf(node, value)];
  if (depth > deepest || definition?.kind !== "instruction") return [];
  const { kind } = definition.instruction;
  if (kind !== "object" && kind !== "array") return [];
  return storesInto(node, originOf(node, value)).flatMap((each) => [
    { name: plain(each.property), value: each.value },
    ...namedIn(node, each.value, depth + 1),
  ]);
}

function areSame(some: readonly Part[], others: readonly Part[]): boolean {
  return some.some((one) =>
    others.some((other) => isOfOne(one, other) && one.path.join(".") === other.path.join(".")),
  );
}

/** Two properties of one object. */
function areBeside(some: readonly Part[], others: readonly Part[]): boolean {
  return some.some((one) =>
    others.some((other) => {
      const [a, b] = [one.path.at(-1), other.path.at(-1)];
      return (
        isOfOne(one, other) &&
        one.path.length === other.path.length &&
        a !== b &&
        !isElement(a) &&
        !isElement(b) &&
        one.path.slice(0, -1).join(".") === other.path.slice(0, -1).join(".")
      );
    }),
  );
}

function isOfOne(one: Part, other: Part): boolean {
  return one.node === other.node && one.base === other.base;
}

/** `child_id`, `childId` */
function plain(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}
