/** Messages that a job fetches out of a queue: which is named for what they ask, or which entries of the program fill. */
import type { DutyEntry } from "../../contracts/duty-entry.js";
import type { DeletionKind } from "../../contracts/vocabulary.js";
import { entriesOn } from "../duties/entries-on-ways.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { placeOf } from "../duties/marked-entries.js";
import { isOfQueues } from "../duties/queue-producers.js";
import type { CallSite } from "../points-to/points-to.js";
import { readsBefore } from "./chosen-rows.js";
import { isDeletionChannel } from "./deletion-names.js";
import { deletionEntries } from "./heard-entries.js";
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
      readsBefore(asked, site, [job]).flatMap((read) => {
        const matches = asked.models.at(read.site).filter((match) => isOfQueues(match.package));
        const asking = asked.ways.filling(read.site).filter((way) => !way.isSwallowed);
        return [
          ...asked.marked
            .tablesAt(read.site, matches)
            .filter(isDeletionChannel)
            .map((name) => ({ name, kind: null, location: placeOf(job.outset.node) })),
          ...entriesOn(asking, asked.annotations, deletionEntries).entries,
        ];
      }),
    );
}
