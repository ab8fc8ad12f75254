import * as Sentry from "@sentry/browser";
import type { Child } from "../child.js";

Sentry.init({ dsn: "https://key@o1.ingest.sentry.io/1", enableLogs: true, tracesSampleRate: 1, integrations: [] });

export function exception(child: Child): void {
  Sentry.captureException(new Error(`no lesson for ${child.name}`), { extra: { note: child.note }, user: { id: child.id } }); // sends to Sentry: name, note, id
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

export function globals(child: Child): void {
  Sentry.setUser({ id: child.id }); // sends to Sentry: id
  Sentry.setTags({ mail: child.email }); // sends to Sentry: email
  Sentry.setExtras({ note: child.note }); // sends to Sentry: note
  Sentry.addBreadcrumb({ category: "lesson", data: { name: child.name } }); // sends to Sentry: name
  Sentry.captureMessage("global");
  Sentry.setUser(null);
  Sentry.getIsolationScope().clear();
}

export function logged(child: Child): void {
  Sentry.logger.warn(`enrolled ${child.name}`, { mail: child.email }); // sends to Sentry: name, email
}

export function span(child: Child): void {
  Sentry.startSpan({ name: "lesson", attributes: { note: child.note } }, (span) => { // sends to Sentry: note
    span.setAttribute("name", child.name); // sends to Sentry: name
  });
}

export function quiet(child: Child): void {
  Sentry.captureMessage(`no lesson at ${child.school}`);
}

export async function close(): Promise<void> {
  await Sentry.flush(2000);
}
