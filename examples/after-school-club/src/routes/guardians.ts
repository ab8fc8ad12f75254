import { Router } from "express";
import { z } from "zod";
import { consentService, deregistrationService, guardianService } from "../container.js";
import { maskPhone } from "../lib/index.js";
import { authenticate, guardianIdOf } from "../middleware/index.js";
import { guardianInput, loginInput, pickupInput } from "../models/index.js";

const consentInput = z.object({
  accepted: z.boolean(),
  operations: z.array(z.enum(["collection", "use", "transfer", "disclosure"])).min(1),
});

export const accountRoutes = Router();

accountRoutes.post("/", async (req, res) => {
  const id = await guardianService.register(guardianInput.parse(req.body));
  res.status(201).json({ id });
});

accountRoutes.post("/login-code", async (req, res) => {
  const { phone } = loginInput.pick({ phone: true }).parse(req.body);
  await guardianService.sendLoginCode(phone);
  res.status(202).end();
});

accountRoutes.post("/login", async (req, res) => {
  const { phone, code } = loginInput.parse(req.body);
  res.json({ token: await guardianService.login(phone, code) });
});

accountRoutes.post("/consents", authenticate, async (req, res) => {
  const { accepted, operations } = consentInput.parse(req.body);
  if (!accepted) {
    res.json(consentService.refuse());
    return;
  }
  await consentService.grant(guardianIdOf(req), operations);
  res.status(204).end();
});

accountRoutes.delete("/consents", authenticate, async (req, res) => {
  await consentService.withdraw(guardianIdOf(req));
  res.status(204).end();
});

accountRoutes.get("/me", authenticate, (req, res) => {
  res.json({ phone: req.session && maskPhone(req.session.phone), children: req.session?.childNames });
});

accountRoutes.put("/me", authenticate, async (req, res) => {
  await guardianService.correct(guardianIdOf(req), guardianInput.parse(req.body));
  res.status(204).end();
});

accountRoutes.put("/me/pickup-code", authenticate, async (req, res) => {
  const { code } = pickupInput.parse(req.body);
  await guardianService.choosePickupCode(guardianIdOf(req), code);
  res.status(204).end();
});

accountRoutes.delete("/me", authenticate, async (req, res) => {
  await deregistrationService.leave(guardianIdOf(req));
  res.status(204).end();
});
