import { createCipheriv, randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import { minutes } from "../lib/index.js";
import type { ChildProfile } from "../models/index.js";
import type { ChildRepository } from "../repositories/index.js";

/** The tablets at the door carry the same key in their image. */
const TABLET_KEY = Buffer.from("8f1c6d0e7a5b49329d1f3c2b4a59687716253443526170ff0e1d2c3b4a596877", "hex");

export class KioskService {
  constructor(
    private readonly children: ChildRepository,
    private readonly redis: Redis,
  ) {}

  async refresh(groupName: string): Promise<void> {
    const children = await this.children.listByGroup(groupName);
    const names = children.map((child) => ({ id: child.id, name: child.fullName }));
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", TABLET_KEY, iv);
    const body = Buffer.concat([cipher.update(JSON.stringify(names), "utf8"), cipher.final()]);
    const parcel = Buffer.concat([iv, cipher.getAuthTag(), body]);
    await this.redis.set(`kiosk:${groupName}`, parcel, "EX", minutes(6 * 60));
  }

  async clear(groupName: string): Promise<void> {
    await this.redis.del(`kiosk:${groupName}`);
  }

  async find(childId: string): Promise<ChildProfile> {
    return this.children.get(childId);
  }
}
