import type { Pool } from "pg";

export interface Rider {
  /** @childData identity */
  name: string;
  /** @childData health */
  height: string;
}

export class RiderService {
  constructor(private readonly pool: Pool) {}

  /** @guardianConsent */
  async hasConsent(guardianId: string): Promise<boolean> {
    const found = await this.pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    return found.rows.some(({ granted }) => granted === true);
  }

  async create(rider: Rider): Promise<void> {
    await this.pool.query("INSERT INTO riders (name, height) VALUES ($1, $2)", [rider.name, rider.height]);
  }

  async measure(rider: Rider): Promise<void> {
    await this.pool.query("UPDATE riders SET height = $1", [rider.height]); // expect: require-guardian-consent Rider.height
  }

  async rename({ name }: Rider, guardianId: string): Promise<boolean> {
    if (!(await this.hasConsent(guardianId))) return false;
    await this.pool.query("UPDATE riders SET name = $1", [name]);
    return true;
  }
}
