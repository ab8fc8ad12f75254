import { AnalyticsBrowser } from "@segment/analytics-next";
import type { Child } from "../child.js";

const analytics = AnalyticsBrowser.load({ writeKey: "key" });

export async function track(child: Child): Promise<void> {
  await analytics.track("Enrolled", { name: child.name, school: child.school }); // sends to Segment: name
}

export async function trackNamed(child: Child): Promise<void> {
  await analytics.track(`Enrolled ${child.note}`); // sends to Segment: note
}

export async function trackContext(child: Child): Promise<void> {
  await analytics.track("Enrolled", {}, { context: { traits: { phone: child.phone } } }); // sends to Segment: phone
}

export async function identify(child: Child): Promise<void> {
  await analytics.identify(child.id, { email: child.email }); // sends to Segment: id, email
}

export async function page(child: Child): Promise<void> {
  await analytics.page("Lessons", child.name, { note: child.note }); // sends to Segment: name, note
}

export async function group(child: Child): Promise<void> {
  await analytics.group(child.id, { phone: child.phone }); // sends to Segment: id, phone
}

export async function alias(child: Child): Promise<void> {
  await analytics.alias("a", child.email); // sends to Segment: email
}

export async function screen(child: Child): Promise<void> {
  await analytics.screen(child.name); // sends to Segment: name
}

export async function quiet(child: Child): Promise<void> {
  await analytics.reset();
  await analytics.ready(() => document.title.concat(child.name));
  await analytics.track("Lesson", { school: child.school, length: child.name.length });
}
