import { Pool } from "pg";

declare global {
  var pianoPool: Pool | undefined;
}

/** One pool also when modules are loaded anew while developing. */
export const database = globalThis.pianoPool ?? (globalThis.pianoPool = new Pool());
