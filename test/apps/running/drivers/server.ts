/** Apps that are, or make, a listener of `node:http`. */
import { createServer, request as open, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Request } from "../job.js";
import type { Exports } from "../load-program.js";

/** What never answers has not gone on either: an error that was lost on the way. */
const longestAnswer = 250;

export async function driveServer(
  modules: ReadonlyMap<string, Exports>,
): Promise<(request: Request) => Promise<string>> {
  const app = exported(modules, "app") as RequestListener;
  return sendTo(await listen(createServer(app)));
}

export function exported(modules: ReadonlyMap<string, Exports>, name: string): unknown {
  for (const exports of modules.values()) if (exports[name] !== undefined) return exports[name];
  throw new Error(`the program does not export ${name}`);
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

export function sendTo(port: number): (request: Request) => Promise<string> {
  return ({ verb, target, headers, body }) =>
    new Promise((resolve) => {
      const sent = open(
        {
          host: "127.0.0.1",
          port,
          path: target,
          method: verb,
          headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
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
      sent.end(body === undefined ? "" : JSON.stringify(body));
    });
}
