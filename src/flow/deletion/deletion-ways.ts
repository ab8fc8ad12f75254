/** From a call that erases back to where the program is entered, past what can never be true. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { DeletionEntry } from "../../contracts/deletion.js";
import { AgeQuestion } from "../guards/ages/age-question.js";
import { AgeTests } from "../guards/ages/age-tests.js";
import type { ConsentQuestion } from "../guards/consent-question.js";
import { nameOfOutset } from "../guards/entries/outset-name.js";
import type { Chains } from "../guards/handlers/chains.js";
import { Proofs } from "../guards/marks/proofs.js";
import type { OpenWay, Outset } from "../guards/open-way.js";
import { OpenWays } from "../guards/open-ways.js";
import { WaysBack } from "../guards/ways-back.js";
import type { OpenWaysTools } from "../guards/ways.js";
import type { Origins } from "../origins.js";
import type { CallSite } from "../points-to.js";
import { isForDeleteRequests } from "./request-method.js";
import { entriesOf } from "./marked-entries.js";
import { QueueProducers } from "./queue-producers.js";

export interface WayToErasure {
  readonly outset: Outset;
  readonly name: string;
  /** Entries that are marked and that the way goes through. */
  readonly marked: readonly DeletionEntry[];
}

export class DeletionWays {
  private readonly back: WaysBack;
  private readonly producers: QueueProducers;

  constructor(
    tools: OpenWaysTools,
    private readonly chains: Chains,
    origins: Origins,
    private readonly annotations: AnnotationTable,
  ) {
    const { pointsTo, models, properties, guards } = tools;
    this.producers = new QueueProducers(pointsTo, models);
    const ages = new AgeTests({ pointsTo, models, origins }, properties);
    // Whatever is checked on the way, the data is erased behind it: no guard closes it, and no test of an age.
    const question: ConsentQuestion = {
      accepts: () => false,
      acceptsMark: () => false,
      isDone: () => false,
      ages: new AgeQuestion(ages, Infinity),
      places: [],
    };
    const open = new OpenWays(tools, question);
    this.back = new WaysBack(pointsTo, models, open, chains, new Proofs(pointsTo, guards, annotations));
  }

  to(site: CallSite): WayToErasure[] {
    const found: WayToErasure[] = [];
    // A worker erases for whoever put the job into its queue.
    const asked = new Set([site]);
    for (const each of asked)
      for (const { outset, passages } of this.back.fromPlace({ node: each.caller, point: each.point })) {
        found.push(this.tell(outset, passages));
        for (const producer of this.producers.of(outset, this.isJob(outset))) asked.add(producer);
      }
    return found;
  }

  private isJob({ node }: Outset): boolean {
    return this.chains.entries.of(node).some(({ isJob }) => isJob);
  }

  private tell(outset: Outset, passages: OpenWay["passages"]): WayToErasure {
    const nodes = new Set([outset.node, ...passages.map(({ node }) => node)]);
    const name = nameOfOutset(outset, this.chains);
    const isAsked = passages.some(({ node, point }) => isForDeleteRequests(node, point));
    return {
      outset,
      name: isAsked && !/^[A-Z]+ /u.test(name) ? `DELETE ${name}` : name,
      marked: [...nodes].flatMap((node) => entriesOf(node, this.annotations)),
    };
  }
}
