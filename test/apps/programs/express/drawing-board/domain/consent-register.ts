import type { Pool } from "pg";

export class ConsentMissingError extends Error {
  readonly status = 403;
}

export class ConsentRegister {
  constructor(private readonly pool: Pool) {}

  /** @guardianConsent */
  async ensure(guardianId: string): Promise<void> {
    const { rows } = await this.pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    if (!rows[0]?.granted) throw new ConsentMissingError();
  }
}
