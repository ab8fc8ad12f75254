import { randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import { minutes } from "./redis.js";

export interface Session {
  guardianId: string;
  staffId?: string | undefined;
  /** @childData guardian */
  phone: string;
  /**
   * Shown in the header of every page.
   * @childData identity
   */
  childNames: string[];
}

const encrypt = (text: string): string => Buffer.from(text, "utf8").toString("base64");
const decrypt = (text: string): string => Buffer.from(text, "base64").toString("utf8");

export class SessionStore {
  constructor(private readonly redis: Redis) {}

  async create(session: Session): Promise<string> {
    const token = randomBytes(32).toString("base64url");
    await this.redis.set(`session:${token}`, encrypt(JSON.stringify(session)), "EX", minutes(45));
    await this.redis.sadd(`sessions-of:${session.guardianId}`, token);
    return token;
  }

  async find(token: string): Promise<Session | undefined> {
    const stored = await this.redis.get(`session:${token}`);
    return stored === null ? undefined : (JSON.parse(decrypt(stored)) as Session);
  }

  async endAll(guardianId: string): Promise<void> {
    const tokens = await this.redis.smembers(`sessions-of:${guardianId}`);
    await this.redis.del(`sessions-of:${guardianId}`, ...tokens.map((token) => `session:${token}`));
  }
}
