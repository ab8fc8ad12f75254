import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { PickupNotice } from "../models/index.js";
import type { MessageService } from "./message-service.js";

const QUEUE = "pickup:notices";

/** Collects notices for a moment, so that siblings are announced together. */
export class PickupNotifier {
  readonly #pending: PickupNotice[] = [];

  constructor(
    private readonly redis: Redis,
    private readonly messages: MessageService,
    private readonly log: Logger,
  ) {}

  enqueue(notice: PickupNotice): void {
    this.#pending.push(notice);
  }

  async flush(): Promise<void> {
    const total = this.#pending.length;
    for (let notice = this.#pending.shift(); notice; notice = this.#pending.shift()) {
      const job = { name: notice.childName, phone: notice.guardianPhone, at: notice.at.toISOString() };
      await this.redis.rpush(QUEUE, JSON.stringify(job));
    }
    this.log.debug({ total }, "notices queued");
  }

  async deliverNext(): Promise<boolean> {
    const job = await this.redis.lpop(QUEUE);
    if (job === null) return false;
    const { name, phone, at } = JSON.parse(job) as { name: string; phone: string; at: string };
    const notice: PickupNotice = { childId: "", childName: name, guardianPhone: phone, at: new Date(at) };
    const log = this.log.child({ job: "pickup-notice", childName: notice.childName });
    const delivered = await this.messages.pickup(notice);
    log.info({ delivered }, "notice handled");
    return true;
  }
}
