import { requireGuardianConsent as check } from "../src/checks/require-guardian-consent.js";
import { defineRule } from "./define-rule.js";

export const requireGuardianConsent = defineRule(check);
