import posthog from "posthog-js";
import type { Child } from "../child.js";

posthog.init("key", {
  api_host: "https://eu.i.posthog.com",
  autocapture: false,
  capture_pageview: false,
  capture_pageleave: false,
  disable_session_recording: true,
  disable_external_dependency_loading: true,
  // A browser that is driven counts as a robot.
  opt_out_useragent_filter: true,
});

export function capture(child: Child): void {
  posthog.capture("enrolled", { name: child.name, school: child.school }); // sends to PostHog: name
}

export function captureNamed(child: Child): void {
  posthog.capture(`enrolled ${child.note}`, {}, { send_instantly: true }); // sends to PostHog: note
}

export function identify(child: Child): void {
  posthog.identify(child.id, { email: child.email }, { name: child.name }); // sends to PostHog: id, email, name
  posthog.reset();
}

export function person(child: Child): void {
  posthog.setPersonProperties({ name: child.name }, { note: child.note }); // sends to PostHog: name, note
}

export function alias(child: Child): void {
  posthog.alias(child.email); // sends to PostHog: email
}

export function group(child: Child): void {
  posthog.group("class", child.name, { note: child.note }); // sends to PostHog: name, note
  posthog.resetGroups();
}

export function register(child: Child): void {
  posthog.register({ phone: child.phone }); // sends to PostHog: phone
  posthog.capture("registered");
  posthog.unregister("phone");
}

export function registerOnce(child: Child): void {
  posthog.register_once({ email: child.email }); // sends to PostHog: email
  posthog.capture("registered once");
  posthog.unregister("email");
}

export function session(child: Child): void {
  posthog.register_for_session({ note: child.note }); // sends to PostHog: note
  posthog.capture("in session");
  posthog.unregister_for_session("note");
}

export function exception(child: Child): void {
  posthog.captureException(new Error(`no lesson for ${child.name}`), { note: child.note }); // sends to PostHog: name, note
}

export function flags(child: Child): void {
  posthog.setPersonPropertiesForFlags({ email: child.email }); // sends to PostHog: email
}

export function quiet(child: Child): void {
  posthog.capture("lesson", { school: child.school, length: child.name.length });
}
