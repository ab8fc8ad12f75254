/**
 * Parameters whose value decides what a function does: they name properties, are the key of a cipher, or the address of
 * a request.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { LeastAnswers } from "../../base/least-answers.js";
import type { Address } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import { hostIn } from "../models/hosts.js";
import { beginningOf } from "../models/made-addresses.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { selectModels } from "../models/select-models.js";
import { originOf } from "../paths/value-places.js";
import { operandsInCommand } from "../models/written-commands.js";

const mostHosts = 12;
/** Functions in functions that are looked into. */
const mostMakers = 3;

export class KeyParameters {
  private readonly keys = new LeastAnswers<readonly number[], number>([], ({ length }) => length);
  private readonly ciphers = new Map<number, readonly number[]>();
  private readonly addresses = new LeastAnswers<readonly number[], number>([], ({ length }) => length);

  constructor(private readonly pointsTo: PointsTo) {}

  /** Parameters that are the key, the algorithm or the initialisation vector of a cipher, or that say who may see it. */
  ofCiphers(callee: FunctionNode): readonly number[] {
    let found = this.ciphers.get(callee.index);
    if (found === undefined) {
      const set = new Set<number>();
      callee.code.forEach((instruction, point) => {
        if (instruction.kind !== "call") return;
        for (const argument of this.cipherOperands(callee, point)) {
          const index = parameterBehind(callee, argument);
          if (index !== null) set.add(index);
        }
      });
      found = [...set].sort((a, b) => a - b);
      this.ciphers.set(callee.index, found);
    }
    return found;
  }

  /** Parameters that are, or begin, the address of a request, and stand for hosts that differ from caller to caller. */
  ofAddresses(callee: FunctionNode): readonly number[] {
    return this.addresses.ask(callee.index, () => {
      const set = new Set<number>();
      callee.code.forEach((instruction, point) => {
        if (instruction.kind !== "call") return;
        for (const argument of this.addressOperands(callee, point)) {
          const index = parameterBegun(callee, argument);
          if (index !== null && this.isOfHosts(callee, index)) set.add(index);
        }
      });
      return [...set].sort((a, b) => a - b);
    });
  }

  /** What a call takes for an address, itself or in the function of the program that it calls. */
  private addressOperands(callee: FunctionNode, point: number): readonly ValueId[] {
    const site = this.pointsTo.findSite(callee, point);
    if (site?.instruction.kind !== "call") return [];
    const list = site.instruction.arguments;
    const handedOn = [...site.edges.values()].flatMap((edge) =>
      edge.shape === "call"
        ? this.ofAddresses(edge.callee).flatMap((index) => {
            const argument = list[index];
            return argument === undefined || argument.spread ? [] : [argument.value];
          })
        : [],
    );
    const direct = [...site.foreign].flatMap((called) =>
      selectModels(this.pointsTo, site, called).flatMap(({ model }) =>
        model.roles.flatMap((role) =>
          role.kind === "http"
            ? [...role.url, ...role.base].flatMap((address) =>
                address.root.kind === "argument" && address.steps.length === 0
                  ? operandsAt(site, address)
                  : [],
              )
            : [],
        ),
      ),
    );
    return [...direct, ...handedOn];
  }

  /** Few hosts: of a function that everything is sent with, its runs are not told apart by each address. */
  private isOfHosts(callee: FunctionNode, index: number): boolean {
    const hosts = new Set(
      [...this.pointsTo.parameterNode(callee, index).values].map((value) =>
        value.kind === "constant" ? hostIn(String(value.value)) : value.id,
      ),
    );
    return hosts.size > 1 && hosts.size <= mostHosts;
  }

  /**
   * What a call gets as key and the like: of its own arguments, or of those of the call that made its receiver; of a
   * cipher that was made elsewhere, the cipher itself.
   */
  private cipherOperands(callee: FunctionNode, point: number): readonly ValueId[] {
    const site = this.pointsTo.findSite(callee, point);
    if (site === undefined) return [];
    return [...site.foreign].flatMap((called) =>
      selectModels(this.pointsTo, site, called).flatMap(({ model }) =>
        model.roles.flatMap((role) => {
          if (role.kind === "public")
            return model.when.flatMap((each) =>
              each.kind === "equals"
                ? operandsInCommand(this.pointsTo, site, each.address).flatMap((value) =>
                    withDefault(callee, value),
                  )
                : [],
            );
          return role.kind === "encrypt"
            ? [role.key, role.iv, role.algorithm].flatMap((address) =>
                address === null ? [] : this.operandsOf(site, address),
              )
            : [];
        }),
      ),
    );
  }

