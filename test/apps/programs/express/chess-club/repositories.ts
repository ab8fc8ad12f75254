import type { Pool } from "pg";
import type { Game, Member } from "./types.js";

abstract class Repository {
  constructor(protected readonly pool: Pool) {}
}

export class MemberRepository extends Repository {
  async insert(member: Member): Promise<number> {
    const { rows } = await this.pool.query("INSERT INTO members (full_name, school) VALUES ($1, $2) RETURNING id", [
      member.fullName,
      member.school,
    ]);
    return rows[0].id;
  }

  async insertMany(all: readonly Member[]): Promise<void> {
    for (const { fullName, school } of all)
      await this.pool.query("INSERT INTO members (full_name, school) VALUES ($1, $2)", [fullName, school]); // expect: require-guardian-consent Member.fullName, Member.school
  }

  async update(id: number, member: Member): Promise<void> {
    await this.pool.query("UPDATE members SET full_name = $2, school = $3 WHERE id = $1", [id, member.fullName, member.school]); // expect: require-guardian-consent Member.fullName, Member.school
  }
}

export class GameRepository extends Repository {
  async insert({ moves }: Game): Promise<void> {
    await this.pool.query("INSERT INTO games (moves) VALUES ($1)", [moves]);
  }
}
