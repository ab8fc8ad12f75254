import { requireDeletionPath as check } from "../src/checks/require-deletion-path.js";
import { defineRule } from "./define-rule.js";

export const requireDeletionPath = defineRule(check);
