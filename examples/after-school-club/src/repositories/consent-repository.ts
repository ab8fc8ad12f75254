import type { PrismaClient } from "@prisma/client";

export type ConsentOperation = "collection" | "use" | "transfer" | "disclosure";

export class ConsentRepository {
  constructor(private readonly db: PrismaClient) {}

  async grant(guardianId: string, operations: ConsentOperation[], noticeVersion: string): Promise<void> {
    await this.db.consent.createMany({
      data: operations.map((operation) => ({ guardianId, operation, noticeVersion })),
    });
  }

  async exists(guardianId: string, operation: ConsentOperation, noticeVersion: string): Promise<boolean> {
    const count = await this.db.consent.count({
      where: { guardianId, operation, noticeVersion, withdrawnAt: null },
    });
    return count > 0;
  }

  async withdraw(guardianId: string): Promise<void> {
    await this.db.consent.updateMany({
      where: { guardianId, withdrawnAt: null },
      data: { withdrawnAt: new Date() },
    });
  }
}
