import type { RequestHandler } from "express";
import { consentService } from "../container.js";
import { guardianIdOf } from "./auth.js";

/**
 * Lets a request through only if the guardian agreed to the notice that is in force.
 * @guardianConsent collection
 */
export const requireGuardianConsent: RequestHandler = async (req, res, next) => {
  if (!(await consentService.hasConsent(guardianIdOf(req), "collection"))) {
    res.status(403).json({ error: "consent-required", notice: "/notices/current" });
    return;
  }
  next();
};
