import * as Sentry from "@sentry/react";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import type { Child } from "../child.js";

Sentry.init({ dsn: "https://key@o1.ingest.sentry.io/1", integrations: [] });

export function user(child: Child): void {
  Sentry.setUser({ id: child.id, email: child.email }); // sends to Sentry: id, email
  Sentry.captureMessage("known");
  Sentry.setUser(null);
}

export function exception(child: Child): void {
  Sentry.captureException(new Error("no lesson"), { tags: { name: child.name }, contexts: { lesson: { note: child.note } } }); // sends to Sentry: name, note
}

export async function boundary(child: Child): Promise<void> {
  const Lesson = (): never => {
    throw new Error("no lesson");
  };
  const beforeCapture = (scope: Sentry.Scope): void => {
    scope.setTag("phone", child.phone); // sends to Sentry: phone
  };
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  root.render(createElement(Sentry.ErrorBoundary, { fallback: createElement("p"), beforeCapture }, createElement(Lesson)));
  await new Promise((resolve) => setTimeout(resolve, 300));
}

export function quiet(child: Child): void {
  Sentry.captureMessage(`no lesson at ${child.school}`);
}

export async function close(): Promise<void> {
  await Sentry.flush(2000);
}
