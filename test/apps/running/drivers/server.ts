/** Apps that are, or open, a server of `node:http`. */
import { createServer, request as open, type RequestListener } from "node:http";
import type { AddressInfo, Server } from "node:net";
import type { Request } from "../job.js";
import { openedServer } from "../listening.js";
import type { Exports } from "../load-program.js";
import type { Send } from "./driver-of.js";

/** What never answers has not gone on either: an error that was lost on the way. */
const longestAnswer = 1000;

/** An app that has opened a port, or exports a listener as `app`. */
export async function driveServer(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  const server = openedServer() ?? createServer(exported(modules, "app") as RequestListener);
  return sendTo(await portOf(server));
}

interface KoaApp {
  callback(): RequestListener;
}

export async function driveKoa(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  const server = openedServer() ?? createServer((exported(modules, "app") as KoaApp).callback());
  return sendTo(await portOf(server));
}

/** What has opened a port is asked there. */
export async function opened(): Promise<Send | null> {
  const server = openedServer();
  return server === undefined ? null : sendTo(await portOf(server));
}

export function exported(modules: ReadonlyMap<string, Exports>, name: string): unknown {
  for (const exports of modules.values()) if (exports[name] !== undefined) return exports[name];
  throw new Error(`the program does not export ${name}`);
}

export async function portOf(server: Server): Promise<number> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(resolve));
  return (server.address() as AddressInfo).port;
}

export function sendTo(port: number): Send {
  return ({ verb, target, headers, body }: Request) =>
    new Promise((resolve) => {
      const text = body === undefined ? "" : JSON.stringify(body);
      const described = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
      const sent = open(
        {
          host: "127.0.0.1",
          port,
          path: target,
          method: verb,
          headers: { ...(body === undefined ? {} : described), ...headers },
          timeout: longestAnswer,
        },
        (answer) => {
          answer.resume().on("end", () => {
            resolve(String(answer.statusCode));
          });
        },
      );
      sent.on("timeout", () => {
        sent.destroy();
        resolve("no answer");
      });
      sent.on("error", (error) => {
        resolve(error.message);
      });
      sent.end(text);
    });
}

/** Not before that has been waited for; a handler that hangs is given up. */
export async function inTime(answer: Promise<string>): Promise<string> {
  const late = new Promise<string>((resolve) => setTimeout(resolve, longestAnswer, "no answer"));
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
