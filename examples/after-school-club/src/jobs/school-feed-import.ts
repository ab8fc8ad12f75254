import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { childRepository } from "../container.js";
import { logger } from "../lib/index.js";
import type { SchoolFeedRow } from "../models/index.js";

export class FeedRowError extends Error {
  constructor(
    message: string,
    readonly row: SchoolFeedRow,
  ) {
    super(message);
    this.name = "FeedRowError";
  }
}

async function importRow(row: SchoolFeedRow): Promise<void> {
  if (!/^\d{19}$/.test(row.studentNumber)) throw new FeedRowError("not a student number", row);
  await childRepository.setSchoolNumber(row.clubChildId, row.studentNumber);
}

/** Takes over the numbers that the schools send, one JSON object a line. */
export async function importSchoolFeed(path: string, dryRun = false): Promise<number> {
  let imported = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const row = JSON.parse(line) as SchoolFeedRow;
    if (dryRun) {
      // eslint-disable-next-line child-privacy/no-child-data-in-logs -- a dry run prints to the operator's own terminal, CLUB-212 (until 2027-03-01)
      console.log(row.pupilName, row.term);
      continue;
    }
    try {
      await importRow(row);
      imported += 1;
    } catch (error) {
      logger.error({ err: error }, "row skipped");
    }
  }
  console.log(`school feed: ${imported} rows`);
  return imported;
}
