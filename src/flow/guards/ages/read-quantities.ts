/**
 * Values as amounts of time, read backwards through own functions, variables, arithmetic, constants of any file and
 * what models say of dates. A value has an amount for each way that it may come about; what is not known is left out.
 */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { operandsOfSite } from "../../models/address-values.js";
import { capturedFrom } from "../../program/captured-from.js";
import type { CallEdge, CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { sideTaken } from "../evidence/side-taken.js";
import type { WrittenProperties } from "../evidence/written-properties.js";
import { writtenInto } from "../evidence/written-into.js";
import { corrected, isTruthValue } from "./birthdays.js";
import { isChecked, lookedAt } from "./checked-values.js";
import { Examinations } from "./examinations.js";
import { numberCall, yearIn } from "./number-calls.js";
import type { AgeNames } from "./named-ages.js";
import type { Quantity } from "./quantity.js";
import { difference, isAge, isPlain, negative, plainNumber, roundedTo, sum, times } from "./quantity.js";
import { isChosenByOthers } from "./stand-ins.js";
import { ReadDates } from "./read-dates.js";
import type { AgeTools } from "./age-tools.js";

type Quantities = readonly Quantity[];
type InstructionOf<K extends Instruction["kind"]> = Extract<Instruction, { kind: K }>;

const none: Quantities = [];
const most = 12;
const deepest = 30;

export class ReadQuantities {
  private readonly known = new Map<FunctionNode, Map<ValueId, Quantities>>();
  readonly dates: ReadDates;
  readonly examinations: Examinations;
  private depth = 0;

  constructor(
    private readonly tools: AgeTools,
    private readonly names: AgeNames,
    private readonly properties: WrittenProperties,
    /** The calls that count where a function is called from several places. */
    private readonly callersOf = (node: FunctionNode): readonly CallEdge[] => tools.pointsTo.callersOf(node),
  ) {
    this.dates = new ReadDates(tools, names, this);
    this.examinations = new Examinations(tools.pointsTo, tools.models, lookedAt);
  }

  of(node: FunctionNode, value: ValueId): Quantities {
    let values = this.known.get(node);
    if (values === undefined) this.known.set(node, (values = new Map<ValueId, Quantities>()));
    const before = values.get(value);
    if (before !== undefined) return before;
    if (this.depth > deepest) return none;
    // What goes round in a loop is what comes into it.
    values.set(value, none);
    this.depth++;
    const found = this.read(node, value);
    this.depth--;
    values.set(value, found);
    return found;
  }

  /** The same, read at a block: what was looked at on every way to it is there. */
  at(node: FunctionNode, value: ValueId, block: number): Quantities {
    const found = this.of(node, value);
    const mayLack = found.some(({ absent }) => absent !== "no");
    return mayLack && this.isThere(node, value, block)
      ? found.map((each) => ({ ...each, absent: "no" as const }))
      : found;
  }

  /** In the function, or by a handler that the request comes through before it. */
  isThere(node: FunctionNode, value: ValueId, block: number): boolean {
    return (
      isChecked(this.examinations, node, value, block) || this.tools.refused?.isLookedAt(node, value) === true
    );
  }

  private read(node: FunctionNode, value: ValueId): Quantities {
    const definition = node.definitions[value];
    if (definition === undefined) return none;
    if (definition.kind === "phi") {
      const target = node.graph.blocks[definition.block]?.id;
      const inputs = definition.phi.inputs.flatMap((input) => {
        const side = target === undefined ? null : sideTaken(node, input.block, target, input.value);
        const isThere = side === "defined" || side === "truthy";
        const read = this.at(node, input.value, node.blockById.get(input.block) ?? 0);
        const found = isThere ? read.map((each) => ({ ...each, absent: "no" as const })) : read;
        return found.map((each) => [input.value, each] as const);
      });
      const isMixed = inputs.some(([, each]) => isAge(each)) && inputs.some(([, each]) => isPlain(each));
      const found = inputs.map(([input, each]) =>
        isMixed && isPlain(each) && isChosenByOthers(node, definition, input)
          ? { ...each, isChosen: true }
          : each,
      );
      return corrected(node, alternatives(found));
    }
    const { instruction, point } = definition;
    const found = this.ofInstruction(node, instruction, point);
    if (found.length > 0 && !this.isDefaultOnly(node, instruction, found)) return found;
    const named = this.names.of(node, value);
    return named === null ? found : alternatives([...found, named]);
  }

  /** `const age = parseFloat(header) || 0`: only what stands for an age that is missing is known. */
  private isDefaultOnly(node: FunctionNode, instruction: Instruction, found: Quantities): boolean {
    if (instruction.kind !== "declare" || !found.every(isPlain)) return false;
    const definition = node.definitions[instruction.value];
    return (
      definition?.kind === "phi" &&
      definition.phi.inputs.some((input) => this.of(node, input.value).length === 0)
    );
  }

  private ofInstruction(node: FunctionNode, instruction: Instruction, point: number): Quantities {
    switch (instruction.kind) {
      case "constant":
        return numberOf(instruction.value);
      case "declare":
      case "cast":
      case "await":
        return this.of(node, instruction.value);
      case "unary":
        return this.ofUnary(node, instruction);
      case "binary":
        return this.ofBinary(node, instruction, point);
      case "load":
        return this.ofLoad(node, instruction, point);
      case "call":
        return this.ofCall(node, instruction, point);
      case "parameter":
        return this.ofParameter(node, instruction.index);
      case "capture":
        return this.ofCapture(node, instruction);
      case "box-read":
        return alternatives(
          writtenInto(this.tools.pointsTo, node, instruction.box).flatMap((each) =>
            this.of(each.node, each.value),
          ),
        );
      case "cell-read":
      case "import-read":
        return this.ofValues(this.tools.pointsTo.valuesOf(node, instruction.out));
      default:
        return none;
    }
  }

  private ofUnary(node: FunctionNode, { operator, operand }: InstructionOf<"unary">): Quantities {
    const found = this.of(node, operand);
    if (operator === "-") return found.map(negative);
    if (operator === "+") return found.map(parsed);
    return operator === "~"
      ? found.map((each) => negative(sum(roundedTo(each, "down"), plainNumber(1)) ?? each))
      : none;
  }

  private ofBinary(
    node: FunctionNode,
    { operator, left, right }: InstructionOf<"binary">,
    point: number,
  ): Quantities {
    if (!/^(?:[-+*/|]|>>)$/u.test(operator)) return none;
    const block = node.blockOf[point] ?? 0;
    const ones = this.at(node, left, block);
    if (operator === "-" && isTruthValue(node, right)) return corrected(node, withOneLess(ones));
    const others = this.at(node, right, block);
    const pairs = ones.flatMap((one) => others.map((other) => [one, other] as const));
    const found = pairs.flatMap(([one, other]) => combine(operator, one, other) ?? none);
    // A year less for those whose birthday is still to come.
    return operator === "-" ? corrected(node, alternatives(found)) : alternatives(found);
  }

  private ofLoad(node: FunctionNode, load: InstructionOf<"load">, point: number): Quantities {
    // `limits[country]`: each of them.
    if (load.property.kind !== "name") return this.ofValues(this.tools.pointsTo.valuesOf(node, load.out));
    const { name } = load.property;
    const site = this.tools.pointsTo.findSite(node, point);
    const getters = site === undefined ? none : this.ofCallees(site);
    if (getters.length > 0) return getters;
    const folded = this.ofValues(this.tools.pointsTo.valuesOf(node, load.out));
    if (folded.length > 0) return folded;
    const told = this.dates.ofProperty(node, load.object, name);
    if (told.length > 0) return told;
    const written = this.properties.writersOf(node, load.object, name);
    return alternatives(written.flatMap((each) => this.of(each.node, each.value)));
  }

  private ofCall(node: FunctionNode, call: InstructionOf<"call">, point: number): Quantities {
    const block = node.blockOf[point] ?? 0;
    const known = numberCall(
      call,
      (value) => this.at(node, value, block),
      (value) => this.names.isShaped(node, value, 0),
    );
    if (known !== null) return known;
    const site = this.tools.pointsTo.findSite(node, point);
    if (site === undefined) return none;
    const year = yearIn(call, (value) => this.at(node, value, block));
    if (year.length > 0) return year;
    const found = this.dates.ofCall(site);
    if (found.length > 0) return this.dates.changed(node, call.out, found);
    return call.new ? none : this.ofCallees(site);
  }

  private ofCallees(site: CallSite): Quantities {
    const callees = [...site.edges.values()].map(({ callee }) => callee);
    if (site.foreign.size > 0 || callees.length > most) return none;
    return alternatives(
      callees.flatMap((callee) => {
        const returned = callee.graph.blocks.flatMap(({ end }, position) =>
          end.kind === "return" && end.value !== null ? this.at(callee, end.value, position) : [],
        );
        return corrected(callee, returned);
      }),
    );
  }

  private ofParameter(node: FunctionNode, index: number): Quantities {
    const found = this.callersOf(node).flatMap(({ site, shape }) => {
      if (shape !== "call" && shape !== "construct") return [];
      const argument = operandsOfSite(site).arguments[index];
      return argument === undefined || argument.spread
        ? []
        : this.at(site.caller, argument.value, site.caller.blockOf[site.point] ?? 0);
    });
    return alternatives(found);
  }

  private ofCapture(node: FunctionNode, { slot, out }: InstructionOf<"capture">): Quantities {
    const captured = capturedFrom(this.tools.pointsTo, node, slot);
    return captured === null
      ? this.ofValues(this.tools.pointsTo.valuesOf(node, out))
      : this.of(captured.node, captured.value);
  }

  /** Constants, and numbers that are worked out of constants, wherever they are kept. */
  ofValues(values: Iterable<AbstractValue>): Quantities {
    return alternatives(
      [...values].flatMap((each) => {
        if (each.kind === "constant") return numberOf(each.value);
        const instruction = each.kind === "computed" ? each.function.code[each.point] : undefined;
        return each.kind === "computed" && instruction !== undefined && "out" in instruction
          ? this.of(each.function, instruction.out)
          : [];
      }),
    );
  }
}

function numberOf(value: unknown): Quantities {
  if (typeof value === "number") return [plainNumber(value)];
  return typeof value === "string" && /^\s*-?\d+(?:\.\d+)?\s*$/u.test(value)
    ? [plainNumber(Number(value))]
    : none;
}

export function parsed(quantity: Quantity): Quantity {
  return isPlain(quantity) ? quantity : { ...quantity, absent: "maybe" };
}

function withOneLess(quantities: Quantities): Quantities {
  return quantities.flatMap((each) => [each, sum(each, plainNumber(-1)) ?? each]);
}

function combine(operator: string, one: Quantity, other: Quantity): Quantity[] | null {
  const found = combined(operator, one, other);
  return found === null ? null : [found];
}

function combined(operator: string, one: Quantity, other: Quantity): Quantity | null {
  switch (operator) {
    case "+":
      return sum(one, other);
    case "-":
      return difference(one, other);
    case "*":
      if (isPlain(other)) return times(one, other.add);
      return isPlain(one) ? times(other, one.add) : null;
    case "/":
      return isPlain(other) && other.add !== 0 ? times(one, 1 / other.add) : null;
    default:
      return roundedTo(one, "down");
  }
}

function alternatives(found: Quantities): Quantities {
  const texts = new Set<string>();
  return found
    .filter((each) => {
      const text = Object.values(each).join();
      return !texts.has(text) && texts.add(text).size > 0;
    })
    .slice(0, most);
}
