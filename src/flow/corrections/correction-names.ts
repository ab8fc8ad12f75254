/** Handlers that are there so that people change what is kept about them. */
import { remembered } from "../../base/remembered-texts.js";

const methods = /^(?:[A-Z]+\/)*(?:PUT|PATCH)(?:\/[A-Z]+)*\s/u;
/** Names of what has happened (`child.updated`) are told by others. */
const verbs =
  /(?:^|[^a-z])(?:update|edit|change|correct|save|modify|amend|rectify|rename|replace|revise|patch|upsert|adjust|fix|correction|rectification)(?:s|es)?(?![a-z])/u;
const forms = /^the (?:form|\w*Form)'s (?:action|onSubmit|formAction)$/u;
/** What takes many records from elsewhere. */
const imports = /(?:^|[^a-z])(?:import|ingest|sync|seed|backfill|migrat|etl|feed|webhook)/u;

/** `PATCH /children/:id`, `updateProfile`, `the form's action` */
export const isCorrectionName = remembered((name) => {
  const words = name.replace(/([a-z\d])([A-Z])/gu, "$1 $2").toLowerCase();
  if (imports.test(words)) return false;
  return methods.test(name) || forms.test(name) || verbs.test(words);
});

/** A job does what somebody asked for only if it is named so: its own updates come from elsewhere. */
export function isCorrectionJob(name: string): boolean {
  return /(?:^|[^a-z])(?:correct|rectif|amend)/u.test(name.toLowerCase()) && isCorrectionName(name);
}
