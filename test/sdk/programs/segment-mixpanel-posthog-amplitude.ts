import * as amplitude from "@amplitude/analytics-node";
import { Analytics } from "@segment/analytics-node";
import Mixpanel from "mixpanel";
import { PostHog } from "posthog-node";
import type { Child } from "./child.js";

const segment = new Analytics({ writeKey: "key", flushAt: 1 });
const mixpanel = Mixpanel.init("token", { secret: "secret" });
const posthog = new PostHog("key", { flushAt: 1 });
amplitude.init("key", { flushQueueSize: 1 });

export function segmentIdentify(child: Child): void {
  segment.identify({ userId: child.id, traits: { email: child.email, school: child.school } }); // sends to Segment: id, email
}

export function segmentTrack(child: Child): void {
  segment.track({ anonymousId: "a", event: child.note, properties: { name: child.name }, context: { traits: { phone: child.phone } } }); // sends to Segment: note, name, phone
}

export function segmentPage(child: Child): void {
  segment.page({ userId: child.id, name: child.name }); // sends to Segment: id, name
}

export function segmentGroup(child: Child): void {
  segment.group({ userId: child.id, groupId: child.school, traits: { phone: child.phone } }); // sends to Segment: id, phone
}

export function segmentAlias(child: Child): void {
  segment.alias({ userId: child.id, previousId: child.email }); // sends to Segment: id, email
}

export function segmentQuiet(child: Child): void {
  segment.track({ anonymousId: "a", event: "long", properties: { school: child.school, length: child.name.length } });
}

export function mixpanelTrack(child: Child): void {
  mixpanel.track("enrolled", { distinct_id: child.id, name: child.name }); // sends to Mixpanel: id, name
}

export function mixpanelBatch(child: Child): void {
  mixpanel.track_batch([{ event: "enrolled", properties: { distinct_id: "1", note: child.note } }]); // sends to Mixpanel: note
}

export function mixpanelImport(child: Child): void {
  mixpanel.import("enrolled", new Date(), { distinct_id: child.id }); // sends to Mixpanel: id
}

export function mixpanelPeople(child: Child): void {
  mixpanel.people.set(child.id, { $email: child.email }); // sends to Mixpanel: id, email
}

export function mixpanelProperty(child: Child): void {
  mixpanel.people.set_once("1", "phone", child.phone); // sends to Mixpanel: phone
}

export function mixpanelAppend(child: Child): void {
  mixpanel.people.append("1", { notes: child.note }); // sends to Mixpanel: note
}

export function mixpanelAlias(child: Child): void {
  mixpanel.alias("1", child.email); // sends to Mixpanel: email
}

export function mixpanelGroups(child: Child): void {
  mixpanel.groups.set("class", child.id, { teacher: child.name }); // sends to Mixpanel: id, name
}

export function mixpanelCallback(child: Child): void {
  mixpanel.track("enrolled", { distinct_id: "1" }, () => void child.name);
}


export function mixpanelQuiet(child: Child): void {
  mixpanel.track("enrolled", { distinct_id: "1", school: child.school });
}

export function posthogCapture(child: Child): void {
  posthog.capture({ distinctId: child.id, event: "enrolled", properties: { $set: { email: child.email } }, groups: { class: child.name } }); // sends to PostHog: id, email, name
}

export function posthogIdentify(child: Child): void {
  posthog.identify({ distinctId: child.id, properties: { phone: child.phone } }); // sends to PostHog: id, phone
}

export function posthogAlias(child: Child): void {
  posthog.alias({ distinctId: child.id, alias: child.email }); // sends to PostHog: id, email
}

export function posthogGroup(child: Child): void {
  posthog.groupIdentify({ groupType: "class", groupKey: child.id, properties: { note: child.note } }); // sends to PostHog: id, note
}

export async function posthogFlag(child: Child): Promise<void> {
  await posthog.getFeatureFlag("flag", child.id, { personProperties: { email: child.email } }); // sends to PostHog: id, email
}

export async function posthogFlags(child: Child): Promise<void> {
  await posthog.getAllFlags(child.id, { groups: { class: child.name } }); // sends to PostHog: id, name
}

export function posthogException(child: Child): void {
  posthog.captureException(new Error(`no lesson for ${child.name}`), child.id, { note: child.note }); // sends to PostHog: name, id, note
}

export function posthogQuiet(child: Child): void {
  posthog.capture({ distinctId: "1", event: "enrolled", properties: { school: child.school } });
}

export function amplitudeTrack(child: Child): void {
  amplitude.track("enrolled", { name: child.name }, { user_id: child.id }); // sends to Amplitude: name, id
}

export function amplitudeEvent(child: Child): void {
  amplitude.track({ event_type: "enrolled", user_id: "12345", event_properties: { note: child.note } }); // sends to Amplitude: note
}

export function amplitudeIdentify(child: Child): void {
  const identify = new amplitude.Identify();
  identify.set("email", child.email).add("lessons", 1);
  amplitude.identify(identify, { user_id: "12345" }); // sends to Amplitude: email
}

export function amplitudeGroup(child: Child): void {
  amplitude.setGroup("class", child.name, { user_id: "12345" }); // sends to Amplitude: name
}

export function amplitudeGroupIdentify(child: Child): void {
  const identify = new amplitude.Identify();
  identify.set("phone", child.phone);
  amplitude.groupIdentify("class", "7b", identify, { user_id: "12345" }); // sends to Amplitude: phone
}

export function amplitudeRevenue(child: Child): void {
  const revenue = new amplitude.Revenue().setProductId(child.note).setPrice(3).setQuantity(1);
  amplitude.revenue(revenue, { user_id: "12345" }); // sends to Amplitude: note
}

export function amplitudeQuiet(child: Child): void {
  amplitude.track("enrolled", { school: child.school }, { user_id: "12345" });
}

export async function close(): Promise<void> {
  await Promise.all([segment.closeAndFlush(), posthog.shutdown(), amplitude.flush().promise]);
}
