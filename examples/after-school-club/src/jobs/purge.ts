import { attendanceRepository, incidentService } from "../container.js";
import { logger, prisma } from "../lib/index.js";
import { dropOldSheets } from "./emergency-sheets.js";

const DAY = 86_400_000;
const ATTENDANCE_DAYS = 365;
const INCIDENT_DAYS = 180;
const SHEET_DAYS = 7;

const daysBefore = (now: Date, count: number): Date => new Date(now.getTime() - count * DAY);

/** Erases what has served its purpose. */
export async function purge(now: Date = new Date()): Promise<void> {
  const attendance = await attendanceRepository.removeBefore(daysBefore(now, ATTENDANCE_DAYS));
  const incidents = await incidentService.removeBefore(daysBefore(now, INCIDENT_DAYS));
  await dropOldSheets(prisma, daysBefore(now, SHEET_DAYS));
  logger.info({ attendance, incidents }, "purged");
}
