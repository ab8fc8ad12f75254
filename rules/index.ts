// Made by `npm run generate` from the files of this folder that define a rule.
import { cannotTell } from "./cannot-tell.js";
import { noChildDataInLogs } from "./no-child-data-in-logs.js";
import { requireEncryption } from "./require-encryption.js";
import { requireGuardianConsent } from "./require-guardian-consent.js";
import { validAgeThreshold } from "./valid-age-threshold.js";
import { validAnnotation } from "./valid-annotation.js";
import { validSetup } from "./valid-setup.js";

export const rules = {
  "cannot-tell": cannotTell,
  "no-child-data-in-logs": noChildDataInLogs,
  "require-encryption": requireEncryption,
  "require-guardian-consent": requireGuardianConsent,
  "valid-age-threshold": validAgeThreshold,
  "valid-annotation": validAnnotation,
  "valid-setup": validSetup,
} as const;
