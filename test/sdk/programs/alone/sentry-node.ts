import * as Sentry from "@sentry/node";
import type { Child } from "../child.js";

Sentry.init({ dsn: "https://key@o1.ingest.sentry.io/1", enableLogs: true, tracesSampleRate: 1 });

export function exception(child: Child): void {
  Sentry.captureException(new Error(`no lesson for ${child.name}`), { extra: { note: child.note }, user: { id: child.id } }); // sends to Sentry: name, note, id
}

export function message(child: Child): void {
  Sentry.captureMessage(`missing ${child.email}`); // sends to Sentry: email
}

export function event(child: Child): void {
  Sentry.captureEvent({ message: "event", user: { username: child.name }, contexts: { lesson: { note: child.note } } }); // sends to Sentry: name, note
}

export function feedback(child: Child): void {
  Sentry.captureFeedback({ name: child.name, email: child.email, message: child.note }); // sends to Sentry: name, email, note
}

export function user(child: Child): void {
  Sentry.withIsolationScope(() => {
    Sentry.setUser({ id: child.id, email: child.email }); // sends to Sentry: id, email
    Sentry.setTags({ name: child.name }); // sends to Sentry: name
    Sentry.setContext("lesson", { note: child.note }); // sends to Sentry: note
    Sentry.addBreadcrumb({ category: "lesson", message: `called ${child.phone}` }); // sends to Sentry: phone
    Sentry.captureMessage("known");
  });
}

export function scoped(child: Child): void {
  Sentry.withScope((scope) => {
    scope.setExtra("note", child.note); // sends to Sentry: note
    scope.setTag("phone", child.phone); // sends to Sentry: phone
    scope.addAttachment({ filename: "name.txt", data: child.name }); // sends to Sentry: name
    Sentry.captureException(new Error("scoped"));
  });
}

export function logged(child: Child): void {
  Sentry.logger.info(`enrolled ${child.name}`, { mail: child.email }); // sends to Sentry: name, email
  Sentry.logger.warn(Sentry.logger.fmt`no lesson: ${child.note}`); // sends to Sentry: note
}

export function counted(child: Child): void {
  Sentry.metrics.count("lessons", 1, { attributes: { name: child.name } }); // sends to Sentry: name
}

export function span(child: Child): void {
  Sentry.startSpan({ name: "lesson", attributes: { note: child.note } }, (span) => { // sends to Sentry: note
    span.setAttribute("name", child.name); // sends to Sentry: name
  });
}

export function manualSpan(child: Child): void {
  Sentry.startSpanManual({ name: `lesson ${child.note}` }, (span) => { // sends to Sentry: note
    span.setAttributes({ phone: child.phone }); // sends to Sentry: phone
    span.end();
  });
}

export function quiet(child: Child): void {
  Sentry.captureMessage(`no lesson at ${child.school}`);
  Sentry.logger.info("enrolled", { length: child.name.length });
}

export async function close(): Promise<void> {
  await Sentry.close(4000);
}
