import { validAgeThreshold as check } from "../src/checks/valid-age-threshold.js";
import { defineRule } from "./define-rule.js";

export const validAgeThreshold = defineRule(check);
