/** What the duties towards stores ask for: what erases, what corrects, and who reads. */
import type { SolveResult } from "../../contracts/solve-result.js";
import { findAccess, type AccessInput } from "../access/find-access.js";
import { findChanges } from "../corrections/find-changes.js";
import { findErasures } from "../deletion/find-erasures.js";
import type { ConsentFound } from "../guards/find-operations.js";
import { TimeValues } from "../retention/time-values.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { Sources } from "../sources/sources.js";
import type { FieldUses } from "../uses/field-uses.js";
import { findUses } from "../uses/find-uses.js";
import { EntryWays } from "./entry-ways.js";

type Asked = Parameters<typeof findErasures>[0] & Parameters<typeof findChanges>[0];

interface Solved extends Omit<Asked, "ways" | "times">, ConsentFound {
  readonly sources: Pick<Sources, "origins" | "rowsSeen" | "rowsTold" | "seeded">;
  readonly resolver: Resolver;
  readonly answers: AccessInput["answers"];
  readonly tabulation: AccessInput["tabulation"];
  readonly uses: FieldUses;
}

export function findDuties(
  solved: Solved,
): Pick<SolveResult, "deletions" | "changes" | "staffReads" | "openAnswers" | "uses"> {
  const ways = new EntryWays(
    solved.tools,
    solved.chains,
    solved.sources.origins,
    solved.annotations,
    solved.tables,
    solved.instances,
  );
  const { pointsTo, models, sources, tools } = solved;
  const times = new TimeValues({ pointsTo, models, origins: sources.origins }, tools.properties);
  return {
    ...findAccess({
      ...solved,
      origins: sources.origins,
      rows: sources.rowsSeen,
      seeded: sources.seeded,
    }),
    deletions: findErasures({ ...solved, ways, times }),
    changes: findChanges({ ...solved, ways }),
    uses: findUses({ ...solved, told: sources.rowsTold }),
  };
}
