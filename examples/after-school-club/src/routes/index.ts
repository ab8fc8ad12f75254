import { Router } from "express";
import { authenticate, requireGuardianConsent } from "../middleware/index.js";
import { adminRoutes } from "./admin.js";
import { childRoutes } from "./children.js";
import { accountRoutes } from "./guardians.js";
import { kioskRoutes } from "./kiosk.js";
import { mediaRoutes } from "./media.js";
import { waitlistRoutes } from "./waitlist.js";

export const routes = Router();

routes.use("/account", accountRoutes);
routes.use("/waitlist", waitlistRoutes);
routes.use("/kiosk", kioskRoutes);

routes.use(authenticate);
routes.use("/admin", adminRoutes);
routes.use("/media", mediaRoutes);
routes.use("/children", requireGuardianConsent, childRoutes);
