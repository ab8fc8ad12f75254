import type { PrismaClient } from "@prisma/client";
import { logger, open } from "../lib/index.js";
import { EmergencyCard } from "../models/index.js";

/** Rebuilds the sheet by the first-aid box. */
export async function rebuildEmergencySheets(db: PrismaClient, now: Date): Promise<void> {
  const rows = await db.child.findMany({
    where: { allergies: { not: null }, deactivatedAt: null },
    include: { guardian: true },
  });
  for (const row of rows) {
    const card = new EmergencyCard(
      open(row.fullName),
      row.allergies === null ? "" : open(row.allergies),
      open(row.guardian.phone),
      now,
    );
    const { childName, allergies, contactPhone, printedAt } = card;
    const sheet = { childName, allergies, contactPhone, printedAt };
    await db.emergencySheet.upsert({
      where: { childId: row.id },
      create: { childId: row.id, ...sheet },
      update: sheet,
    });
  }
  logger.info({ cards: rows.length, at: now }, "emergency sheets rebuilt");
}

/** Older sheets are of no use to anybody. */
export async function dropOldSheets(db: PrismaClient, cutoff: Date): Promise<void> {
  await db.emergencySheet.deleteMany({ where: { printedAt: { lt: cutoff } } });
}
