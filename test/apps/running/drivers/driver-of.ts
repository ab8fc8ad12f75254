/** How an app of each framework is started, and how a request reaches it. */
import type { Request } from "../job.js";
import type { Exports } from "../load-program.js";
import { driveBullmq, driveCommander, driveCron, driveLambda } from "./functions.js";
import { driveFastify, driveFetch, driveTrpc } from "./in-process.js";
import { driveSocketIo, driveWs } from "./messages.js";
import { driveNext } from "./next.js";
import { driveReact } from "./react.js";
import { driveKoa, driveServer } from "./server.js";

/** Sends a request and says how it ended. */
export type Send = (request: Request) => Promise<string>;

/** Starts an app whose modules have been loaded. */
export type Driver = (modules: ReadonlyMap<string, Exports>) => Promise<Send>;

const drivers: Readonly<Record<string, Driver>> = {
  express: driveServer,
  fastify: driveFastify,
  koa: driveKoa,
  hono: driveFetch,
  nestjs: driveNest,
  trpc: driveTrpc,
  next: driveNext,
  apollo: driveServer,
  "socket-io": driveSocketIo,
  ws: driveWs,
  lambda: driveLambda,
  bullmq: driveBullmq,
  cron: driveCron,
  commander: driveCommander,
  react: driveReact,
};

/** Controllers answer requests, gateways take messages. */
async function driveNest(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  const [ask, emit] = await Promise.all([driveServer(modules), driveSocketIo()]);
  return (request) => (request.verb === "EMIT" ? emit(request) : ask(request));
}

export function driverOf(framework: string): Driver {
  const driver = drivers[framework];
  if (driver === undefined) throw new Error(`no driver for ${framework}`);
  return driver;
}
