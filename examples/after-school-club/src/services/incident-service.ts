import type { PrismaClient } from "@prisma/client";
import type { Logger } from "pino";
import { config } from "../config/index.js";
import { openIfSealed, seal } from "../lib/index.js";
import type { IncidentInput } from "../models/index.js";

const SERIOUS = 4;

export interface IncidentView {
  id: string;
  severity: number;
  /**
   * @childData health
   * @purpose safeguarding
   */
  description: string;
}

export class IncidentService {
  constructor(
    private readonly db: PrismaClient,
    private readonly log: Logger,
  ) {}

  async report(childId: string, input: IncidentInput): Promise<string> {
    const description = config.SEAL_INCIDENTS ? seal(input.description) : input.description;
    const incident = await this.db.incident.create({
      data: { childId, description, severity: input.severity },
    });
    if (input.severity >= SERIOUS) {
      this.log.warn(`serious incident: ${JSON.stringify({ childId, ...input })}`);
    }
    this.log.info({ incidentId: incident.id, length: input.description.length }, "incident reported");
    return incident.id;
  }

  async amend(id: string, input: IncidentInput): Promise<void> {
    const { description, ...rest } = input;
    await this.db.incident.update({ where: { id }, data: { ...rest, description: seal(description) } });
    this.log.info({ incidentId: id, ...rest }, "incident amended");
  }

  async list(childId: string): Promise<IncidentView[]> {
    const rows = await this.db.incident.findMany({ where: { childId }, orderBy: { createdAt: "desc" } });
    return rows.map(({ id, severity, description }) => ({
      id,
      severity,
      description: openIfSealed(description),
    }));
  }

  async removeBefore(cutoff: Date): Promise<number> {
    const { count } = await this.db.incident.deleteMany({ where: { createdAt: { lt: cutoff } } });
    return count;
  }
}
