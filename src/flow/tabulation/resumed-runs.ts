/**
 * The run of a caller to which something comes back, which is known of more than before: `select(read)`, which calls
 * `read(state)`, gives what `read` gives only to who handed `read` over. Through calls of a function by itself
 * (`walk(child, visit)`) each of its runs is known so.
 */
import type { Contexts } from "../contexts/contexts.js";
import type { CallbackEdge, CallEdge } from "../points-to/points-to.js";
import type { Entries, Entry, Incoming } from "./entry.js";
import { addNarrower } from "./entry.js";

export class ResumedRuns {
  constructor(
    private readonly contexts: Contexts,
    private readonly entries: Entries,
    private readonly add: (run: Entry, incoming: Incoming) => void,
  ) {}

  /** The run of the caller once the call has come back from a run of the callee. */
  by(edge: CallEdge | CallbackEdge, run: Entry, caller: Entry): Entry {
    const context = this.contexts.resume(caller.context, run.context, edge);
    if (context === caller.context) return caller;
    const narrower = this.entries.of(caller.node, caller.fact, context);
    if (caller.fact !== null && !caller.narrower.has(narrower)) {
      addNarrower(caller, narrower);
      for (const incoming of [...caller.incoming]) this.addCaller(narrower, incoming);
    }
    return narrower;
  }

  /** Who entered a run entered those of which more is known, too. */
  addToNarrower({ narrower }: Entry, incoming: Incoming): void {
    for (const each of narrower) this.addCaller(each, incoming);
  }

  /** Unless this call cannot have run the function so. */
  private addCaller(run: Entry, incoming: Incoming): void {
    const { edge } = incoming;
    if (edge === undefined || this.contexts.mayHaveRun(run.context, edge)) this.add(run, incoming);
  }
}
