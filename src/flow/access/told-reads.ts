/**
 * Where a read is told, and of which fields. A row that a helper loads and gives back is read where its caller takes
 * something of it, and only that is read; a row that goes on whole is read with all that it holds, by its query.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { Passage } from "../guards/open-way.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { ChildRead } from "./child-reads.js";
import type { TakenFields } from "./taken-fields.js";

export interface ToldRead {
  readonly read: ChildRead;
  readonly fields: ReadonlySet<FieldId>;
  /** The call by which the function comes to the row that takes of it: the query, or a helper's call. */
  readonly at: CallSite;
  /** From the query up to that call, the innermost first: only ways through these are meant. */
  readonly chain: readonly Passage[];
  /** Calls that the row is followed through by itself: ways through them are not meant. */
  readonly others: readonly CallSite[];
  /** On every way through the chain something is read. */
  readonly isSure: boolean;
}

const deepest = 10;
/** Ways of one row that are followed each by itself. */
const mostChains = 80;

export function toldReads(pointsTo: PointsTo, taken: TakenFields, read: ChildRead): ToldRead[] {
  const start = passageOf(read.site);
  const whole: ToldRead = {
    read,
    fields: read.fields,
    at: read.site,
    chain: [start],
    others: [],
    isSure: true,
  };
  const found: ToldRead[] = [];
  const queue: { readonly at: CallSite; readonly chain: readonly Passage[] }[] = [
    { at: read.site, chain: [start] },
  ];
  for (const { at, chain } of queue) {
    const { instruction, caller } = at;
    if (!("out" in instruction) || chain.length > deepest || queue.length > mostChains) return [whole];
    const { fields, isWhole, isGivenBack } = taken.of(read, caller, instruction.out, at === read.site);
    const here = { ...whole, chain };
    if (isWhole) {
      found.push(here);
      continue;
    }
    if (fields.size > 0) found.push({ ...here, fields, at });
    if (!isGivenBack) continue;
    const next = pointsTo.callersOf(caller).filter((edge) => isFollowed(edge, chain));
    const others = next.map(({ site }) => site);
    found.push({ ...here, others, isSure: others.length === 0 });
    for (const site of others) queue.push({ at: site, chain: [...chain, passageOf(site)] });
  }
  return found;
}

/** Is it a way, or the beginning of one, on which the row comes to where it is told? */
export function isOnChain({ chain, others }: ToldRead, passages: readonly Passage[]): boolean {
  if (passages.some((each, index) => index < chain.length && !isSame(each, chain[index]))) return false;
  const next = passages[chain.length];
  return next === undefined || !others.some((site) => isSame(next, passageOf(site)));
}

function isSame(one: Passage, other: Passage | undefined): boolean {
  return one.node === other?.node && one.point === other.point;
}

function passageOf({ caller, point }: CallSite): Passage {
  return { node: caller, point };
}

/** What the function gives back is what the call gives, and it does not call itself. */
function isFollowed({ site, shape }: CallEdge, chain: readonly Passage[]): boolean {
  return shape === "call" && !chain.some((each) => isSame(each, passageOf(site)));
}
