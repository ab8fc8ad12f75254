/** Statements that something is done after on every way out: `try … finally`, and the scope of `using`. */
import type { Span } from "../../base/location.js";
import type { FunctionLowering } from "../function-lowering.js";

interface Guarded {
  /** Where the guarded code begins. */
  readonly start: number;
  readonly at: Span;
  readonly body: () => void;
  /** Lowers what is done last, on the normal way out. */
  readonly last: () => void;
  /** The same once more, on any other way out. */
  readonly copy: () => void;
}

export function lowerGuarded(l: FunctionLowering, { start, at, body, last, copy }: Guarded): void {
  const { builder, frames } = l;
  const outer = builder.region;
  const thrown = builder.newBlock();
  const end = builder.newBlock();
  const region = builder.openRegion(thrown, start);
  frames.within({ kind: "finally", lower: copy, region: outer }, body);
  const normal = builder.newBlock();
  builder.jump(normal);
  builder.closeRegion(region, outer);
  builder.enter(normal);
  if (l.reachable) last();
  builder.jump(end);
  builder.start(thrown);
  if (l.reachable) {
    const error = l.define({ kind: "catch" }, at);
    copy();
    builder.throw(error, at);
  }
  builder.enter(end);
}
