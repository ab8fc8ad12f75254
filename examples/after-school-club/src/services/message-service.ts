import mail from "@sendgrid/mail";
import type { Redis } from "ioredis";
import { config } from "../config/index.js";
import { open, seal } from "../lib/index.js";
import type { GuardianProfile, PickupNotice } from "../models/index.js";

mail.setApiKey(config.SENDGRID_API_KEY);

const SMS_GATEWAY = "https://gateway.sms-hub.example/v1/messages";
const OUTBOX = "outbox:mail";

interface Letter {
  /**
   * @childData guardian
   * @purpose notification
   */
  to: string;
  subject: string;
  /**
   * @childData guardian
   * @purpose notification
   */
  text: string;
}

export class MessageService {
  constructor(private readonly redis: Redis) {}

  async welcome(guardian: GuardianProfile): Promise<void> {
    await this.queue({
      to: guardian.email,
      subject: "Welcome to Bluebird",
      text: `Dear ${guardian.fullName}, your account is ready.`,
    });
  }

  async loginCode(phone: string, code: string): Promise<void> {
    await fetch(`${config.INTERNAL_API}/sms`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ phone, text: `Your Bluebird code: ${code}` }),
    });
  }

  async pickup(notice: PickupNotice): Promise<boolean> {
    const response = await fetch(SMS_GATEWAY, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ to: notice.guardianPhone, text: `${notice.childName} is ready at the door.` }),
    });
    return response.ok;
  }

  /** Sends what is in the outbox; returns how many letters went out. */
  async deliver(limit = 50): Promise<number> {
    let sent = 0;
    while (sent < limit) {
      const sealed = await this.redis.lpop(OUTBOX);
      if (sealed === null) break;
      const letter = JSON.parse(open(sealed)) as Letter;
      await mail.send({ ...letter, from: "club@bluebird-club.cn" });
      sent += 1;
    }
    return sent;
  }

  private async queue(letter: Letter): Promise<void> {
    await this.redis.rpush(OUTBOX, seal(JSON.stringify(letter)));
  }
}
