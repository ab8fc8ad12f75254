import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { DuplicateChildError, isChild, minutes, seal } from "../lib/index.js";
import type { ChildInput, ChildPatch, ChildProfile, TransportInput } from "../models/index.js";
import type { ChildRepository, EnrolmentRepository, EnrolmentView } from "../repositories/index.js";
import type { AnalyticsService } from "./analytics-service.js";
import type { ConsentService } from "./consent-service.js";

const cacheKey = (id: string): string => `child:${id}`;

export class ChildService {
  constructor(
    private readonly children: ChildRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly consents: ConsentService,
    private readonly analytics: AnalyticsService,
    private readonly redis: Redis,
    private readonly log: Logger,
  ) {}

  /** The homework club also takes teenagers, who may enrol by themselves. */
  async enrol(guardianId: string, input: ChildInput): Promise<ChildProfile> {
    if (isChild(input.birthDate)) await this.consents.assertGranted(guardianId, "collection");
    const siblings = await this.children.listByGuardian(guardianId);
    const known = siblings.some((s) => s.fullName === input.fullName && s.birthDate === input.birthDate);
    if (known) throw new DuplicateChildError(input);

    const child = await this.children.create(guardianId, input);
    this.log.info({ child, siblings: siblings.length }, "child enrolled");
    this.analytics.childEnrolled(guardianId, child);
    return child;
  }

  async get(id: string): Promise<ChildProfile> {
    const cached = await this.redis.get(cacheKey(id));
    if (cached !== null) return JSON.parse(cached) as ChildProfile;
    const child = await this.children.get(id);
    await this.remember(child);
    return child;
  }

  /** @correctionPath */
  async correct(id: string, patch: ChildPatch): Promise<ChildProfile> {
    const child = await this.children.correct(id, patch);
    await this.remember(child);
    this.log.info({ childId: child.id, fields: Object.keys(patch) }, "record corrected");
    return child;
  }

  async join(childId: string, activity: string, weekday: number): Promise<EnrolmentView> {
    const enrolment = await this.enrolments.add(childId, activity, weekday);
    this.analytics.activityJoined(enrolment);
    return enrolment;
  }

  async setTransport(childId: string, enrolmentId: string, transport: TransportInput): Promise<void> {
    await this.enrolments.setTransport(enrolmentId, transport);
    const child = await this.children.get(childId);
    this.log.info("bus to %s for child %s", child.homeAddress, child.id);
  }

  /** What the door needs this afternoon: sealed, and gone in the evening. */
  async prepareDoorList(groupName: string): Promise<number> {
    const children = await this.children.listByGroup(groupName);
    const list = children.map(({ id, fullName, allergies }) => ({ id, fullName, allergies }));
    await this.redis.set(`door:${groupName}`, seal(JSON.stringify(list)), "EX", minutes(8 * 60));
    await this.redis.hset("door:sizes", groupName, list.length);
    this.log.info({ groupName, withAllergies: list.filter((c) => c.allergies !== null).length }, "door list");
    return list.length;
  }

  async forget(id: string): Promise<void> {
    await this.redis.del(cacheKey(id));
  }

  private async remember(child: ChildProfile): Promise<void> {
    await this.redis.set(cacheKey(child.id), JSON.stringify(child), "EX", minutes(15));
  }
}
