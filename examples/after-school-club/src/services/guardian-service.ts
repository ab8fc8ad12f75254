import { randomInt } from "node:crypto";
import type { Redis } from "ioredis";
import { ForbiddenError, logger, lookupKey, maskPhone, minutes, type SessionStore } from "../lib/index.js";
import type { GuardianInput, GuardianProfile } from "../models/index.js";
import type { ChildRepository, GuardianRepository } from "../repositories/index.js";
import type { MessageService } from "./message-service.js";

export class GuardianService {
  constructor(
    private readonly guardians: GuardianRepository,
    private readonly children: ChildRepository,
    private readonly sessions: SessionStore,
    private readonly messages: MessageService,
    private readonly redis: Redis,
  ) {}

  async register(input: GuardianInput): Promise<string> {
    const guardian = await this.guardians.create(input);
    logger.info({ guardian }, "guardian registered");
    await this.messages.welcome(guardian);
    return guardian.id;
  }

  async sendLoginCode(phone: string): Promise<void> {
    const code = String(randomInt(100_000, 1_000_000));
    await this.redis.set(`login:${lookupKey(phone)}`, code, "EX", minutes(5));
    await this.messages.loginCode(phone, code);
    logger.info({ to: maskPhone(phone) }, "login code sent");
  }

  async login(phone: string, code: string): Promise<string> {
    const expected = await this.redis.getdel(`login:${lookupKey(phone)}`);
    const guardian = await this.guardians.findByPhone(phone);
    if (expected !== code || !guardian) {
      logger.warn(`login refused for ${phone}`);
      throw new ForbiddenError("wrong number or code");
    }
    const children = await this.children.listByGuardian(guardian.id);
    return this.sessions.create({
      guardianId: guardian.id,
      phone: guardian.phone,
      childNames: children.map((child) => child.fullName),
    });
  }

  /** @correctionPath */
  async correct(id: string, input: GuardianInput): Promise<void> {
    await this.guardians.correct(id, input);
    logger.info({ contact: { name: input.fullName, phone: input.phone } }, "contact changed");
  }

  /** Four digits that the guardian chose, and gives to whoever fetches the child. */
  async choosePickupCode(id: string, code: string): Promise<void> {
    await this.guardians.setPickupCode(id, code);
  }

  async isPickupCode(code: string): Promise<boolean> {
    return (await this.guardians.findByPickupCode(code)) !== undefined;
  }

  async get(id: string): Promise<GuardianProfile> {
    return this.guardians.get(id);
  }
}
