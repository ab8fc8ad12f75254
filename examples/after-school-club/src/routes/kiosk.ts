import { Router } from "express";
import { attendanceService, guardianService, kioskService } from "../container.js";
import { prisma } from "../lib/index.js";
import { attendanceInput, pickupInput } from "../models/index.js";

/** The tablet at the door. It stands in the hall and signs nobody in. */
export const kioskRoutes = Router();

kioskRoutes.post("/arrivals", async (req, res) => {
  const input = attendanceInput.parse(req.body);
  await attendanceService.arrive(input);
  const child = await kioskService.find(input.childId);
  res.cookie("lastGroup", child.groupName, { httpOnly: true, sameSite: "strict" });
  res.cookie("lastChild", child.fullName, { sameSite: "strict", maxAge: 3_600_000 });
  res.status(204).end();
});

kioskRoutes.post("/departures", async (req, res) => {
  const input = attendanceInput.parse(req.body);
  await attendanceService.leave(input);
  await attendanceService.announce(input.childId);
  res.status(204).end();
});

kioskRoutes.post("/pickup-codes", async (req, res) => {
  const { code } = pickupInput.parse(req.body);
  res.json({ valid: await guardianService.isPickupCode(code) });
});

kioskRoutes.get("/emergency-sheet", async (_req, res) => {
  res.json(await prisma.emergencySheet.findMany({ orderBy: { printedAt: "desc" } }));
});
