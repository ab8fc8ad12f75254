import { validAnnotation as check } from "../src/checks/valid-annotation.js";
import { defineRule } from "./define-rule.js";

export const validAnnotation = defineRule(check);
