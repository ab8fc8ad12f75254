/**
 * What is known of a run before one route's handler: the request's method and address as the route is registered,
 * what the call that made a handler was given (`consent("must")`), and which handlers ran before.
 */
import type { Instruction, Phi, ValueId } from "../../../contracts/file-graph.js";
import type { ToldPlace } from "../../../contracts/model.js";
import { capturedFrom } from "../../program/captured-from.js";
import { askText } from "../../constants/constant-operations.js";
import { constantMembers } from "../../constants/constant-members.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { readModels } from "../../models/read-flows.js";
import { originOf } from "../../paths/value-places.js";
import { foldedConstant } from "../evidence/folded-constant.js";
import { directivesAskedAt } from "./type-definitions.js";
import type { GivenFacts, Known, Written } from "./given-facts.js";
import type { Told } from "./told-values.js";
import { areEqual, beginsWith, knownIn, told } from "./told-values.js";
import type { Scalar } from "../evidence/outcome.js";
import { constantOf } from "../evidence/outcome.js";

/** What a route's registration tells of a request; null: not told. */
export interface ToldRequest {
  readonly method: string | null;
  /** Below what the handler's router is mounted at. */
  readonly path: string | null;
  readonly url: string | null;
  /** The name that the route was registered by. */
  readonly kind: string | null;
  /** Where a handler is told of all this, beside what models know of the types that it reads. */
  readonly places: { readonly handler: FunctionNode; readonly tells: readonly ToldPlace[] } | null;
  /** Whether a handler may have run before; those that are no handlers may. */
  readonly mayHaveRun: ((handler: FunctionNode) => boolean) | null;
  /** Whether one of these places is surely passed before. */
  readonly hasPassed: ((places: readonly Written[]) => boolean) | null;
  /** A property of what the route's registration says of itself. */
  readonly config: ((name: string) => Known | null) | null;
  /** Whether a directive stands at the route's field. */
  readonly directive: ((name: string) => boolean | null) | null;
}

export const nothingTold: ToldRequest = {
  method: null,
  path: null,
  url: null,
  kind: null,
  places: null,
  mayHaveRun: null,
  hasPassed: null,
  config: null,
  directive: null,
};

type InstructionOf<K extends Instruction["kind"]> = Extract<Instruction, { kind: K }>;

/** What a parameter is given in one call of a function. */
type Bindings = ReadonlyMap<FunctionNode, Scalar>;

const deepest = 10;
const unbound: Bindings = new Map();

export class RequestFacts implements GivenFacts {
  private readonly answers = new Map<FunctionNode, Map<ValueId, Told | null>>();

  constructor(
    readonly key: string,
    private readonly pointsTo: PointsTo,
    private readonly request: ToldRequest,
  ) {}

  valueOf(node: FunctionNode, value: ValueId): Known | null {
    return knownIn(this.answerTo(node, value));
  }

  private answerTo(node: FunctionNode, value: ValueId): Told | null {
    let ofNode = this.answers.get(node);
    if (ofNode === undefined) this.answers.set(node, (ofNode = new Map<ValueId, Told | null>()));
    let found = ofNode.get(value);
    if (found === undefined) ofNode.set(value, (found = this.evaluate(node, value, unbound, 0)));
    return found;
  }

  isObject(node: FunctionNode, value: ValueId): boolean {
    const told = this.request.directive === null ? null : this.answerTo(node, value);
    return told !== null && "isObject" in told;
  }

  mayHaveWritten(writer: FunctionNode): boolean {
    return this.request.mayHaveRun?.(writer) ?? true;
  }

  hasWritten(places: readonly Written[]): boolean {
    return this.request.hasPassed?.(places) ?? false;
  }

