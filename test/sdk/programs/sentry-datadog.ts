import * as Sentry from "@sentry/node-core/light";
import metrics from "datadog-metrics";
import DatadogWinston from "datadog-winston";
import winston from "winston";
import type { Child } from "./child.js";

Sentry.init({ dsn: "https://key@o1.ingest.sentry.io/1", defaultIntegrations: false, enableLogs: true, tracesSampleRate: 1 });
const datadog = new DatadogWinston({ apiKey: "key", hostname: "school", service: "lessons", ddsource: "nodejs" });

metrics.init({ apiKey: "key", host: "school", flushIntervalSeconds: 0 });

const logger = winston.createLogger({ transports: [new DatadogWinston({ apiKey: "key", hostname: "school" })] });

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

export async function counted(child: Child): Promise<void> {
  metrics.increment("lessons", 1, [`name:${child.name}`]); // sends to Datadog: name
  metrics.gauge(`lesson.${child.note}`, 2); // sends to Datadog: note
  await new Promise<void>((resolve) => metrics.flush(resolve, () => resolve()));
}

export function globals(child: Child): void {
  Sentry.setUser({ id: child.id }); // sends to Sentry: id
  Sentry.setTag("mail", child.email); // sends to Sentry: email
  Sentry.setExtra("note", child.note); // sends to Sentry: note
  Sentry.captureMessage("global");
  Sentry.setUser(null);
  Sentry.getIsolationScope().clear();
}

export function span(child: Child): void {
  Sentry.startSpan({ name: "lesson", attributes: { note: child.note } }, (span) => { // sends to Sentry: note
    span.setAttribute("name", child.name); // sends to Sentry: name
  });
}

export function attachment(child: Child): void {
  Sentry.withScope((scope) => {
    scope.addAttachment({ filename: "note.txt", data: child.note }); // sends to Sentry: note
    Sentry.captureMessage("attached");
  });
}

export function logged(child: Child): void {
  Sentry.logger.info(`enrolled ${child.name}`, { mail: child.email }); // sends to Sentry: name, email
}

export function ownError(child: Child): void {
  const error = new Error("no lesson");
  error.name = child.name;
  Sentry.captureException(error); // sends to Sentry: name
}

export function winstonLog(child: Child): void {
  logger.info(`enrolled ${child.name}`, { email: child.email }); // sends to Datadog: name, email
}

export function quiet(child: Child): void {
  Sentry.captureMessage(`no lesson at ${child.school}`);
}

export async function close(): Promise<void> {
  await Sentry.flush(2000);
}
