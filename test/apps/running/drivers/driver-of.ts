/** How an app of each framework is started, and how a request reaches it. */
import type { Request } from "../job.js";
import type { Exports } from "../load-program.js";
import { driveBullmq, driveCalls, driveCommander, driveCron, driveLambda } from "./functions.js";
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
  bullmq: driveNode,
  cron: driveCron,
  commander: driveCommander,
  node: driveNode,
  react: driveReact,
};

export function isFramework(name: string): boolean {
  return name in drivers;
}

/** Controllers answer requests, gateways take messages. */
async function driveNest(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  const [ask, emit] = await Promise.all([driveServer(modules), driveSocketIo()]);
  return (request) => (request.verb === "EMIT" ? emit(request) : ask(request));
}

/** A program with several ways in: requests, jobs, functions that others call. */
async function driveNode(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  const hasApp = [...modules.values()].some(({ app }) => app !== undefined);
  const ask = hasApp ? await driveServer(modules) : null;
  const [work, call] = await Promise.all([driveBullmq(), driveCalls(modules)]);
  return (request) => {
    if (request.verb === "JOB") return work(request);
    return request.verb === "CALL" || ask === null ? call(request) : ask(request);
  };
}

export function driverOf(framework: string): Driver {
  const driver = drivers[framework];
  if (driver === undefined) throw new Error(`no driver for ${framework}`);
  return driver;
}
