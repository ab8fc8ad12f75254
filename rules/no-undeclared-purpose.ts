import { noUndeclaredPurpose as check } from "../src/checks/no-undeclared-purpose.js";
import { defineRule } from "./define-rule.js";

export const noUndeclaredPurpose = defineRule(check);
