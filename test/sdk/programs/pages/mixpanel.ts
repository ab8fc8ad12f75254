import mixpanel from "mixpanel-browser";
import type { Child } from "../child.js";

mixpanel.init("token", { track_pageview: false, batch_requests: false });

export function track(child: Child): void {
  mixpanel.track("enrolled", { name: child.name, school: child.school }); // sends to Mixpanel: name
}

export function trackNamed(child: Child): void {
  mixpanel.track(`enrolled ${child.note}`); // sends to Mixpanel: note
}

export function identify(child: Child): void {
  mixpanel.identify(child.id); // sends to Mixpanel: id
}

export function people(child: Child): void {
  mixpanel.people.set({ $email: child.email }); // sends to Mixpanel: email
  mixpanel.people.set("phone", child.phone); // sends to Mixpanel: phone
}

export function peopleOnce(child: Child): void {
  mixpanel.people.set_once({ name: child.name }); // sends to Mixpanel: name
}

export function peopleAppend(child: Child): void {
  mixpanel.people.append({ notes: child.note }); // sends to Mixpanel: note
  mixpanel.people.union({ mails: [child.email] }); // sends to Mixpanel: email
}

export function register(child: Child): void {
  mixpanel.register({ name: child.name }); // sends to Mixpanel: name
  mixpanel.register_once({ mail: child.email }); // sends to Mixpanel: email
  mixpanel.track("registered");
  mixpanel.unregister("name");
  mixpanel.unregister("mail");
}

export function alias(child: Child): void {
  mixpanel.alias(child.email); // sends to Mixpanel: email
}

export function group(child: Child): void {
  mixpanel.set_group("class", child.name); // sends to Mixpanel: name
  mixpanel.get_group("class", child.id).set({ note: child.note }); // sends to Mixpanel: id, note
}

export function withGroups(child: Child): void {
  mixpanel.track_with_groups("enrolled", { note: child.note }, { class: child.id }); // sends to Mixpanel: note, id
}

export function pageview(child: Child): void {
  mixpanel.track_pageview({ name: child.name }); // sends to Mixpanel: name
}

export function named(child: Child): void {
  const second = mixpanel.init("other", { track_pageview: false, batch_requests: false }, "second");
  second.track("enrolled", { email: child.email }); // sends to Mixpanel: email
}

export function callback(child: Child): void {
  mixpanel.track("enrolled", {}, () => void child.name);
}

export function quiet(child: Child): void {
  mixpanel.time_event("lesson");
  mixpanel.track("lesson", { school: child.school, length: child.name.length });
}