  private operandsOf(site: CallSite, address: Address): readonly ValueId[] {
    const [step] = address.steps;
    if (step === undefined) return operandsAt(site, address);
    if (step.kind !== "created") return [];
    return operandsAt(site, address).flatMap((receiver) =>
      [...this.pointsTo.valuesOf(site.caller, receiver)].flatMap((value) => {
        const made =
          value.kind === "foreign" && value.site !== null ? this.pointsTo.sites.get(value.site) : undefined;
        if (made?.instruction.kind !== "call") return [];
        if (made.caller !== site.caller) return [receiver];
        const argument = made.instruction.arguments[step.index];
        return argument === undefined ? [] : [argument.value];
      }),
    );
  }

  /**
   * Parameters that are used as a computed property name (or of which an element is), and those that are tested, in
   * the function, in those that it makes, or in those that it hands them on to.
   */
  of(callee: FunctionNode): readonly number[] {
    return this.keys.ask(callee.index, () => {
      const set = new Set<number>();
      this.addDeciding(callee, [], set);
      this.addHandedOn(callee, set);
      return [...set].sort((a, b) => a - b);
    });
  }

  /** A parameter that is handed on as it is to one that decides. */
  private addHandedOn(node: FunctionNode, set: Set<number>): void {
    node.code.forEach((instruction, point) => {
      if (instruction.kind !== "call") return;
      const handed = instruction.arguments.map(({ value, spread }) =>
        spread ? null : parameterBehind(node, value),
      );
      if (handed.every((index) => index === null || set.has(index))) return;
      for (const { shape, callee } of this.pointsTo.findSite(node, point)?.edges.values() ?? [])
        if (shape === "call")
          for (const index of this.of(callee)) {
            const own = handed[index] ?? null;
            if (own !== null) set.add(own);
          }
    });
  }

  /** `makers`: the functions around, the innermost first, each with the instruction that makes what lies in it. */
  private addDeciding(node: FunctionNode, makers: readonly Maker[], set: Set<number>): void {
    const add = (operand: ValueId): void => {
      for (const value of withDefault(node, operand)) {
        const index = parameterAround(node, value, makers);
        if (index !== null) set.add(index);
      }
    };
    for (const instruction of node.code) decidingOperands(instruction).forEach(add);
    for (const { end } of node.graph.blocks)
      if (end.kind === "branch" && end.test === "truthy") add(end.value);
    if (makers.length >= mostMakers) return;
    for (const made of node.code) {
      if (made.kind !== "function") continue;
      const inner = this.pointsTo.program.functionIn(node, made.function);
      if (inner !== undefined) this.addDeciding(inner, [{ node, made }, ...makers], set);
    }
  }
}

interface Maker {
  readonly node: FunctionNode;
  readonly made: InstructionOf<"function">;
}

/** The parameter of the outermost function that a value is, captured by those inside it. */
function parameterAround(
  node: FunctionNode,
  value: ValueId,
  [maker, ...others]: readonly Maker[],
): number | null {
  if (maker === undefined) return parameterBehind(node, value);
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "capture") return null;
  const captured = maker.made.captures[definition.instruction.slot];
  return captured === undefined ? null : parameterAround(maker.node, captured, others);
}

/** What an instruction uses as a name, compares, negates, or asks for its bits. */
function decidingOperands(instruction: Instruction): readonly ValueId[] {
  if ("property" in instruction)
    return instruction.property.kind === "computed" ? [instruction.property.value] : [];
  if (instruction.kind === "unary") return instruction.operator === "!" ? [instruction.operand] : [];
  return instruction.kind === "binary" && /^(?:[!=]==?|[<>]=?|&)$/u.test(instruction.operator)
    ? [instruction.left, instruction.right]
    : [];
}

/** The parameter that a value is, or that its text begins with. */
function parameterBegun(node: FunctionNode, value: ValueId): number | null {
  let current = value;
  for (let hops = 0; hops < 8; hops++) {
    const definition = node.definitions[current];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    if (instruction.kind === "parameter") return instruction.index;
    const next = instruction.kind === "declare" ? instruction.value : beginningOf(instruction);
    if (next === null) return null;
    current = next;
  }
  return null;
}

/** What a value is made of where a default stands for what is not given. */
function withDefault(node: FunctionNode, value: ValueId): readonly ValueId[] {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "phi" ? definition.phi.inputs.map((input) => input.value) : [value];
}

/** The parameter that a value is, or is an element of. */
function parameterBehind(node: FunctionNode, value: ValueId): number | null {
  let current = value;
  for (let hops = 0; hops < 6; hops++) {
    const definition = node.definitions[current];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    if (instruction.kind === "parameter") return instruction.index;
    if (instruction.kind === "declare" || instruction.kind === "cast") current = instruction.value;
    else if (instruction.kind === "iterate") current = instruction.object;
    else return null;
  }
  return null;
}
