import type { Pool } from "pg";

export class ConsentMissingError extends Error {
  readonly status = 403;
}

export class ConsentService {
  constructor(private readonly db: Pool) {}

  /** @guardianConsent */
  async isGranted(guardianId: string): Promise<boolean> {
    const { rows } = await this.db.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    return rows[0]?.granted === true;
  }

  async ensure(guardianId: string): Promise<void> {
    if (!(await this.isGranted(guardianId))) throw new ConsentMissingError("no consent");
  }
}