  private evaluate(node: FunctionNode, value: ValueId, bound: Bindings, depth: number): Told | null {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind === "phi") return this.ofOptional(node, definition.phi, depth);
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "constant":
        return instruction.type === "regexp" || instruction.type === "bigint"
          ? null
          : { value: constantOf(instruction), isTold: false };
      case "unary": {
        const operand =
          instruction.operator === "!" ? this.evaluate(node, instruction.operand, bound, depth + 1) : null;
        if (operand === null || "begins" in operand) return null;
        return "isObject" in operand
          ? { value: false, isTold: true }
          : { value: !operand.value, isTold: operand.isTold };
      }
      case "binary":
        return this.ofComparison(node, instruction, bound, depth);
      case "parameter":
        if (bound.has(node) && instruction.index === 0) return { value: bound.get(node), isTold: true };
        return this.ofParameter(node, instruction.index, depth);
      case "capture":
        return this.ofCapture(node, instruction.slot, bound, depth);
      case "load":
        return this.ofLoad(node, instruction, depth);
      case "call":
        return (
          this.directiveAt(node, value) ?? this.ofCall(node, instruction, definition.point, bound, depth)
        );
      case "cell-read":
      case "import-read": {
        const found = foldedConstant(this.pointsTo, node, value);
        return found === null ? null : { value: found.value, isTold: false };
      }
      default:
        return null;
    }
  }

  private ofComparison(
    node: FunctionNode,
    { operator, left, right }: InstructionOf<"binary">,
    bound: Bindings,
    depth: number,
  ): Told | null {
    if (!/^[!=]==?$/u.test(operator)) return null;
    const one = this.evaluate(node, left, bound, depth + 1);
    const other = this.evaluate(node, right, bound, depth + 1);
    if (one === null || other === null) return null;
    const isEqual = areEqual(one, other, operator.length === 2);
    return isEqual === null ? null : { value: isEqual === operator.startsWith("="), isTold: true };
  }

  /** All calls of the function give the same. */
  private ofParameter(node: FunctionNode, index: number, depth: number): Told | null {
    const callers = this.pointsTo.callersOf(node);
    if (callers.length === 0 || this.pointsTo.callbacksOf(node).length > 0) return null;
    let common: Known | null = null;
    for (const { site, shape } of callers) {
      const { instruction, caller } = site;
      if (shape !== "call" || instruction.kind !== "call") return null;
      if (instruction.arguments.slice(0, index + 1).some(({ spread }) => spread)) return null;
      const argument = instruction.arguments[index];
      const told =
        argument === undefined
          ? { value: undefined, isTold: true }
          : this.evaluate(caller, argument.value, unbound, depth + 1);
      const known = knownIn(told);
      if (known === null || (common !== null && known.value !== common.value)) return null;
      common = { value: known.value, isTold: true };
    }
    return common;
  }

  private ofCapture(node: FunctionNode, slot: number, bound: Bindings, depth: number): Told | null {
    const outer = capturedFrom(this.pointsTo, node, slot);
    return outer === null ? null : this.evaluate(outer.node, outer.value, bound, depth + 1);
  }

  /** `req.method`, `options.onMissing`, `request.routeOptions.config.needsConsent` */
  private ofLoad(node: FunctionNode, load: InstructionOf<"load">, depth: number): Told | null {
    const { object, property, out } = load;
    if (property.kind !== "name") return null;
    const fact = this.factRead(node, load);
    if (fact === "kind")
      return this.request.kind === null ? null : { value: this.request.kind, isTold: true };
    const directive = this.directiveAt(node, object);
    if (directive !== null) return directive;
    if (fact !== null && fact !== "config" && fact !== "directive") return told(this.request[fact]);
    const holder = node.definitions[originOf(node, object)];
    if (this.isConfig(node, object)) return this.request.config?.(property.name) ?? null;
    const folded = foldedConstant(this.pointsTo, node, out);
    if (folded !== null && holder?.kind === "instruction" && holder.instruction.kind === "cell-read")
      return { value: folded.value, isTold: false };
    return this.ofProperty(node, object, property.name, depth);
  }

  private isConfig(node: FunctionNode, object: ValueId): boolean {
    const holder = node.definitions[originOf(node, object)];
    return (
      holder?.kind === "instruction" &&
      holder.instruction.kind === "load" &&
      this.factRead(node, holder.instruction) === "config"
    );
  }

  /** `meta?.needsConsent`: nothing where there is no config, which then says nothing either. */
  private ofOptional(node: FunctionNode, { inputs }: Phi, depth: number): Told | null {
    const loads = inputs.flatMap((input): InstructionOf<"load">[] => {
      const definition = node.definitions[originOf(node, input.value)];
      return definition?.kind === "instruction" && definition.instruction.kind === "load"
        ? [definition.instruction]
        : [];
    });
    const [load] = loads;
    const isOptional = inputs.every(({ value }) => {
      const definition = node.definitions[originOf(node, value)];
      return (
        definition?.kind === "instruction" &&
        (definition.instruction === load ||
          (definition.instruction.kind === "constant" && definition.instruction.value == null))
      );
    });
    const isTold =
      load !== undefined &&
      (this.isConfig(node, load.object) ||
        this.factRead(node, load) !== null ||
        this.directiveAt(node, load.object) !== null);
    return isTold && isOptional ? this.ofLoad(node, load, depth) : null;
  }

  /** `getDirective(schema, field, "consented")`: nothing where none stands there. */
  private directiveAt(node: FunctionNode, value: ValueId): Told | null {
    const definition = node.definitions[originOf(node, value)];
    const site =
      definition?.kind === "instruction" && definition.instruction.kind === "call"
        ? this.pointsTo.findSite(node, definition.point)
        : undefined;
    if (site === undefined || site.foreign.size === 0 || this.request.directive === null) return null;
    const [name, ...others] = directivesAskedAt(this.pointsTo, site);
    const isThere = name === undefined || others.length > 0 ? null : this.request.directive(name);
    if (isThere === null) return null;
    return isThere ? { isObject: true } : { value: undefined, isTold: true };
  }

  private factRead(
    node: FunctionNode,
    { object, property }: InstructionOf<"load">,
  ): ToldPlace["fact"] | null {
    if (property.kind !== "name") return null;
    for (const { model } of readModels(this.pointsTo, node, object, property.name).models)
      for (const role of model.roles) if (role.kind === "route") return role.fact;
    return this.toldAt(node, object, [property.name]);
  }

  /** What stands in a property of what the handler is called with. */
  private toldAt(node: FunctionNode, object: ValueId, path: readonly string[]): ToldPlace["fact"] | null {
    const { places } = this.request;
    const definition = places === null ? undefined : node.definitions[originOf(node, object)];
    if (places === null || definition?.kind !== "instruction" || path.length > deepest) return null;
    const { instruction } = definition;
    if (instruction.kind === "load")
      return instruction.property.kind === "name"
        ? this.toldAt(node, instruction.object, [instruction.property.name, ...path])
        : null;
    if (instruction.kind === "capture") {
      const outer = capturedFrom(this.pointsTo, node, instruction.slot);
      return outer === null ? null : this.toldAt(outer.node, outer.value, path);
    }
    if (instruction.kind !== "parameter" || node !== places.handler) return null;
    const found = places.tells.find(
      (each) => each.parameter === instruction.index && each.path.join(".") === path.join("."),
    );
    return found?.fact ?? null;
  }

  /** A property of an object literal that every caller hands over. */
  private ofProperty(node: FunctionNode, object: ValueId, name: string, depth: number): Told | null {
    const definition = node.definitions[originOf(node, object)];
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction } = definition;
    if (instruction.kind === "capture") {
      const outer = capturedFrom(this.pointsTo, node, instruction.slot);
      return outer === null ? null : this.ofProperty(outer.node, outer.value, name, depth + 1);
    }
    if (instruction.kind === "object") {
      const stores = node.code.filter(
        (each): each is InstructionOf<"store"> =>
          each.kind === "store" && originOf(node, each.object) === instruction.out,
      );
      const isCopied = node.code.some(
        (each) => each.kind === "copy-properties" && each.target === instruction.out,
      );
      if (isCopied || stores.some((each) => each.property.kind !== "name")) return null;
      const [only, ...others] = stores.filter(
        (each) => each.property.kind === "name" && each.property.name === name,
      );
      if (others.length > 0) return null;
      return only === undefined
        ? { value: undefined, isTold: true }
        : this.evaluate(node, only.value, unbound, depth + 1);
    }
    if (instruction.kind !== "parameter") return null;
    const callers = this.pointsTo.callersOf(node);
    if (callers.length !== 1 || this.pointsTo.callbacksOf(node).length > 0) return null;
    const site = callers[0]?.site;
    const argument =
      site?.instruction.kind === "call" ? site.instruction.arguments[instruction.index] : undefined;
    return site === undefined || argument === undefined || argument.spread
      ? null
      : this.ofProperty(site.caller, argument.value, name, depth + 1);
  }

  /** `path.startsWith("/public")`, `open.includes(path)`, `open.some((each) => path.startsWith(each))` */
  private ofCall(
    node: FunctionNode,
    { receiver, name, arguments: list }: InstructionOf<"call">,
    point: number,
    bound: Bindings,
    depth: number,
  ): Told | null {
    const [given] = list;
    if (receiver === null || given === undefined || list.length !== 1) return null;
    const method = name.slice(name.lastIndexOf(".") + 1);
    if (method === "some" || method === "every") return this.ofList(node, receiver, method, point, depth);
    const wanted = this.evaluate(node, given.value, bound, depth + 1);
    if (wanted === null) return null;
    const text = this.evaluate(node, receiver, bound, depth + 1);
    if (text !== null && "value" in wanted && typeof wanted.value === "string") {
      if ("isObject" in text) return null;
      if ("begins" in text) return method === "startsWith" ? beginsWith(text.begins, wanted.value) : null;
      const asked = typeof text.value === "string" ? askText(text.value, method, wanted.value) : null;
      return asked === null ? null : { value: asked.value, isTold: true };
    }
    const [members] = this.membersOf(node, receiver);
    if (members === undefined || (method !== "includes" && method !== "has")) return null;
    const answers = [...members].map((each) => areEqual({ value: each, isTold: false }, wanted, false));
    if (answers.includes(true)) return { value: true, isTold: true };
    return answers.includes(null) ? null : { value: false, isTold: true };
  }

  private ofList(
    node: FunctionNode,
    receiver: ValueId,
    method: "some" | "every",
    point: number,
    depth: number,
  ): Told | null {
    const [members] = this.membersOf(node, receiver);
    const [callback, ...others] = [...(this.pointsTo.findSite(node, point)?.callbacks.values() ?? [])];
    if (members === undefined || callback === undefined || others.length > 0) return null;
    const { callee } = callback;
    const ends = callee.graph.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : []));
    const [only] = ends;
    if (only === undefined || only === null || ends.length > 1) return null;
    const answers = [...members].map((each) => {
      const answer = knownIn(this.evaluate(callee, only, new Map([[callee, each]]), depth + 1));
      return answer === null ? null : Boolean(answer.value);
    });
    const decisive = method === "some";
    if (answers.includes(decisive)) return { value: decisive, isTold: true };
    return answers.includes(null) ? null : { value: !decisive, isTold: true };
  }

  private membersOf(node: FunctionNode, list: ValueId): readonly ReadonlySet<Scalar>[] {
    const [value, ...others] = [...this.pointsTo.valuesOf(node, list)];
    if (value === undefined || others.length > 0) return [];
    const members = constantMembers(this.pointsTo, value);
    return members === null ? [] : [members as ReadonlySet<Scalar>];
  }
}
