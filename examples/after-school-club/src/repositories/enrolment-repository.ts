import type { Prisma, PrismaClient } from "@prisma/client";
import { open, seal } from "../lib/index.js";
import type { TransportInput } from "../models/index.js";

export interface EnrolmentView {
  id: string;
  childId: string;
  /**
   * @childData behaviour
   * @purpose service, analytics
   */
  activity: string;
  weekday: number;
}

export class EnrolmentRepository {
  constructor(private readonly db: PrismaClient) {}

  async add(childId: string, activity: string, weekday: number): Promise<EnrolmentView> {
    const sealed = seal(activity);
    const row = await this.db.enrolment.create({ data: { childId, activity: sealed, weekday } });
    return { id: row.id, childId, activity: open(row.activity), weekday };
  }

  async setTransport(id: string, transport: TransportInput): Promise<void> {
    const data: Prisma.EnrolmentUpdateInput = { needsBus: transport.needsBus };
    if (transport.busStop !== undefined) data.busStop = transport.busStop;
    await this.db.enrolment.update({ where: { id }, data });
  }
}
