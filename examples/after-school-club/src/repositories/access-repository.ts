import type { PrismaClient } from "@prisma/client";

export class AccessRepository {
  constructor(private readonly db: PrismaClient) {}

  async add(staffId: string, childId: string, approval: string, action: string): Promise<void> {
    await this.db.accessRecord.create({ data: { staffId, childId, approval, action } });
  }
}
