// Each of these packages fetches its company's script, which is one of ours here: it posts what it was called with.
import { FullStory, init as initFullStory } from "@fullstory/browser";
import Hotjar from "@hotjar/browser";
import Clarity from "@microsoft/clarity";
import LogRocket from "logrocket";
import type { Child } from "../child.js";

Hotjar.init(1, 6);
Clarity.init("project");
initFullStory({ orgId: "o-1" });
LogRocket.init("school/lessons");

export function hotjar(child: Child): void {
  Hotjar.identify(child.id, { email: child.email }); // sends to Hotjar: id, email
  Hotjar.event(`enrolled ${child.name}`); // sends to Hotjar: name
  Hotjar.stateChange(`/lessons/${child.note}`); // sends to Hotjar: note
}

export function clarity(child: Child): void {
  Clarity.identify(child.id, undefined, undefined, child.name); // sends to Microsoft: id, name
  Clarity.setTag("mail", child.email); // sends to Microsoft: email
  Clarity.event(child.note); // sends to Microsoft: note
}

export function fullstory(child: Child): void {
  FullStory("setIdentity", { uid: child.id, properties: { email: child.email } }); // sends to FullStory: id, email
  FullStory("trackEvent", { name: "enrolled", properties: { name: child.name } }); // sends to FullStory: name
  FullStory("setProperties", { type: "page", properties: { note: child.note } }); // sends to FullStory: note
}

export function logrocket(child: Child): void {
  LogRocket.identify(child.id, { email: child.email }); // sends to LogRocket: id, email
  LogRocket.track("enrolled", { name: child.name }); // sends to LogRocket: name
  LogRocket.captureMessage(child.note); // sends to LogRocket: note
  LogRocket.info(`calls ${child.phone}`); // sends to LogRocket: phone
}

export function quiet(child: Child): void {
  Hotjar.event("lesson");
  Clarity.setTag("school", child.school);
  FullStory("trackEvent", { name: "lesson", properties: { length: child.name.length } });
  LogRocket.track("lesson", { school: child.school });
}
