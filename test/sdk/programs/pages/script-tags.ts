// Tags as their companies hand them out. The script that comes is one of ours: it posts what it was called with.
import type { Child } from "../child.js";

declare global {
  interface Window {
    dataLayer: unknown[];
    hj: (...args: unknown[]) => void;
    clarity: (...args: unknown[]) => void;
    Intercom: (...args: unknown[]) => void;
    fbq: (...args: unknown[]) => void;
    gtag: (...args: unknown[]) => void;
  }
}
declare const gtag: (...args: unknown[]) => void;
declare const fbq: (...args: unknown[]) => void;

function load(from: string): void {
  const script = document.createElement("script");
  script.async = true;
  script.src = from;
  document.head.append(script);
}

function queue(name: "hj" | "clarity" | "Intercom" | "fbq", kept: "q" | "queue"): void {
  const asked = Object.assign((...args: unknown[]) => void asked[kept].push(args), { q: [] as unknown[], queue: [] as unknown[] });
  window[name] = asked;
}

window.dataLayer = [];
window.gtag = function () {
  // eslint-disable-next-line prefer-rest-params
  window.dataLayer.push(arguments);
};
queue("hj", "q");
queue("clarity", "q");
queue("Intercom", "q");
queue("fbq", "queue");
load("https://www.googletagmanager.com/gtag/js?id=G-1");
load("https://static.hotjar.com/c/hotjar-1.js?sv=6");
load("https://www.clarity.ms/tag/project");
load("https://widget.intercom.io/widget/app");
load("https://connect.facebook.net/en_US/fbevents.js");

export function google(child: Child): void {
  gtag("event", "enrolled", { name: child.name }); // sends to Google: name
  gtag("set", "user_data", { email: child.email }); // sends to Google: email
  gtag("config", "G-1", { user_id: child.id }); // sends to Google: id
  window.dataLayer.push({ event: "enrolled", note: child.note }); // sends to Google: note
}

export function meta(child: Child): void {
  fbq("init", "pixel", { em: child.email, external_id: child.id }); // sends to Meta: email, id
  fbq("track", "CompleteRegistration", { name: child.name }); // sends to Meta: name
  fbq("trackCustom", child.note); // sends to Meta: note
}

export function hotjar(child: Child): void {
  window.hj("identify", child.id, { email: child.email }); // sends to Hotjar: id, email
}

export function clarity(child: Child): void {
  window.clarity("identify", child.id, undefined, undefined, child.name); // sends to Microsoft: id, name
  window.clarity("set", "mail", child.email); // sends to Microsoft: email
}

export function messenger(child: Child): void {
  window.Intercom("boot", { app_id: "app", email: child.email }); // sends to Intercom: email
  window.Intercom("update", { name: child.name }); // sends to Intercom: name
  window.Intercom("trackEvent", "enrolled", { note: child.note }); // sends to Intercom: note
}

export function quiet(child: Child): void {
  gtag("event", "lesson", { school: child.school });
  gtag("consent", "update", { ad_storage: "denied" });
  window.dataLayer.push({ event: "lesson", school: child.school });
  fbq("track", "CompleteRegistration");
  window.hj("event", "lesson");
  window.clarity("set", "school", child.school);
}
