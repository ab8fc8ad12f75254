import type { RequestHandler } from "express";
import { access } from "../container.js";
import { ForbiddenError } from "../lib/index.js";

/**
 * The person responsible for children's information approves each look into a record.
 * @accessApproval
 */
export const requireApproval: RequestHandler = (req, _res, next) => {
  if (!/^APPROVAL-\d+$/.test(req.get("x-approval") ?? "")) throw new ForbiddenError("approval needed");
  next();
};

/** @accessRecord */
export const recordAccess: RequestHandler<{ childId: string }> = async (req, _res, next) => {
  const staffId = req.session?.staffId ?? "unknown";
  await access.add(staffId, req.params.childId, req.get("x-approval") ?? "", `${req.method} ${req.path}`);
  next();
};
