import { appendFile } from "node:fs/promises";
import type { Pool } from "pg";
import type { Visitor } from "./resolvers.js";

export class Visitors {
  constructor(private readonly pool: Pool) {}

  subscribe({ email }: Visitor): Promise<unknown> {
    return this.pool.query("INSERT INTO subscribers (email) VALUES ($1)", [email]);
  }
  async book({ email }: Visitor): Promise<void> {
    await this.pool.query("INSERT INTO bookings (email) VALUES ($1)", [email]); // expect: require-guardian-consent Visitor.email
  }
  async note({ question }: Visitor): Promise<boolean> {
    await appendFile("/data/questions.txt", `${question}\n`);
    return true;
  }
  async ask({ question }: Visitor): Promise<string> {
    const answer = await fetch("https://astronomers.example/ask", { method: "POST", body: question }); // expect: require-guardian-consent Visitor.question
    return answer.text();
  }
}
