import type { Attendance } from "@prisma/client";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { days, openOptional, seal } from "../lib/index.js";
import type { AttendanceInput } from "../models/index.js";
import type { AttendanceRepository, ChildRepository, GuardianRepository } from "../repositories/index.js";
import type { PickupNotifier } from "./pickup-notifier.js";

export class AttendanceService {
  constructor(
    private readonly attendance: AttendanceRepository,
    private readonly children: ChildRepository,
    private readonly guardians: GuardianRepository,
    private readonly notifier: PickupNotifier,
    private readonly redis: Redis,
    private readonly log: Logger,
  ) {}

  async arrive(input: AttendanceInput): Promise<void> {
    await this.attendance.arrive(input, new Date());
    this.log.info({ childId: input.childId, hasNote: input.note !== undefined }, "arrived");
  }

  async leave(input: AttendanceInput): Promise<void> {
    const at = new Date();
    await this.attendance.leave(input, at);
    if (input.pickedUpBy !== undefined) {
      await this.redis.set(`last-pickup:${input.childId}`, seal(input.pickedUpBy), "EX", days(400));
    }
  }

  async history(childId: string): Promise<{ days: Attendance[]; lastPickup: string | null }> {
    const lastPickup = openOptional(await this.redis.get(`last-pickup:${childId}`));
    return { days: await this.attendance.list(childId), lastPickup };
  }

  async announce(childId: string): Promise<void> {
    const child = await this.children.get(childId);
    const guardian = await this.guardians.get(child.guardianId);
    this.notifier.enqueue({
      childId,
      childName: child.fullName,
      guardianPhone: guardian.phone,
      at: new Date(),
    });
  }
}
