import { config } from "./config/index.js";
import { logger, prisma, redis, s3, SessionStore } from "./lib/index.js";
import * as repositories from "./repositories/index.js";
import * as services from "./services/index.js";

const children = new repositories.ChildRepository(prisma);
const guardians = new repositories.GuardianRepository(prisma);
const enrolments = new repositories.EnrolmentRepository(prisma);
const attendance = new repositories.AttendanceRepository(prisma);

export const access = new repositories.AccessRepository(prisma);
export const waitlist = new repositories.WaitlistRepository(prisma);
export const sessions = new SessionStore(redis);

export const consentService = new services.ConsentService(
  new repositories.ConsentRepository(prisma),
  children,
);
export const analyticsService = new services.AnalyticsService(config.SEGMENT_WRITE_KEY);
export const messageService = new services.MessageService(redis);
export const pickupNotifier = new services.PickupNotifier(redis, messageService, logger);
export const rosterBoard = new services.RosterBoard(redis);
export const kioskService = new services.KioskService(children, redis);
export const documentService = new services.DocumentService(prisma, s3);
export const incidentService = new services.IncidentService(prisma, logger);
export const partnerService = new services.PartnerService();
export const photoService = new services.PhotoService(prisma, s3, consentService, logger);

export const childService = new services.ChildService(
  children,
  enrolments,
  consentService,
  analyticsService,
  redis,
  logger,
);
export const guardianService = new services.GuardianService(
  guardians,
  children,
  sessions,
  messageService,
  redis,
);
export const attendanceService = new services.AttendanceService(
  attendance,
  children,
  guardians,
  pickupNotifier,
  redis,
  logger,
);
export const deregistrationService = new services.DeregistrationService(
  prisma,
  redis,
  guardians,
  children,
  childService,
  photoService,
  documentService,
  sessions,
  analyticsService,
  logger,
);

export { attendance as attendanceRepository, children as childRepository };
