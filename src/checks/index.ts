// Made by `npm run generate` from the files of this folder that define a check.
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

export const checks = [completeNotice, noChildDataInLogs, noPublicDisclosure, noUndeclaredPurpose, noUnusedCollection, requireAccessRecord, requireAssessment, requireCorrectionPath, requireDeletionPath, requireEncryption, requireGuardianConsent, requireRetentionPeriod, validAgeThreshold, validAnnotation, validSetup] as const;
