import type { Pool } from "pg";

/** @childData content */
export interface Drawing {
  title: string;
  artist: string;
}

export class DrawingStore {
  constructor(private readonly pool: Pool) {}

  async add({ title, artist }: Drawing): Promise<void> {
    await this.pool.query("INSERT INTO drawings (title, artist) VALUES ($1, $2)", [title, artist]);
  }

  async draft(drawing: Drawing): Promise<void> {
    await this.pool.query("INSERT INTO drafts (title, artist) VALUES ($1, $2)", [drawing.title, drawing.artist]); // expect: require-guardian-consent Drawing.title, Drawing.artist
  }

  async enter(drawing: Drawing): Promise<void> {
    await this.pool.query("INSERT INTO entries (title, artist) VALUES ($1, $2)", [drawing.title, drawing.artist]); // expect: require-guardian-consent Drawing.title, Drawing.artist
  }

  async remark(drawing: Drawing): Promise<void> {
    await this.pool.query("INSERT INTO remarks (title) VALUES ($1)", [drawing.title]); // expect: require-guardian-consent Drawing.title
  }
}
