import { requireCorrectionPath as check } from "../src/checks/require-correction-path.js";
import { defineRule } from "./define-rule.js";

export const requireCorrectionPath = defineRule(check);
