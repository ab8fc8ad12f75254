import { Router } from "express";
import { z } from "zod";
import { childService, partnerService } from "../container.js";
import { guardianIdOf } from "../middleware/index.js";
import { childInput, childPatch, transportInput } from "../models/index.js";

const joinInput = z.object({ activity: z.string().min(1).max(40), weekday: z.number().int().min(1).max(7) });

export const childRoutes = Router();

childRoutes.post("/", async (req, res) => {
  const input = childInput.parse(req.body);
  const child = await childService.enrol(guardianIdOf(req), input);
  res.status(201).json(child);
});

childRoutes.get("/:childId", async (req, res) => {
  res.json(await childService.get(req.params.childId));
});

childRoutes.patch("/:childId", async (req, res) => {
  res.json(await childService.correct(req.params.childId, childPatch.parse(req.body)));
});

childRoutes.post("/:childId/enrolments", async (req, res) => {
  const { activity, weekday } = joinInput.parse(req.body);
  const enrolment = await childService.join(req.params.childId, activity, weekday);
  await partnerService.announce(enrolment);
  res.status(201).json(enrolment);
});

childRoutes.put("/:childId/enrolments/:enrolmentId/transport", async (req, res) => {
  const transport = transportInput.parse(req.body);
  await childService.setTransport(req.params.childId, req.params.enrolmentId, transport);
  res.status(204).end();
});
