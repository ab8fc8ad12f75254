import type { ErrorRequestHandler } from "express";
import { ZodError } from "zod";
import { DuplicateChildError, errorKind, HttpError, logger } from "../lib/index.js";

export const handleErrors: ErrorRequestHandler = (error: unknown, req, res, _next) => {
  if (error instanceof ZodError) {
    res.status(400).json({ error: "invalid", fields: error.issues.map((issue) => issue.path.join(".")) });
    return;
  }
  if (error instanceof DuplicateChildError) {
    logger.warn({ candidate: error.candidate }, "enrolled twice");
    res.status(error.status).json({ error: error.message });
    return;
  }
  if (error instanceof HttpError) {
    logger.info({ status: error.status, method: req.method }, error.message);
    res.status(error.status).json({ error: error.message });
    return;
  }
  logger.error({ error: errorKind(error), method: req.method }, "request failed");
  res.status(500).json({ error: "internal" });
};
