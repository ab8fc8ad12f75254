import PostHog from "posthog-js-lite";
import type { Child } from "../child.js";

const posthog = new PostHog("key", { flushAt: 1, autocapture: false });

export function capture(child: Child): void {
  posthog.capture("enrolled", { name: child.name, school: child.school }); // sends to PostHog: name
}

export function captureNamed(child: Child): void {
  posthog.capture(`enrolled ${child.note}`); // sends to PostHog: note
}

export function identify(child: Child): void {
  posthog.identify(child.id, { email: child.email }); // sends to PostHog: id, email
}

export function alias(child: Child): void {
  posthog.alias(child.email); // sends to PostHog: email
}

export function group(child: Child): void {
  posthog.group("class", child.name, { note: child.note }); // sends to PostHog: name, note
}

export function register(child: Child): void {
  posthog.register({ phone: child.phone }); // sends to PostHog: phone
  posthog.capture("registered");
  posthog.unregister("phone");
}

export function exception(child: Child): void {
  posthog.captureException(new Error(`no lesson for ${child.name}`), { note: child.note }); // sends to PostHog: name, note
}

export function quiet(child: Child): void {
  posthog.capture("lesson", { school: child.school, length: child.name.length });
}

export async function close(): Promise<void> {
  await posthog.flush();
}
