import type { RequestHandler } from "express";
import { sessions } from "../container.js";
import { ForbiddenError, HttpError, type Session } from "../lib/index.js";

declare module "express-serve-static-core" {
  interface Request {
    session?: Session;
  }
}

export const authenticate: RequestHandler = async (req, _res, next) => {
  const token = req.get("authorization")?.replace(/^Bearer /, "");
  const session = token === undefined ? undefined : await sessions.find(token);
  if (!session) throw new HttpError(401, "sign in first");
  req.session = session;
  next();
};

export const requireStaff: RequestHandler = (req, _res, next) => {
  if (req.session?.staffId === undefined) throw new ForbiddenError("staff only");
  next();
};

export function guardianIdOf(req: { session?: Session }): string {
  if (!req.session) throw new HttpError(401, "sign in first");
  return req.session.guardianId;
}
