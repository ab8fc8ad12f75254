import type { Child, PrismaClient } from "@prisma/client";
import { encryptForRoll, NotFoundError, open, openOptional, seal, sealOptional } from "../lib/index.js";
import type { ChildInput, ChildPatch, ChildProfile } from "../models/index.js";

function toProfile(row: Child): ChildProfile {
  return {
    id: row.id,
    guardianId: row.guardianId,
    groupName: row.groupName,
    fullName: open(row.fullName),
    birthDate: open(row.birthDate),
    homeAddress: open(row.homeAddress),
    schoolName: open(row.schoolName),
    allergies: openOptional(row.allergies),
    dietaryNotes: row.dietaryNotes,
  };
}

export class ChildRepository {
  constructor(private readonly db: PrismaClient) {}

  async create(guardianId: string, input: ChildInput): Promise<ChildProfile> {
    const row = await this.db.child.create({
      data: {
        ...input,
        guardianId,
        fullName: seal(input.fullName),
        birthDate: seal(input.birthDate),
        homeAddress: seal(input.homeAddress),
        schoolName: seal(input.schoolName),
        allergies: sealOptional(input.allergies),
        religion: sealOptional(input.religion),
      },
    });
    return toProfile(row);
  }

  async correct(id: string, patch: ChildPatch): Promise<ChildProfile> {
    const row = await this.db.child.update({
      where: { id },
      data: {
        fullName: seal(patch.fullName),
        birthDate: seal(patch.birthDate),
        homeAddress: seal(patch.homeAddress),
        schoolName: seal(patch.schoolName),
        allergies: sealOptional(patch.allergies),
      },
    });
    return toProfile(row);
  }

  async setSchoolNumber(id: string, studentNumber: string): Promise<void> {
    await this.db.child.update({ where: { id }, data: { schoolNumber: encryptForRoll(studentNumber) } });
  }

  async get(id: string): Promise<ChildProfile> {
    const row = await this.db.child.findUnique({ where: { id } });
    if (!row) throw new NotFoundError("child");
    return toProfile(row);
  }

  async listByGuardian(guardianId: string): Promise<ChildProfile[]> {
    const rows = await this.db.child.findMany({ where: { guardianId, deactivatedAt: null } });
    return rows.map(toProfile);
  }

  async listByGroup(groupName: string): Promise<ChildProfile[]> {
    const rows = await this.db.child.findMany({ where: { groupName, deactivatedAt: null } });
    return rows.map(toProfile);
  }

  async *all(pageSize = 200): AsyncGenerator<ChildProfile> {
    let last: string | undefined;
    for (;;) {
      const rows = await this.db.child.findMany({
        where: last === undefined ? {} : { id: { gt: last } },
        orderBy: { id: "asc" },
        take: pageSize,
      });
      for (const row of rows) yield toProfile(row);
      last = rows.at(-1)?.id;
      if (rows.length < pageSize) return;
    }
  }

  async deactivateByGuardian(guardianId: string): Promise<void> {
    await this.db.child.updateMany({ where: { guardianId }, data: { deactivatedAt: new Date() } });
  }
}
