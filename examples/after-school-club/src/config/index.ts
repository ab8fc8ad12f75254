import { z } from "zod";

const secretKey = z
  .string()
  .transform((text) => Buffer.from(text, "base64"))
  .refine((key) => key.length === 32, "must be 32 bytes in base64");

const environment = z.object({
  PORT: z.coerce.number().int().default(3000),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  REDIS_URL: z.url(),
  FIELD_KEY: secretKey,
  LOOKUP_KEY: secretKey,
  EXPORT_KEY: secretKey,
  SEAL_INCIDENTS: z.stringbool().default(true),
  NOTICE_VERSION: z.string().default("2026-09"),
  AWS_REGION: z.string().default("cn-north-1"),
  PHOTO_BUCKET: z.string().default("bluebird-photos"),
  DOCUMENT_BUCKET: z.string().default("bluebird-documents"),
  PHOTO_KMS_KEY: z.string(),
  EXPORT_DIR: z.string().default("/var/lib/bluebird/exports"),
  INTERNAL_API: z.url(),
  SENDGRID_API_KEY: z.string(),
  SEGMENT_WRITE_KEY: z.string(),
  SEGMENT_API_TOKEN: z.string(),
});

export type Config = z.infer<typeof environment>;

export const config: Config = environment.parse(process.env);
