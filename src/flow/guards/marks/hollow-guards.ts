/**
 * Guards that ask nobody: what they answer is a literal, or only repeats what the request itself says. Such an answer
 * is no consent, whatever the mark says.
 */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { HollowGuard } from "../../../contracts/flow.js";
import type { Role } from "../../../contracts/model.js";
import type { Origins } from "../../sources/origins.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { locationOf } from "../../program/program.js";
import type { SiteModels } from "../../models/site-models.js";
import { foldedConstant } from "../evidence/folded-constant.js";
import { asking, isAnswer } from "./asked-answers.js";
import type { Guards } from "./guards.js";
import type { HeldValues } from "../held-values.js";

type Hollow = "literal" | "request";

const deepest = 16;

export class HollowGuards {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly guards: Guards,
    private readonly models: SiteModels,
    private readonly origins: Origins,
    private readonly held: HeldValues,
  ) {}

  find(): HollowGuard[] {
    return this.pointsTo.program.functions.flatMap((node) => {
      if (node.copy !== null) return [];
      const mark = this.guards.ofFunction(node).find(({ kind }) => kind === "guard");
      if (mark === undefined || this.asksGuard(node)) return [];
      const isRefusing = /^(?:throw|words|callback)$/u.test(mark.telling);
      const by = isRefusing ? this.ofRefusals(node) : this.ofAnswers(node);
      return by === null ? [] : [{ name: mark.name, by, location: locationOf(node, node.graph.nameAt) }];
    });
  }

  /** What another guard has found out is told in other words. */
  private asksGuard(node: FunctionNode): boolean {
    return node.code.some((_, point) => {
      const site = this.pointsTo.findSite(node, point);
      return site !== undefined && this.guards.at(site).some((marks) => marks.length > 0);
    });
  }

  private ofAnswers(node: FunctionNode): Hollow | null {
    const answers = node.graph.blocks.flatMap(({ end }) =>
      end.kind === "return" && end.value !== null ? [this.ofValue(node, end.value, 0)] : [],
    );
    return answers.length === 0 ? null : together(answers);
  }

  /** A guard that refuses by throwing, or by not handing on: what its tests are about. */
  private ofRefusals(node: FunctionNode): Hollow | null {
    const asks = node.code.some(
      (instruction, point) =>
        instruction.kind === "await" || (instruction.kind === "call" && this.mayAsk(node, point)),
    );
    if (asks) return null;
    return together(
      node.graph.blocks.flatMap(({ end }) =>
        end.kind === "branch" ? [this.ofValue(node, end.value, 0)] : [],
      ),
    );
  }

  /** A call that may ask somebody: of an own function, or of a package that is not known to ask nobody. */
  private mayAsk(node: FunctionNode, point: number): boolean {
    const site = this.pointsTo.findSite(node, point);
    const instruction = node.code[point];
    if (site === undefined || instruction?.kind !== "call") return true;
    if (site.edges.size > 0) return true;
    if (instruction.new || this.isParameter(node, instruction.receiver ?? instruction.callee)) return false;
    return this.asks(site);
  }

  private ofValue(node: FunctionNode, value: ValueId, depth: number): Hollow | null {
    const definition = node.definitions[value];
    if (definition === undefined || depth > deepest) return null;
    const again = (other: ValueId): Hollow | null => this.ofValue(node, other, depth + 1);
    if (definition.kind === "phi") return together(definition.phi.inputs.map((input) => again(input.value)));
    const { instruction } = definition;
    if (foldedConstant(this.pointsTo, node, value) !== null) return "literal";
    if (isAnswer(this.pointsTo, this.models, node, value)) return null;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return again(instruction.value);
      case "unary":
        return again(instruction.operand);
      case "binary":
        return together([again(instruction.left), again(instruction.right)]);
      case "parameter":
      case "load":
      case "iterate":
        return this.isRequest(node, value) ||
          (instruction.kind === "load" && again(instruction.object) !== null)
          ? "request"
          : null;
      case "call":
        return this.ofCall(node, definition.point, depth);
      default:
        return null;
    }
  }

  private ofCall(node: FunctionNode, point: number, depth: number): Hollow | null {
    const site = this.pointsTo.findSite(node, point);
    const instruction = node.code[point];
    if (site === undefined || instruction?.kind !== "call" || instruction.new) return null;
    const callees = [...site.edges.values()].map(({ callee }) => callee);
    if (callees.length > 0)
      return site.foreign.size > 0 || depth > deepest / 2
        ? null
        : together(callees.map((callee) => this.ofAnswers(callee)));
    if (this.asks(site)) return null;
    if (this.isInput(site)) return "request";
    if (this.isSetLater(site)) return null;
    const operands = [
      ...(instruction.receiver === null ? [] : [instruction.receiver]),
      ...instruction.arguments.map((argument) => argument.value),
    ];
    // A schema is no value of its own: what is parsed with it is what came in.
    const told = operands
      .filter((operand) => !this.isMadeByPackage(node, operand))
      .map((operand) => this.ofValue(node, operand, depth + 1));
    return told.length === 0 ? null : together(told);
  }

  private asks(site: CallSite): boolean {
    const models = this.models.at(site);
    if (models.some(({ model }) => model.roles.some(({ kind }) => asking.has(kind)))) return true;
    // A client's answer that is not made of what it was asked with: `redis.sismember("consented", id)`.
    const { instruction, caller } = site;
    if (
      instruction.kind === "call" &&
      instruction.receiver !== null &&
      models.length > 0 &&
      models.every(({ model }) => model.roles.every(isOfItsOwn)) &&
      this.isMadeByPackage(caller, instruction.receiver)
    )
      return true;
    const isLibrary = [...site.foreign].every(({ module }) => module === "lib" || module === "global");
    return site.foreign.size === 0 || (models.length === 0 && !isLibrary);
  }

  /** `const [granted, setGranted] = useState(false)`: what it holds is what it is given later. */
  private isSetLater(site: CallSite): boolean {
    return this.models
      .at(site)
      .some(({ model }) =>
        model.roles.some(
          (role) =>
            role.kind === "flow" &&
            role.from.some(
              ({ root, steps }) => root.kind === "return" && steps.some((step) => step.kind === "parameter"),
            ),
        ),
      );
  }

  private isInput(site: CallSite): boolean {
    return this.models.at(site).some(({ model }) => model.roles.some(({ kind }) => kind === "input"));
  }

  private isMadeByPackage(node: FunctionNode, value: ValueId): boolean {
    const values = [...this.pointsTo.valuesOf(node, value)];
    return (
      values.length > 0 &&
      values.every((each) => each.kind === "foreign" && each.module.startsWith("npm:") && each.site !== null)
    );
  }

  private isRequest(node: FunctionNode, value: ValueId): boolean {
    const { pointsTo } = this;
    // Nobody is seen to call it, so nobody knows what it is given.
    if (pointsTo.callersOf(node).length + pointsTo.callbacksOf(node).length === 0) return false;
    return this.origins.isOutside(node, value) && !this.held.isHeld(node, value);
  }

  private isParameter(node: FunctionNode, value: ValueId): boolean {
    let definition = node.definitions[value];
    for (let hops = 0; hops < deepest && definition?.kind === "instruction"; hops++) {
      const { instruction } = definition;
      if (instruction.kind === "parameter") return true;
      if (instruction.kind === "load") definition = node.definitions[instruction.object];
      else if (instruction.kind === "call" && instruction.receiver !== null)
        definition = node.definitions[instruction.receiver];
      else return false;
    }
    return false;
  }
}

/** Nothing comes back, or what is called by a name, and is not made of what was handed over. */
function isOfItsOwn(role: Role): boolean {
  return role.kind === "none" || (role.kind === "type" && typeof role.type === "string");
}

/** All are hollow; of the request as soon as one is. */
function together(parts: readonly (Hollow | null)[]): Hollow | null {
  if (parts.includes(null)) return null;
  return parts.includes("request") ? "request" : "literal";
}
