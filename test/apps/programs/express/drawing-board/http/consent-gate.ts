import type { RequestHandler } from "express";
import type { ConsentRegister } from "../domain/consent-register.js";

export const consentGate =
  (register: ConsentRegister): RequestHandler =>
  async (req, _res, next) => {
    await register.ensure(req.body.guardianId);
    next();
  };
