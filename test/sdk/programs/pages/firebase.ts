import { getAnalytics, logEvent, setDefaultEventParameters, setUserId, setUserProperties } from "@firebase/analytics";
import { initializeApp } from "@firebase/app";
import type { Child } from "../child.js";

// Google's script is one of ours: it posts what the package put into the data layer.
const app = initializeApp({ apiKey: "key", projectId: "school", appId: "1:2:web:3", measurementId: "G-1" });
const analytics = getAnalytics(app);

export function event(child: Child): void {
  logEvent(analytics, "enrolled", { name: child.name, school: child.school }); // sends to Google: name
}

export function eventNamed(child: Child): void {
  logEvent(analytics, child.note); // sends to Google: note
}

export function user(child: Child): void {
  setUserId(analytics, child.id); // sends to Google: id
  setUserProperties(analytics, { email: child.email }); // sends to Google: email
}

export function defaults(child: Child): void {
  setDefaultEventParameters({ phone: child.phone }); // sends to Google: phone
  logEvent(analytics, "lesson");
}

export function quiet(child: Child): void {
  logEvent(analytics, "lesson", { school: child.school, length: child.name.length });
}

export async function close(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
