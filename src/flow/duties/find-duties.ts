/** What the duties towards stores ask for: what erases, and what corrects. */
import type { SolveResult } from "../../contracts/flow.js";
import { findChanges } from "../corrections/find-changes.js";
import { findErasures } from "../deletion/find-erasures.js";
import type { ConsentFound } from "../guards/find-operations.js";
import type { Origins } from "../origins.js";
import { EntryWays } from "./entry-ways.js";

type Asked = Parameters<typeof findErasures>[0] & Parameters<typeof findChanges>[0];

interface Solved extends Omit<Asked, "ways">, ConsentFound {
  readonly sources: { readonly origins: Origins };
}

export function findDuties(solved: Solved): Pick<SolveResult, "deletions" | "changes"> {
  const ways = new EntryWays(
    solved.tools,
    solved.chains,
    solved.sources.origins,
    solved.annotations,
    solved.tables,
  );
  return {
    deletions: findErasures({ ...solved, ways }),
    changes: findChanges({ ...solved, ways }),
  };
}
