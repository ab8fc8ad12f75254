import tracer from "dd-trace";
import type { Child } from "../child.js";

// What is traced goes to the company's agent, which runs beside the program.
tracer.init({ service: "lessons", startupLogs: false, flushInterval: 100 });

export function traced(child: Child): void {
  tracer.trace("lesson", { resource: child.email, tags: { note: child.note } }, (span) => { // sends to Datadog: email, note
    span?.setTag("name", child.name); // sends to Datadog: name
  });
}

export function started(child: Child): void {
  const span = tracer.startSpan("lesson", { tags: { id: child.id } }); // sends to Datadog: id
  span.addTags({ phone: child.phone }); // sends to Datadog: phone
  span.setOperationName(child.note); // sends to Datadog: note
  span.finish();
}

export function child(child: Child): void {
  const parent = tracer.startSpan(child.name); // sends to Datadog: name
  const span = tracer.startSpan("mark", { childOf: parent });
  span.setTag("error", new Error(`no mark for ${child.email}`)); // sends to Datadog: email
  span.finish();
  parent.finish();
}

export function wrapped(child: Child): void {
  const greet = tracer.wrap("greet", { tags: { note: child.note } }, (name: string) => { // sends to Datadog: note
    tracer.scope().active()?.setTag("greeted", name); // sends to Datadog: name
  });
  greet(child.name);
}

export function user(child: Child): void {
  tracer.trace("lesson", () => {
    tracer.setUser({ id: child.id, email: child.email, name: child.name }); // sends to Datadog: id, email, name
  });
}

export function login(child: Child): void {
  tracer.trace("login", () => {
    tracer.appsec.trackUserLoginSuccessEvent({ id: child.id, email: child.email }, { note: child.note }); // sends to Datadog: id, email, note
    tracer.appsec.trackCustomEvent("login", { phone: child.phone }); // sends to Datadog: phone
  });
}

export function quiet(child: Child): void {
  tracer.trace("lesson", { tags: { school: child.school, length: child.name.length } }, () => undefined);
}

export async function close(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1500));
}
