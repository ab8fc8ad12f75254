/**
 * Next.js by its file conventions, without its build: which exported function answers a path, with the proxy (or
 * middleware) before it where its matcher fits. Matching, requests, bodies of the Pages API and the storages behind
 * `cookies()` and `headers()` are Next's own.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Request as Sent } from "../job.js";
import type { Exports } from "../load-program.js";
import type { Send } from "./driver-of.js";
import { webRequest } from "./in-process.js";
import { inTime, portOf, sendTo } from "./server.js";

interface Storage {
  run<T>(store: unknown, work: () => T): T;
}
interface Next {
  readonly NextRequest: new (input: Request) => Request;
  readonly unstable_doesMiddlewareMatch: (given: {
    config: unknown;
    url: string;
    headers: object;
  }) => boolean;
  readonly apiResolver: (
    request: IncomingMessage,
    response: ServerResponse,
    query: unknown,
    module: Exports,
    context: unknown,
    propagateError: boolean,
  ) => Promise<void>;
  readonly workAsyncStorage: Storage;
  readonly workUnitAsyncStorage: Storage;
  readonly createRequestStoreForAPI: (request: Request, url: URL, tags: unknown) => unknown;
}

type Route = (path: string) => Readonly<Record<string, string | string[]>> | null;
type Handler = (...given: readonly unknown[]) => unknown;

const tags = { tags: [], expirationsByCacheKind: new Map() };

export async function driveNext(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  const next = await loadNext();
  return (request) =>
    inTime(
      (async () => {
        const { path, answer } = await throughProxy(next, modules, request);
        if (answer !== null) return answer;
        const target = { ...request, target: path };
        return inRequest(next, target, () => answerOf(next, modules, target));
      })(),
    );
}

async function loadNext(): Promise<Next> {
  const from = async (path: string): Promise<Exports> => (await import(`next/${path}.js`)) as Exports;
  const parts = await Promise.all(
    [
      "server",
      "experimental/testing/server",
      "dist/server/api-utils/node/api-resolver",
      "dist/server/app-render/work-async-storage.external",
      "dist/server/app-render/work-unit-async-storage.external",
      "dist/server/async-storage/request-store",
    ].map(from),
  );
  return Object.fromEntries(
    parts.flatMap((part) => Object.entries({ ...(part.default as object), ...part })),
  ) as unknown as Next;
}

/** A middleware or proxy may answer, let pass, or send elsewhere. */
async function throughProxy(
  next: Next,
  modules: ReadonlyMap<string, Exports>,
  request: Sent,
): Promise<{ readonly path: string; readonly answer: string | null }> {
  const path = request.target.split("#")[0] ?? "";
  const [name, proxy] =
    [...modules].find(([file]) => /^(?:src\/)?(?:middleware|proxy)\.ts$/u.test(file)) ?? [];
  if (name === undefined || proxy === undefined) return { path: request.target, answer: null };
  const asked = new next.NextRequest(webRequest({ ...request, verb: methodOf(request), target: path }));
  if (
    !next.unstable_doesMiddlewareMatch({
      config: proxy.config ?? {},
      url: asked.url,
      headers: request.headers,
    })
  )
    return { path: request.target, answer: null };
  const run = (proxy.middleware ?? proxy.proxy ?? proxy.default) as Handler;
  const given = (await run(asked, { waitUntil: () => undefined })) as Response | undefined;
  const rewritten = given?.headers.get("x-middleware-rewrite");
  if (rewritten != null) return { path: new URL(rewritten).pathname, answer: null };
  const passes = given === undefined || given.headers.get("x-middleware-next") === "1";
  return { path: request.target, answer: passes ? null : String(given.status) };
}

function methodOf({ verb }: Sent): string {
  return verb === "ACTION" || verb === "FORM" ? "POST" : verb;
}

function inRequest<T>(next: Next, request: Sent, work: () => T): T {
  const asked = webRequest({ ...request, verb: "POST", target: request.target.split("#")[0] ?? "" });
  const store = next.createRequestStoreForAPI(asked, new URL(asked.url), tags);
  const route = { route: request.target, pendingRevalidatedTags: [], page: request.target };
  return next.workAsyncStorage.run(route, () => next.workUnitAsyncStorage.run(store, work));
}

