import { datadogRum } from "@datadog/browser-rum";
import type { Child } from "../child.js";

datadogRum.init({
  applicationId: "0123",
  clientToken: "token",
  site: "datadoghq.com",
  sessionSampleRate: 100,
  sessionReplaySampleRate: 0,
  trackUserInteractions: false,
  defaultPrivacyLevel: "mask",
});

export function action(child: Child): void {
  datadogRum.addAction("enrolled", { name: child.name, school: child.school }); // sends to Datadog: name
}

export function actionNamed(child: Child): void {
  datadogRum.addAction(`enrolled ${child.note}`); // sends to Datadog: note
}

export function error(child: Child): void {
  datadogRum.addError(new Error(`no lesson for ${child.name}`), { phone: child.phone }); // sends to Datadog: name, phone
}

export function user(child: Child): void {
  datadogRum.setUser({ id: child.id, email: child.email }); // sends to Datadog: id, email
  datadogRum.setUserProperty("name", child.name); // sends to Datadog: name
  datadogRum.addAction("known");
  datadogRum.clearUser();
}

export function context(child: Child): void {
  datadogRum.setGlobalContextProperty("note", child.note); // sends to Datadog: note
  datadogRum.addAction("global");
  datadogRum.setGlobalContext({ phone: child.phone }); // sends to Datadog: phone
  datadogRum.addAction("global");
  datadogRum.clearGlobalContext();
}

export function view(child: Child): void {
  datadogRum.startView({ name: `lessons of ${child.name}` }); // sends to Datadog: name
}

export function flag(child: Child): void {
  datadogRum.addFeatureFlagEvaluation("lesson", child.note); // sends to Datadog: note
}

export function quiet(child: Child): void {
  datadogRum.startView({ name: "lessons" });
  datadogRum.addAction("lesson", { school: child.school, length: child.name.length });
}
