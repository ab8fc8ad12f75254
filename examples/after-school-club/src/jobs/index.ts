import { childRepository, childService, kioskService, rosterBoard } from "../container.js";
import { errorKind, logger, prisma } from "../lib/index.js";
import { rebuildEmergencySheets } from "./emergency-sheets.js";
import { kitchenArchive, kitchenReport, nightlyExport } from "./nightly-export.js";
import { runPickupWorker } from "./pickup-worker.js";
import { purge } from "./purge.js";

export { remind } from "./pickup-worker.js";
export * from "./school-feed-import.js";

const HOUR = 3_600_000;
const GROUPS = ["sparrows", "swifts", "homework"];

async function nightly(): Promise<void> {
  const now = new Date();
  const day = now.toISOString().slice(0, 10);
  await nightlyExport(day);
  await rebuildEmergencySheets(prisma, now);
  await purge(now);
  if (now.getUTCDay() === 1) {
    await kitchenReport(day);
    await kitchenArchive(day);
  }
}

async function morning(): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  for (const group of GROUPS) {
    await childService.prepareDoorList(group);
    await kioskService.refresh(group);
  }
  const expected = await childRepository.listByGroup(GROUPS[0] ?? "sparrows");
  await rosterBoard.fill(expected).publish(day);
}

function guarded(name: string, job: () => Promise<void>): () => void {
  return () => {
    job().catch((error: unknown) => {
      logger.error({ job: name, error: errorKind(error) }, "job failed");
    });
  };
}

/** Starts the clock; returns what stops it. */
export function startJobs(): () => void {
  const timers = [
    setInterval(guarded("nightly", nightly), 24 * HOUR),
    setInterval(guarded("morning", morning), 24 * HOUR),
    setInterval(guarded("pickup", runPickupWorker), 15_000),
  ];
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
