import { Pool } from "pg";

export const pool = new Pool();

/** A child that reads the news. */
export interface Reader {
  /** @childData identity */
  name: string;
  /** @childData belief */
  opinion: string;
}

export async function readerOf(request: Request): Promise<Reader> {
  const { name, opinion } = await request.json();
  return { name, opinion };
}
