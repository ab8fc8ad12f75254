import { createHash } from "node:crypto";
import type { PrismaClient } from "@prisma/client";
import { open, seal } from "../lib/index.js";
import type { WaitlistInput } from "../models/index.js";

const hashPhone = (phone: string): string => createHash("sha256").update(phone).digest("hex");

export class WaitlistRepository {
  constructor(private readonly db: PrismaClient) {}

  async add(input: WaitlistInput): Promise<string> {
    const entry = await this.db.waitlistEntry.create({
      data: {
        childName: seal(input.childName),
        birthDate: seal(input.birthDate),
        guardianPhone: seal(input.guardianPhone),
        phoneHash: hashPhone(input.guardianPhone),
        wishedGroup: input.wishedGroup,
      },
    });
    return entry.id;
  }

  async list(): Promise<WaitlistInput[]> {
    const entries = await this.db.waitlistEntry.findMany({ where: { removedAt: null } });
    return entries.map((entry) => ({
      childName: open(entry.childName),
      birthDate: open(entry.birthDate),
      guardianPhone: open(entry.guardianPhone),
      wishedGroup: entry.wishedGroup,
    }));
  }

  /** The entry keeps its place in the statistics, but nobody sees it any more. */
  async remove(id: string): Promise<void> {
    await this.db.waitlistEntry.update({ where: { id }, data: { removedAt: new Date() } });
  }
}
