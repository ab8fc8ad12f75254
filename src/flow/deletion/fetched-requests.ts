/** Messages that a job fetches out of a queue which somebody else fills, and which is named for what they ask. */
import type { DutyEntry } from "../../contracts/duty-entry.js";
import type { DeletionKind } from "../../contracts/vocabulary.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { placeOf } from "../duties/marked-entries.js";
import { isOfQueues } from "../duties/queue-producers.js";
import type { CallSite } from "../points-to/points-to.js";
import { readsBefore } from "./chosen-rows.js";
import { isDeletionChannel } from "./deletion-names.js";
import type { MarkedRows } from "./marked-rows.js";
import type { MarkingTools } from "./mark-finder.js";

interface Asked extends MarkingTools {
  readonly marked: MarkedRows;
}

/** The jobs that erase by what such a message says, each as an entry. */
export function fetchedRequests(
  asked: Asked,
  site: CallSite,
  jobs: readonly EntryWay[],
): readonly DutyEntry<DeletionKind>[] {
  return jobs
    .filter((job) => !job.isSwallowed)
    .flatMap((job) =>
      readsBefore(asked, site, [job])
        .flatMap((read) => {
          const matches = asked.models.at(read.site).filter((match) => isOfQueues(match.package));
          return asked.marked.tablesAt(read.site, matches);
        })
        .filter(isDeletionChannel)
        .map((name) => ({ name, kind: null, location: placeOf(job.outset.node) })),
    );
}
