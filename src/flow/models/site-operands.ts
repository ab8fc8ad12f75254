/** What a call, read or assignment works on: its receiver, its arguments, what comes out. */
import type { Argument, Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { receiver } from "../tabulation/fact.js";
import type { CallSite } from "../points-to/points-to.js";

/** The operands of a call, assignment or read that a model may describe. */
export interface SiteOperands {
  readonly receiver: ValueId | null;
  readonly arguments: readonly Argument[];
  readonly out: ValueId | null;
  /** The assigned value, for `form: assign`. */
  readonly value: ValueId | null;
}

/** Kept for the sites that a plain call, read or assignment makes, which is nearly all. */
const plainOperands = new WeakMap<Instruction, SiteOperands>();

export function operandsOfSite(site: CallSite): SiteOperands {
  if (site.invokes !== null) return readOperands(site);
  let operands = plainOperands.get(site.instruction);
  if (operands === undefined) plainOperands.set(site.instruction, (operands = readOperands(site)));
  return operands;
}

function readOperands(site: CallSite): SiteOperands {
  const { instruction } = site;
  switch (instruction.kind) {
    case "call":
      return { ...calledWith(site, instruction), out: instruction.out, value: null };
    case "super-call":
      // What the parent's constructor makes is the receiver.
      return { receiver: null, arguments: instruction.arguments, out: receiver, value: null };
    case "store":
      return { receiver: instruction.object, arguments: [], out: null, value: instruction.value };
    case "load":
      return { receiver: instruction.object, arguments: [], out: instruction.out, value: null };
    case "jsx":
      return {
        receiver: null,
        arguments: [{ value: instruction.props, spread: false, at: instruction.at }],
        out: instruction.out,
        value: null,
      };
    default:
      return { receiver: null, arguments: [], out: null, value: null };
  }
}

/** `f.call(self, a)` and `f.apply(self, [a])` call f on `self` with `a`. */
function calledWith(
  { invokes }: CallSite,
  { receiver, arguments: list }: InstructionOf<"call">,
): Pick<SiteOperands, "receiver" | "arguments"> {
  const [self, ...rest] = list;
  if (invokes === null || self?.spread === true) return { receiver, arguments: list };
  return {
    receiver: self?.value ?? null,
    arguments: invokes === "call" ? rest : rest.slice(0, 1).map((each) => ({ ...each, spread: true })),
  };
}
