import { noPublicDisclosure as check } from "../src/checks/no-public-disclosure.js";
import { defineRule } from "./define-rule.js";

export const noPublicDisclosure = defineRule(check);
