import * as Sentry from "@sentry/node-core/light";
import DatadogWinston from "datadog-winston";
import type { Child } from "./child.js";

Sentry.init({ dsn: "https://key@o1.ingest.sentry.io/1", defaultIntegrations: false, tracesSampleRate: 1 });
const datadog = new DatadogWinston({ apiKey: "key", hostname: "school", service: "lessons", ddsource: "nodejs" });

export function exception(child: Child): void {
  Sentry.captureException(new Error(`no lesson for ${child.name}`), { extra: { note: child.note } }); // sends to Sentry: name, note
}

export function message(child: Child): void {
  Sentry.captureMessage(`missing ${child.email}`); // sends to Sentry: email
}

export function scoped(child: Child): void {
  Sentry.withScope((scope) => {
    scope.setUser({ id: child.id, email: child.email }); // sends to Sentry: id, email
    scope.setTag("phone", child.phone); // sends to Sentry: phone
    scope.setContext("note", { text: child.note }); // sends to Sentry: note
    scope.addBreadcrumb({ message: child.name }); // sends to Sentry: name
    Sentry.captureMessage("scoped");
  });
}

export function event(child: Child): void {
  Sentry.captureEvent({ message: "event", user: { username: child.name }, extra: { note: child.note } }); // sends to Sentry: name, note
}

export function feedback(child: Child): void {
  Sentry.captureFeedback({ name: child.name, email: child.email, message: child.note }); // sends to Sentry: name, email, note
}

export function log(child: Child): void {
  datadog.log({ level: "info", message: `enrolled ${child.name}`, email: child.email }, () => undefined); // sends to Datadog: name, email
}

export function quiet(child: Child): void {
  Sentry.captureMessage(`no lesson at ${child.school}`);
}

export async function close(): Promise<void> {
  await Sentry.flush(2000);
}
