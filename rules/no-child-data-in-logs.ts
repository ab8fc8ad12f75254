import { noChildDataInLogs as check } from "../src/checks/no-child-data-in-logs.js";
import { defineRule } from "./define-rule.js";

export const noChildDataInLogs = defineRule(check);
