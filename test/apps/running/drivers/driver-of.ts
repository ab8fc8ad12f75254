/** How an app of each framework is started, and how a request reaches it. */
import type { Request } from "../job.js";
import type { Exports } from "../load-program.js";
import { driveServer } from "./server.js";

/** Starts an app, and gives what sends it a request and says how that ended. */
export type Driver = (
  modules: ReadonlyMap<string, Exports>,
) => Promise<(request: Request) => Promise<string>>;

const drivers: Readonly<Record<string, Driver>> = {
  express: driveServer,
};

export function driverOf(framework: string): Driver {
  const driver = drivers[framework];
  if (driver === undefined) throw new Error(`no driver for ${framework}`);
  return driver;
}
