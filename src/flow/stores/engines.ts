/** What clients of stores speak to. */
import type { Client } from "../../contracts/client.js";

export type Speaking = Partial<Pick<Client, "engines">>;

/** Whether two clients may reach one store: a table of PostgreSQL is no collection of MongoDB that is called the same. */
export function maySpeakToOne({ engines: some = [] }: Speaking, { engines: others = [] }: Speaking): boolean {
  return some.length === 0 || others.length === 0 || some.some((each) => others.includes(each));
}

/** Of what goes by a name, the first that the asking client may reach. */
export function reachedBy<Each extends Speaking>(
  found: readonly Each[],
  engines: readonly string[],
): Each | undefined {
  return found.find((each) => maySpeakToOne(each, { engines }));
}
