/**
 * What is known when something runs before one entry: what the entry's decorators say under a key, the address that it
 * is reached under, and what the call that made a handler was given (`Consent("asked")`).
 */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import { capturedFrom } from "../../program/captured-from.js";
import type { ModelAt } from "../../program/model-at.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { readModels } from "../../models/read-flows.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import { rolesOf } from "./decorated-entries.js";
import { coveredAt } from "./covered-addresses.js";
import { NotedAnswers, type EntryAnswers } from "./entry-answers.js";
import { constantMembers } from "../../constants/constant-members.js";
import { foldValues } from "../../constants/constants.js";
import { foldedConstant } from "../evidence/folded-constant.js";
import type { GivenFacts, Known } from "../handlers/given-facts.js";
import type { Scalar } from "../evidence/outcome.js";
import { constantOf } from "../evidence/outcome.js";
import { textTest } from "../handlers/text-tests.js";

/** What a value may be: one, or one for each of the addresses that are like the entry's. */
interface Told {
  readonly values: readonly Scalar[];
  readonly isTold: boolean;
}

/** What the parameters of a callback are, while one run of it is looked at. */
type Bindings = ReadonlyMap<FunctionNode, Scalar>;

const deepest = 10;
/** What may stand for a parameter of an address. */
const stands = ["7", "42", "abc", "A", "a.png", "x_y-1", "0b9c1f4e-5d6a-4c1b-8e2f-3a4b5c6d7e8f"];
const unbound: Bindings = new Map();

