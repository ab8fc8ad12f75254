import { requireRetentionPeriod as check } from "../src/checks/require-retention-period.js";
import { defineRule } from "./define-rule.js";

export const requireRetentionPeriod = defineRule(check, {
  options: [
    {
      type: "object",
      properties: {
        requireEnforcement: {
          type: "boolean",
          description: "Also report periods that are declared and that nothing in the code keeps to",
        },
      },
      additionalProperties: false,
    },
  ],
  shows: (report, options) => !report.isStrict || options.requireEnforcement === true,
});
