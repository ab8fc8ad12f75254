import * as amplitude from "@amplitude/analytics-browser";
import type { Child } from "../child.js";

amplitude.init("key", { flushQueueSize: 1, autocapture: false });

export async function track(child: Child): Promise<void> {
  await amplitude.track("enrolled", { name: child.name, school: child.school }).promise; // sends to Amplitude: name
}

export async function trackNamed(child: Child): Promise<void> {
  await amplitude.logEvent(`enrolled ${child.note}`).promise; // sends to Amplitude: note
}

export async function trackEvent(child: Child): Promise<void> {
  await amplitude.track({ event_type: "enrolled", event_properties: { mail: child.email } }).promise; // sends to Amplitude: email
}

export async function identify(child: Child): Promise<void> {
  const person = new amplitude.Identify().set("email", child.email).setOnce("school", child.school);
  person.append("notes", child.note);
  await amplitude.identify(person).promise; // sends to Amplitude: email, note
}

export async function userId(child: Child): Promise<void> {
  amplitude.setUserId(child.id); // sends to Amplitude: id
  await amplitude.track("lesson").promise;
  amplitude.setUserId(undefined);
}

export async function group(child: Child): Promise<void> {
  await amplitude.setGroup("class", child.name).promise; // sends to Amplitude: name
}

export async function groupIdentify(child: Child): Promise<void> {
  await amplitude.groupIdentify("class", "7b", new amplitude.Identify().set("phone", child.phone)).promise; // sends to Amplitude: phone
}

export async function revenue(child: Child): Promise<void> {
  const revenue = new amplitude.Revenue().setProductId(child.note).setPrice(3).setQuantity(1);
  await amplitude.revenue(revenue).promise; // sends to Amplitude: note
}

export async function instance(child: Child): Promise<void> {
  const second = amplitude.createInstance();
  second.init("other", { flushQueueSize: 1, autocapture: false });
  await second.track("enrolled", { phone: child.phone }).promise; // sends to Amplitude: phone
}

export async function quiet(child: Child): Promise<void> {
  await amplitude.track("lesson", { school: child.school, length: child.name.length }).promise;
}

export async function close(): Promise<void> {
  await amplitude.flush().promise;
}
