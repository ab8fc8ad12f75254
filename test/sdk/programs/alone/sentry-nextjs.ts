import * as Sentry from "@sentry/nextjs";
import type { Child } from "../child.js";

Sentry.init({ dsn: "https://key@o1.ingest.sentry.io/1", tracesSampleRate: 1 });

export function exception(child: Child): void {
  Sentry.captureException(new Error(`no lesson for ${child.name}`), { extra: { note: child.note } }); // sends to Sentry: name, note
}

export function message(child: Child): void {
  Sentry.captureMessage("no lesson", { tags: { email: child.email }, user: { id: child.id } }); // sends to Sentry: email, id
}

export function user(child: Child): void {
  Sentry.withScope((scope) => {
    scope.setUser({ id: child.id, username: child.name }); // sends to Sentry: id, name
    scope.addBreadcrumb({ message: child.note }); // sends to Sentry: note
    Sentry.captureMessage("known");
  });
}

export function span(child: Child): void {
  Sentry.startSpan({ name: "lesson", attributes: { note: child.note } }, (span) => { // sends to Sentry: note
    span.setAttribute("name", child.name); // sends to Sentry: name
  });
}

export async function action(child: Child): Promise<void> {
  const formData = new FormData();
  formData.set("name", child.name);
  const headers = new Headers({ "x-note": child.note });
  await Sentry.withServerActionInstrumentation("enrol", { formData, headers, recordResponse: false }, async () => { // sends to Sentry: name, note
    Sentry.captureMessage(`enrolled ${child.email}`); // sends to Sentry: email
  });
}

export async function recorded(child: Child): Promise<void> {
  await Sentry.withServerActionInstrumentation("enrol", { recordResponse: true }, async () => ({ note: child.note })); // sends to Sentry: note
}

export async function unrecorded(child: Child): Promise<void> {
  await Sentry.withServerActionInstrumentation("enrol", { recordResponse: false }, async () => ({ note: child.note }));
}

export function requestError(child: Child): void {
  Sentry.captureRequestError(new Error(`no page for ${child.name}`), { path: `/pupils/${child.id}`, method: "GET", headers: {} }, { routerKind: "App Router", routePath: "/pupils/[id]", routeType: "render" }); // sends to Sentry: name, id
}

export async function route(child: Child): Promise<void> {
  const handler = Sentry.wrapRouteHandlerWithSentry(
    () => {
      Sentry.captureMessage(`missing ${child.email}`); // sends to Sentry: email
      return new Response(child.note);
    },
    { method: "GET", parameterizedRoute: "/pupils/[id]" },
  );
  await handler();
}

export function quiet(child: Child): void {
  Sentry.captureMessage(`no lesson at ${child.school}`);
}

export async function close(): Promise<void> {
  await Sentry.close(4000);
}