async function answerOf(next: Next, modules: ReadonlyMap<string, Exports>, request: Sent): Promise<string> {
  const [path = "", name = ""] = request.target.split("#");
  if (request.verb === "ACTION") return outcomeOf(actionNamed(modules, name), actionArguments(request.body));
  const plain = path.split("?")[0] ?? "";
  for (const [file, exports] of modules) {
    const route = routeOf(file);
    const params = route?.(plain) ?? null;
    if (params === null) continue;
    if (request.verb === "FORM" && /page\.tsx$/u.test(file))
      return outcomeOf(await formAction(exports, params), [formOf(request.body)]);
    if (request.verb !== "FORM" && file.includes("pages/api/"))
      return pagesApi(next, exports, params, request);
    const handler = /route\.ts$/u.test(file) ? (exports[request.verb] as Handler | undefined) : undefined;
    if (handler === undefined) continue;
    const asked = new next.NextRequest(webRequest(request));
    const answer = (await handler(asked, { params: Promise.resolve(params) })) as Response;
    return String(answer.status);
  }
  return "404";
}

async function outcomeOf(action: Handler, given: readonly unknown[]): Promise<string> {
  const result = await action(...given);
  return result === undefined ? "returned" : `returned ${JSON.stringify(result)}`;
}

/** `app/(shop)/orders/[id]/route.ts`, `pages/api/orders/[id].ts`. */
function routeOf(file: string): Route | null {
  const inApp = /^(?:src\/)?app\/(.*?)\/?(?:route\.ts|page\.tsx)$/u.exec(file)?.[1];
  const inPages = /^(?:src\/)?pages\/(api\/.*?)(?:\/index)?\.ts$/u.exec(file)?.[1];
  const folders = (inApp ?? inPages)?.split("/").filter((each) => each !== "" && !/^\(.*\)$/u.test(each));
  if (folders === undefined) return null;
  const names: string[] = [];
  const pattern = folders.map((each) => {
    const [, dots, name = ""] = /^\[(\.\.\.)?(\w+)\]$/u.exec(each) ?? [];
    if (name === "") return each;
    names.push(dots === undefined ? name : `${name}...`);
    return dots === undefined ? "([^/]+)" : "(.+)";
  });
  const whole = new RegExp(`^/${pattern.join("/")}$`, "u");
  return (path) => {
    const found = whole.exec(path);
    if (found === null) return null;
    return Object.fromEntries<string | string[]>(
      names.map((name, index): [string, string | string[]] => {
        const text = found[index + 1] ?? "";
        return name.endsWith("...") ? [name.slice(0, -3), text.split("/")] : [name, text];
      }),
    );
  };
}

async function pagesApi(next: Next, module: Exports, params: object, request: Sent): Promise<string> {
  const url = new URL(request.target, "http://localhost");
  const query = { ...Object.fromEntries(url.searchParams), ...params };
  const server = createServer((req, res) => {
    next.apiResolver(req, res, query, module, {}, false).catch(() => {
      if (!res.writableEnded) res.writeHead(500).end();
    });
  });
  const answer = await sendTo(await portOf(server))(request);
  server.close();
  return answer;
}

function actionNamed(modules: ReadonlyMap<string, Exports>, name: string): Handler {
  for (const exports of modules.values())
    if (typeof exports[name] === "function") return exports[name] as Handler;
  throw new Error(`no action ${name}`);
}

/** An object is what a form holds; a list is what is handed over one by one, a form in it as `{"form": …}`. */
function actionArguments(body: unknown): unknown[] {
  if (!Array.isArray(body)) return [formOf(body)];
  return body.map((each: unknown) =>
    typeof each === "object" && each !== null && "form" in each ? formOf(each.form) : each,
  );
}

function formOf(body: unknown): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(body ?? {})) form.append(key, String(value));
  return form;
}

/** The action of the form that a page shows. */
async function formAction(page: Exports, params: object): Promise<Handler> {
  const shown = await (page.default as Handler)({
    params: Promise.resolve(params),
    searchParams: Promise.resolve({}),
  });
  const action = findForm(shown);
  if (action === null) throw new Error("the page shows no form with an action");
  return action;
}

interface Shown {
  readonly type?: unknown;
  readonly props: { readonly action?: unknown; readonly children?: unknown };
}

function findForm(node: unknown): Handler | null {
  if (Array.isArray(node)) return node.map(findForm).find((each) => each !== null) ?? null;
  if (typeof node !== "object" || node === null || !("props" in node)) return null;
  const { type, props }: Shown = node as Shown;
  if (type === "form" && typeof props.action === "function") return props.action as Handler;
  return findForm(props.children);
}
