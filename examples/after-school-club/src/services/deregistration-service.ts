import type { PrismaClient } from "@prisma/client";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { rm } from "node:fs/promises";
import { config } from "../config/index.js";
import type { SessionStore } from "../lib/index.js";
import type { ChildRepository, GuardianRepository } from "../repositories/index.js";
import type { AnalyticsService } from "./analytics-service.js";
import type { ChildService } from "./child-service.js";
import type { DocumentService } from "./document-service.js";
import type { PhotoService } from "./photo-service.js";

export class DeregistrationService {
  constructor(
    private readonly db: PrismaClient,
    private readonly redis: Redis,
    private readonly guardians: GuardianRepository,
    private readonly childRecords: ChildRepository,
    private readonly children: ChildService,
    private readonly photos: PhotoService,
    private readonly documents: DocumentService,
    private readonly sessions: SessionStore,
    private readonly analytics: AnalyticsService,
    private readonly log: Logger,
  ) {}

  /**
   * A family leaves the club.
   * @deletionPath deregistration
   */
  async leave(guardianId: string): Promise<void> {
    for (const child of await this.childRecords.listByGuardian(guardianId)) {
      await this.photos.removeObjects(child.id);
      await this.children.forget(child.id);
      await this.redis.del(`last-pickup:${child.id}`);
    }
    await this.guardians.remove(guardianId);
    await this.sessions.endAll(guardianId);
    this.log.info({ guardianId }, "family left");
  }

  /**
   * The club closes: everything goes, families were told beforehand.
   * @deletionPath shutdown
   */
  async closeClub(): Promise<void> {
    const guardians = await this.db.guardian.findMany({ select: { id: true, children: { select: { id: true } } } });
    await this.analytics.forget(guardians.flatMap(({ id, children }) => [id, ...children.map((child) => child.id)]));
    await this.photos.removeObjects();
    await this.documents.removeAll();
    await this.db.$transaction([
      this.db.waitlistEntry.deleteMany(),
      this.db.emergencySheet.deleteMany(),
      this.db.child.deleteMany(),
      this.db.guardian.deleteMany(),
    ]);
    await this.redis.flushdb();
    await rm(config.EXPORT_DIR, { recursive: true, force: true });
    this.log.warn("all records erased");
  }

  /**
   * The club ends from one day to the next; whoever still has the keys runs this. Written before there were
   * photos, Redis and analytics, and never again looked at.
   * @deletionPath shutdown
   */
  async windDown(): Promise<void> {
    await this.db.$transaction([
      this.db.waitlistEntry.deleteMany(),
      this.db.emergencySheet.deleteMany(),
      this.db.child.deleteMany(),
      this.db.guardian.deleteMany(),
    ]);
    this.log.warn("tables emptied");
  }
}
