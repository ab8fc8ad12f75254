import type { Attendance, PrismaClient } from "@prisma/client";
import type { AttendanceInput } from "../models/index.js";

/** This table lies in a tablespace that the database encrypts; see docs/infra.md. */
export class AttendanceRepository {
  constructor(private readonly db: PrismaClient) {}

  async arrive(input: AttendanceInput, at: Date): Promise<void> {
    await this.db.attendance.create({
      data: { childId: input.childId, day: startOfDay(at), arrivedAt: at, note: input.note ?? null },
    });
  }

  async leave(input: AttendanceInput, at: Date): Promise<void> {
    const childId_day = { childId: input.childId, day: startOfDay(at) };
    await this.db.attendance.update({
      where: { childId_day },
      data: { leftAt: at, pickedUpBy: input.pickedUpBy ?? null },
    });
  }

  async countOn(day: Date): Promise<number> {
    return this.db.attendance.count({ where: { day: startOfDay(day) } });
  }

  async list(childId: string): Promise<Attendance[]> {
    return this.db.attendance.findMany({ where: { childId }, orderBy: { day: "desc" }, take: 60 });
  }

  async removeBefore(cutoff: Date): Promise<number> {
    const { count } = await this.db.attendance.deleteMany({ where: { day: { lt: cutoff } } });
    return count;
  }
}

function startOfDay(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}
