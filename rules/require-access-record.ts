import { requireAccessRecord as check } from "../src/checks/require-access-record.js";
import { defineRule } from "./define-rule.js";

export const requireAccessRecord = defineRule(check);
