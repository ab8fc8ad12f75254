import { validSetup as check } from "../src/checks/valid-setup.js";
import { defineRule } from "./define-rule.js";

export const validSetup = defineRule(check, {
  options: [
    {
      type: "object",
      properties: {
        requireReasons: { type: "boolean", description: "Also report suppressions that give no reason" },
      },
      additionalProperties: false,
    },
  ],
  shows: (report, options) => !report.isStrict || options.requireReasons === true,
});
