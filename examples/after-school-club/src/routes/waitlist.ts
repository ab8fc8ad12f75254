import { Router } from "express";
import { z } from "zod";
import { consentService, waitlist } from "../container.js";
import { ageOn } from "../lib/index.js";
import { authenticate, guardianIdOf } from "../middleware/index.js";
import { waitlistInput } from "../models/index.js";

const ENTRY_LIMIT = 50;
const entryId = z.uuid();

export const waitlistRoutes = Router();

waitlistRoutes.post("/", async (req, res) => {
  const id = await waitlist.add(waitlistInput.parse(req.body));
  res.status(201).json({ id, limit: ENTRY_LIMIT });
});

/** A trial afternoon, booked by someone who has an account already. */
waitlistRoutes.post("/trial-days", authenticate, async (req, res) => {
  const input = waitlistInput.parse(req.body);
  if (ageOn(input.birthDate) < 13) await consentService.assertGranted(guardianIdOf(req), "collection");
  res.status(201).json({ id: await waitlist.add(input) });
});

waitlistRoutes.delete("/:id", async (req, res) => {
  await waitlist.remove(entryId.parse(req.params.id));
  res.status(204).end();
});
