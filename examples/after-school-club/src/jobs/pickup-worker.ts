import { guardianService, messageService, pickupNotifier } from "../container.js";
import { errorKind, logger, maskPhone } from "../lib/index.js";
import type { PickupNotice } from "../models/index.js";

/** Sends what has gathered, then the letters in the outbox. */
export async function runPickupWorker(): Promise<void> {
  await pickupNotifier.flush();
  while (await pickupNotifier.deliverNext());
  const letters = await messageService.deliver();
  if (letters > 0) logger.info({ letters }, "letters sent");
}

/** Rings a guardian again whose child is still waiting. */
export async function remind(guardianId: string, notice: PickupNotice, attempts: number): Promise<void> {
  const guardian = await guardianService.get(guardianId);
  if (attempts > 3) {
    console.error("nobody answers", JSON.stringify(guardian));
    return;
  }
  try {
    await messageService.pickup({ ...notice, guardianPhone: guardian.phone });
  } catch (error) {
    console.warn("reminder failed for", maskPhone(guardian.phone), errorKind(error));
    console.warn(JSON.stringify(guardian, ["id", "locale"]));
  }
}
