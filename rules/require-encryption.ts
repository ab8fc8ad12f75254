import { requireEncryption as check } from "../src/checks/require-encryption.js";
import { defineRule } from "./define-rule.js";

export const requireEncryption = defineRule(check);
