import { completeNotice as check } from "../src/checks/complete-notice.js";
import { defineRule } from "./define-rule.js";

export const completeNotice = defineRule(check);
