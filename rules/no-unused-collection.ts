import { noUnusedCollection as check } from "../src/checks/no-unused-collection.js";
import { defineRule } from "./define-rule.js";

export const noUnusedCollection = defineRule(check);