export class EntryFacts implements GivenFacts {
  readonly key: string;
  private readonly answers: NotedAnswers;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly modelsAt: (site: CallSite) => readonly ModelAt[],
    answers: EntryAnswers,
    private readonly madeBy: CallSite | null,
  ) {
    const { entry } = answers;
    const tags = rolesOf(entry.decorations, "tags").map(
      ({ decoration: { site, at } }) => `${site.id}@${at.id}`,
    );
    this.key = `${tags.join()}|${madeBy?.id ?? ""}|${entry.method ?? ""} ${entry.path ?? "-"}`;
    this.answers = new NotedAnswers(answers);
  }

  /** All that was told so far holds for another entry, too. */
  holdFor(other: EntryAnswers): boolean {
    return this.answers.agreeWith(other);
  }

  valueOf(node: FunctionNode, value: ValueId): Known | null {
    const told = this.evaluate(node, value, 0, unbound);
    const [first, ...others] = told?.values ?? [];
    return told === null || told.values.length === 0 || others.some((other) => other !== first)
      ? null
      : { value: first, isTold: told.isTold };
  }

  private evaluate(node: FunctionNode, value: ValueId, depth: number, bound: Bindings): Told | null {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction, point } = definition;
    const again = (other: ValueId): Told | null => this.evaluate(node, other, depth + 1, bound);
    switch (instruction.kind) {
      case "constant":
        return { values: [constantOf(instruction)], isTold: false };
      case "await":
        return again(instruction.value);
      case "unary": {
        const operand = instruction.operator === "!" ? again(instruction.operand) : null;
        return operand === null ? null : { ...operand, values: operand.values.map((each) => !each) };
      }
      case "binary":
        return this.ofComparison(instruction, again);
      case "parameter":
        if (instruction.index === 0 && bound.has(node)) return { values: [bound.get(node)], isTold: true };
        return this.ofParameter(node, instruction.index);
      case "capture":
        return this.ofCapture(node, instruction.slot, depth, bound);
      case "call":
        return this.ofCall(node, instruction, point, depth, bound);
      case "load":
        return this.ofRequest(node, instruction) ?? this.folded(node, value);
      case "cell-read":
      case "import-read":
        return this.folded(node, value);
      default:
        return null;
    }
  }

  private ofComparison(
    { operator, left, right }: InstructionOf<"binary">,
    again: (value: ValueId) => Told | null,
  ): Told | null {
    if (!/^[!=]==?$/u.test(operator)) return null;
    const one = again(left);
    const other = again(right);
    if (one === null || other === null) return null;
    const values = one.values.flatMap((a) =>
      other.values.map((b) => {
        const isLoose = operator.length === 2 && (a == null || b == null);
        return (isLoose ? a == null && b == null : a === b) === operator.startsWith("=");
      }),
    );
    return { values, isTold: one.isTold || other.isTold };
  }

  private folded(node: FunctionNode, value: ValueId): Told | null {
    const found = foldedConstant(this.pointsTo, node, value);
    return found === null ? null : { values: [found.value], isTold: false };
  }

  /** `request.nextUrl.pathname`, `request.method` */
  private ofRequest(node: FunctionNode, { object, property }: InstructionOf<"load">): Told | null {
    if (property.kind !== "name") return null;
    const { models } = readModels(this.pointsTo, node, object, property.name);
    const roles = models.flatMap(({ model }) => model.roles);
    if (roles.some((role) => role.kind === "route" && role.fact === "method")) {
      const { method } = this.answers;
      if (method !== null) return { values: [method], isTold: true };
    }
    if (!roles.some((role) => role.kind === "means" && role.what === "path")) return null;
    const { samples } = this.answers;
    return samples.length > 0 ? { values: samples, isTold: true } : null;
  }

  private ofParameter(node: FunctionNode, index: number): Told | null {
    const { madeBy } = this;
    if (madeBy?.instruction.kind !== "call") return null;
    const isMaker = [...madeBy.edges.values()].some(
      ({ callee }) => callee.graph === node.graph && callee.file === node.file,
    );
    if (!isMaker) return null;
    const given = madeBy.instruction.arguments[index];
    if (given === undefined) return { values: [undefined], isTold: true };
    const found = foldedConstant(this.pointsTo, madeBy.caller, given.value);
    return found === null ? null : { values: [found.value], isTold: true };
  }

  private ofCapture(node: FunctionNode, slot: number, depth: number, bound: Bindings): Told | null {
    const captured = capturedFrom(this.pointsTo, node, slot);
    return captured === null ? null : this.evaluate(captured.node, captured.value, depth + 1, bound);
  }

  private ofCall(
    node: FunctionNode,
    call: InstructionOf<"call">,
    point: number,
    depth: number,
    bound: Bindings,
  ): Told | null {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return null;
    for (const { model, names } of site.foreign.size === 0 ? [] : this.modelsAt(site))
      for (const role of model.roles)
        if (role.kind === "tagged") {
          const tag = this.answers.tag(site, role, names);
          return tag === null ? null : { values: [tag.value], isTold: tag.isTold };
        }
    const covered = coveredAt(this.pointsTo, this.modelsAt, site, () => this.answers.samples);
    if (covered !== null) return { values: covered, isTold: true };
    if (call.receiver === null) return null;
    const method = call.name.slice(call.name.lastIndexOf(".") + 1);
    return method === "some" || method === "every"
      ? this.ofEach(node, site, call.receiver, method, depth, bound)
      : this.ofTest(node, call.receiver, method, call, depth, bound);
  }

  /** `pathname.startsWith("/api/")`, `open.includes(pathname)`, `/^\/api/.test(pathname)` */
  private ofTest(
    node: FunctionNode,
    receiver: ValueId,
    method: string,
    { arguments: [first] }: InstructionOf<"call">,
    depth: number,
    bound: Bindings,
  ): Told | null {
    const given = first === undefined ? null : this.evaluate(node, first.value, depth + 1, bound);
    if (given === null) return null;
    const pattern = method === "test" ? this.patternOf(node, receiver) : null;
    if (pattern !== null) {
      const tests = given.values.map((each) => testLike(pattern, each));
      return tests.some((answer) => answer === null) ? null : { values: tests, isTold: given.isTold };
    }
    const self = this.evaluate(node, receiver, depth + 1, bound);
    const list = self === null ? this.listOf(node, receiver) : null;
    const answers = (self?.values ?? [null]).flatMap((own) =>
      given.values.map((each) => textTest(list ?? own, method, each)),
    );
    if (answers.some((answer) => answer === null)) return null;
    return { values: answers, isTold: given.isTold || self?.isTold === true };
  }

  /** The source of a regular expression that is written out, also as a module's constant. */
  private patternOf(node: FunctionNode, value: ValueId): string | null {
    const written = definitionOf(node, value);
    if (written?.kind === "constant")
      return written.type === "regexp" && typeof written.value === "string" ? written.value : null;
    const [only, ...others] = this.pointsTo.valuesOf(node, value);
    const [source, ...more] =
      only === undefined || others.length > 0 ? [] : foldValues(this.pointsTo, [only]);
    return source === undefined || more.length > 0 || only?.kind !== "foreign" ? null : source;
  }

  /** `open.some((prefix) => pathname.startsWith(prefix))` */
  private ofEach(
    node: FunctionNode,
    site: CallSite,
    receiver: ValueId,
    method: "some" | "every",
    depth: number,
    bound: Bindings,
  ): Told | null {
    const list = this.listOf(node, receiver);
    const [edge, ...others] = [...site.callbacks.values()];
    if (list === null || edge === undefined || others.length > 0) return null;
    const { callee } = edge;
    const ends = callee.graph.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : []));
    const [end, ...more] = ends;
    if (end == null || more.length > 0) return null;
    const answers = list.map((each) =>
      this.evaluate(callee, end, depth + 1, new Map([...bound, [callee, each]])),
    );
    const known = answers.filter((each) => each !== null);
    if (known.length < answers.length || known.length === 0) return null;
    const size = Math.max(...known.map(({ values }) => values.length));
    const values = Array.from({ length: size }, (_, index) =>
      known[method](({ values: own }) => Boolean(own[Math.min(index, own.length - 1)])),
    );
    return { values, isTold: true };
  }

  /** The constants of a list that is written out. */
  private listOf(node: FunctionNode, value: ValueId): readonly Scalar[] | null {
    const [list, ...others] = this.pointsTo.valuesOf(node, value);
    if (list === undefined || others.length > 0) return null;
    if (list.kind !== "object" || !list.array) {
      const members = constantMembers(this.pointsTo, list);
      return members === null ? null : ([...members] as readonly Scalar[]);
    }
    const elements = [...this.pointsTo.fieldNode(list, "*").values];
    const constants = elements.flatMap((each) => (each.kind === "constant" ? [each.value] : []));
    return constants.length === elements.length ? constants : null;
  }
}

/** What a pattern says of an address and of those like it: null where they differ by what stands for a parameter. */
function testLike(pattern: string, address: Scalar): boolean | null {
  if (typeof address !== "string") return null;
  const answer = textTest(pattern, "test", address);
  const others = stands.map((part) =>
    textTest(pattern, "test", address.replaceAll(/\/-(?=\/|$)/gu, `/${part}`)),
  );
  return others.every((other) => other === answer) ? answer : null;
}
