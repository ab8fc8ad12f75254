import { pino } from "pino";
import { config } from "../config/index.js";

export const logger = pino({
  level: config.LOG_LEVEL,
  redact: {
    paths: [
      "guardian.fullName",
      "guardian.phone",
      "guardian.email",
      "contact.phone",
      "contact.email",
      "req.headers.authorization",
    ],
    censor: "[redacted]",
  },
});
