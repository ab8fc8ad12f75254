/** The words of the law that annotations, models and configs use. Product.md 1.1 is the source. */

export const categories = [
  "identity",
  "contact",
  "guardian",
  "family",
  "location",
  "education",
  "health",
  "biometric",
  "media",
  "communication",
  "content",
  "credential",
  "device",
  "account",
  "behaviour",
  "financial",
  "status",
  "belief",
  "other",
] as const;
export type Category = (typeof categories)[number];

export const purposes = [
  "service",
  "account",
  "security",
  "notification",
  "support",
  "payment",
  "crash-reporting",
  "analytics",
  "personalisation",
  "profiling",
  "marketing",
  "advertising",
  "ai-inference",
  "ai-training",
  "research",
  "legal",
] as const;
/** A built-in purpose or one that the config adds. */
export type Purpose = string;

export const operations = ["collection", "use", "transfer", "disclosure"] as const;
export type Operation = (typeof operations)[number];

/** What a recipient is to the operator: Article 16, 17 or 18. */
export const recipientRoles = ["processor", "transfer", "disclosure"] as const;
export type RecipientRole = (typeof recipientRoles)[number];

export const deletionKinds = ["request", "withdrawal", "deregistration", "shutdown"] as const;
export type DeletionKind = (typeof deletionKinds)[number];

export const media = [
  "database",
  "cache",
  "file",
  "browser",
  "queue",
  "object-store",
  "search-index",
] as const;
export type Medium = (typeof media)[number];

export const tags = [
  "childData",
  "notChildData",
  "purpose",
  "retention",
  "guardianConsent",
  "encrypts",
  "decrypts",
  "deletionPath",
  "staffAccess",
  "accessApproval",
  "accessRecord",
  "correctionPath",
  "redacts",
  "anonymizes",
  "childCheck",
] as const;
export type Tag = (typeof tags)[number];

/** What an SDK takes by itself: what is on the screen, each use of it, or what a failing program held. */
export type CaptureKind = "screen" | "usage" | "errors";
