/** Apps that answer requests without a server. */
import type { Request as Sent } from "../job.js";
import type { Exports } from "../load-program.js";
import type { Send } from "./driver-of.js";
import { exported, inTime, opened } from "./server.js";

interface FastifyApp {
  inject(request: unknown): Promise<{ readonly statusCode: number }>;
}

export async function driveFastify(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  const asked = await opened();
  if (asked !== null) return asked;
  const app = (await exported(modules, "app")) as FastifyApp;
  return ({ verb, target, headers, body }) =>
    inTime(
      app
        .inject({ method: verb, url: target, headers, ...(body === undefined ? {} : { payload: body }) })
        .then(({ statusCode }) => String(statusCode)),
    );
}

interface FetchApp {
  fetch(request: Request): Response | Promise<Response>;
}

export async function driveFetch(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  const asked = await opened();
  if (asked !== null) return asked;
  const app = exported(modules, "app") as FetchApp;
  return (request) =>
    inTime(Promise.resolve(app.fetch(webRequest(request))).then(({ status }) => String(status)));
}

export function webRequest({ verb, target, headers, body }: Sent): Request {
  return new Request(new URL(target, "http://localhost"), {
    method: verb,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

interface TrpcAdapter {
  readonly fetchRequestHandler: (options: unknown) => Promise<Response>;
}

/** Procedures are called as clients do: `POST children.create {…}` of the exported `appRouter`. */
export async function driveTrpc(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  // Named by a variable: the compiler does not know the packages of the apps.
  const adapter: string = "@trpc/server/adapters/fetch";
  const { fetchRequestHandler: answer } = (await import(adapter)) as TrpcAdapter;
  const router = exported(modules, "appRouter");
  const createContext = [...modules.values()].find((each) => each.createContext !== undefined)?.createContext;
  return (request) =>
    inTime(
      answer({
        endpoint: "/trpc",
        router,
        createContext,
        req: webRequest({ ...request, target: `/trpc/${request.target}` }),
      }).then(({ status }) => String(status)),
    );
}
