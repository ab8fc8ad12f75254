import type { Redis } from "ioredis";
import type { ChildProfile } from "../models/index.js";

interface BoardLine {
  childId: string;
  label: string;
  alert: string | null;
}

/** The screen in the hall: who is expected today. */
export class RosterBoard {
  private lines: BoardLine[] = [];

  constructor(private readonly redis: Redis) {}

  get size(): number {
    return this.lines.length;
  }

  fill(children: readonly ChildProfile[]): this {
    this.lines = children.map((child) => ({
      childId: child.id,
      label: `${child.fullName} (${child.groupName})`,
      alert: child.allergies,
    }));
    return this;
  }

  async publish(day: string): Promise<void> {
    await this.redis.set(`roster:${day}`, JSON.stringify(this.lines));
    await this.redis.set("roster:size", this.size);
  }

  async clear(day: string): Promise<void> {
    this.lines = [];
    await this.redis.set(`roster:${day}`, JSON.stringify(this.lines));
  }
}
