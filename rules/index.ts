// Made by `npm run generate` from the files of this folder that define a rule.
import { cannotTell } from "./cannot-tell.js";
import { completeNotice } from "./complete-notice.js";
import { noChildDataInLogs } from "./no-child-data-in-logs.js";
import { noPublicDisclosure } from "./no-public-disclosure.js";
import { noUndeclaredPurpose } from "./no-undeclared-purpose.js";
import { noUnusedCollection } from "./no-unused-collection.js";
import { requireAccessRecord } from "./require-access-record.js";
import { requireAssessment } from "./require-assessment.js";
import { requireCorrectionPath } from "./require-correction-path.js";
import { requireDeletionPath } from "./require-deletion-path.js";
import { requireEncryption } from "./require-encryption.js";
import { requireGuardianConsent } from "./require-guardian-consent.js";
import { requireRetentionPeriod } from "./require-retention-period.js";
import { validAgeThreshold } from "./valid-age-threshold.js";
import { validAnnotation } from "./valid-annotation.js";
import { validSetup } from "./valid-setup.js";

export const rules = {
  "cannot-tell": cannotTell,
  "complete-notice": completeNotice,
  "no-child-data-in-logs": noChildDataInLogs,
  "no-public-disclosure": noPublicDisclosure,
  "no-undeclared-purpose": noUndeclaredPurpose,
  "no-unused-collection": noUnusedCollection,
  "require-access-record": requireAccessRecord,
  "require-assessment": requireAssessment,
  "require-correction-path": requireCorrectionPath,
  "require-deletion-path": requireDeletionPath,
  "require-encryption": requireEncryption,
  "require-guardian-consent": requireGuardianConsent,
  "require-retention-period": requireRetentionPeriod,
  "valid-age-threshold": validAgeThreshold,
  "valid-annotation": validAnnotation,
  "valid-setup": validSetup,
} as const;
