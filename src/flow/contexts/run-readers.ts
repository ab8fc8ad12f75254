/** Readers of what values may be in one run of a function: one and the same for a run, whoever asks. */
import type { ReadValues } from "../models/address-values.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import type { ContextValues } from "./context-values.js";

export class RunReaders {
  private readonly readers = new Map<FunctionNode, Map<Context, ReadValues>>();
  private readonly anyRun: ReadValues = (node, value) => this.pointsTo.valuesOf(node, value);

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
  ) {}

  of(context: Context, owner: FunctionNode): ReadValues {
    if (context === noContext) return this.anyRun;
    let ofOwner = this.readers.get(owner);
    if (ofOwner === undefined) this.readers.set(owner, (ofOwner = new Map<Context, ReadValues>()));
    let read = ofOwner.get(context);
    if (read === undefined) {
      read = (node, value) =>
        (node === owner ? this.values.valuesIn(context, node, value) : null) ??
        this.pointsTo.valuesOf(node, value);
      ofOwner.set(context, read);
    }
    return read;
  }
}
