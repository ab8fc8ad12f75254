import { requireAssessment as check } from "../src/checks/require-assessment.js";
import { defineRule } from "./define-rule.js";

export const requireAssessment = defineRule(check);
