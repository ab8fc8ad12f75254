// Each of these packages fetches its company's script, which is one of ours here: it posts what it was called with.
import Intercom, { trackEvent, update } from "@intercom/messenger-js-sdk";
import OneSignal from "react-onesignal";
import type { Child } from "../child.js";

export function intercom(child: Child): void {
  Intercom({ app_id: "app", user_id: child.id, email: child.email }); // sends to Intercom: id, email
  update({ name: child.name }); // sends to Intercom: name
  trackEvent("enrolled", { note: child.note }); // sends to Intercom: note
}

export async function onesignal(child: Child): Promise<void> {
  await OneSignal.init({ appId: "app" });
  await OneSignal.login(child.id); // sends to OneSignal: id
  OneSignal.User.addEmail(child.email); // sends to OneSignal: email
  OneSignal.User.addSms(child.phone); // sends to OneSignal: phone
  OneSignal.User.addTag("name", child.name); // sends to OneSignal: name
  OneSignal.User.addTags({ note: child.note }); // sends to OneSignal: note
}

export function quiet(child: Child): void {
  update({ hide_default_launcher: child.school === "" });
  OneSignal.User.addTag("school", child.school);
}
