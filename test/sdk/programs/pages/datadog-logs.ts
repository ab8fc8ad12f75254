import { datadogLogs } from "@datadog/browser-logs";
import type { Child } from "../child.js";

datadogLogs.init({ clientToken: "token", site: "datadoghq.com", forwardErrorsToLogs: false, sessionSampleRate: 100 });

export function info(child: Child): void {
  datadogLogs.logger.info(`enrolled ${child.name}`, { email: child.email, school: child.school }); // sends to Datadog: name, email
}

export function error(child: Child): void {
  datadogLogs.logger.error("no lesson", {}, new Error(`no lesson for ${child.name}`)); // sends to Datadog: name
}

export function log(child: Child): void {
  datadogLogs.logger.log("enrolled", { note: child.note }, "warn"); // sends to Datadog: note
}

export function context(child: Child): void {
  datadogLogs.setGlobalContextProperty("phone", child.phone); // sends to Datadog: phone
  datadogLogs.logger.info("global");
  datadogLogs.clearGlobalContext();
}

export function user(child: Child): void {
  datadogLogs.setUser({ id: child.id, email: child.email }); // sends to Datadog: id, email
  datadogLogs.logger.info("known");
  datadogLogs.clearUser();
}

export function own(child: Child): void {
  const logger = datadogLogs.createLogger("lessons", { context: { name: child.name } }); // sends to Datadog: name
  logger.warn(child.note); // sends to Datadog: note
  logger.setContextProperty("phone", child.phone); // sends to Datadog: phone
  logger.info("own");
}

export function quiet(child: Child): void {
  datadogLogs.logger.info("lesson", { school: child.school, length: child.name.length });
}
