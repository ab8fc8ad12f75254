import * as Sentry from "@sentry/nextjs";
import type { Child } from "../child.js";

Sentry.init({ dsn: "https://key@o1.ingest.sentry.io/1", enableLogs: true, tracesSampleRate: 1 });

export function user(child: Child): void {
  Sentry.setUser({ id: child.id, email: child.email }); // sends to Sentry: id, email
  Sentry.captureMessage("known");
  Sentry.setUser(null);
}

export function exception(child: Child): void {
  Sentry.captureException(new Error(`no lesson for ${child.name}`), { tags: { phone: child.phone }, contexts: { lesson: { note: child.note } } }); // sends to Sentry: name, phone, note
}

export function breadcrumb(child: Child): void {
  Sentry.withScope((scope) => {
    scope.addBreadcrumb({ message: child.note }); // sends to Sentry: note
    Sentry.captureMessage("scoped");
  });
}

export function logged(child: Child): void {
  Sentry.logger.error(`no lesson for ${child.name}`, { mail: child.email }); // sends to Sentry: name, email
}

export function feedback(child: Child): void {
  Sentry.captureFeedback({ name: child.name, email: child.email, message: child.note }); // sends to Sentry: name, email, note
}

export function quiet(child: Child): void {
  Sentry.captureMessage(`no lesson at ${child.school}`);
}

export async function close(): Promise<void> {
  await Sentry.flush(2000);
}
