import type { Guardian, PrismaClient } from "@prisma/client";
import { encryptPickupCode, lookupKey, NotFoundError, open, seal } from "../lib/index.js";
import type { GuardianInput, GuardianProfile } from "../models/index.js";

function toProfile(row: Guardian): GuardianProfile {
  return {
    id: row.id,
    fullName: open(row.fullName),
    phone: open(row.phone),
    email: open(row.email),
    locale: row.locale,
  };
}

export class GuardianRepository {
  constructor(private readonly db: PrismaClient) {}

  async create(input: GuardianInput): Promise<GuardianProfile> {
    const row = await this.db.guardian.create({
      data: {
        fullName: seal(input.fullName),
        phone: seal(input.phone),
        phoneLookup: lookupKey(input.phone),
        email: seal(input.email),
        locale: input.locale,
      },
    });
    return toProfile(row);
  }

  async correct(id: string, input: GuardianInput): Promise<void> {
    const { fullName, phone, email, locale } = input;
    await this.db.guardian.update({
      where: { id },
      data: {
        fullName: seal(fullName),
        phone: seal(phone),
        phoneLookup: lookupKey(phone),
        email: seal(email),
        locale,
      },
    });
  }

  async get(id: string): Promise<GuardianProfile> {
    const row = await this.db.guardian.findUnique({ where: { id } });
    if (!row) throw new NotFoundError("guardian");
    return toProfile(row);
  }

  async findByPhone(phone: string): Promise<GuardianProfile | undefined> {
    const row = await this.db.guardian.findUnique({ where: { phoneLookup: lookupKey(phone) } });
    return row ? toProfile(row) : undefined;
  }

  async setPickupCode(id: string, code: string): Promise<void> {
    await this.db.guardian.update({ where: { id }, data: { pickupCode: encryptPickupCode(code) } });
  }

  async findByPickupCode(code: string): Promise<string | undefined> {
    const row = await this.db.guardian.findFirst({ where: { pickupCode: encryptPickupCode(code) } });
    return row?.id;
  }

  /** Children, enrolments, attendance and the rest go with the guardian (`onDelete: Cascade`). */
  async remove(id: string): Promise<void> {
    await this.db.guardian.delete({ where: { id } });
  }
}
