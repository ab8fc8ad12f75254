import { z } from "zod";

const phone = z.string().regex(/^1\d{10}$/);
const shortText = z.string().trim().min(1).max(80);
const longText = z.string().trim().max(2000);

export const guardianInput = z.object({
  /** @childData guardian */
  fullName: shortText,
  /** @childData guardian */
  phone,
  /** @childData guardian */
  email: z.email(),
  locale: z.string().default("zh-CN"),
});

export const childInput = z.object({
  /** @childData identity */
  fullName: shortText,
  /** @childData identity */
  birthDate: z.iso.date(),
  /** @childData location */
  homeAddress: longText,
  /** @childData education */
  schoolName: shortText,
  /** @childData health */
  allergies: longText.nullable(),
  /** @childData health */
  dietaryNotes: longText.nullable(),
  /** @childData belief */
  religion: shortText.nullable(),
  groupName: shortText,
});

/** What a guardian may correct online. */
export const childPatch = childInput.pick({
  fullName: true,
  birthDate: true,
  homeAddress: true,
  schoolName: true,
  allergies: true,
});

export const transportInput = z.object({
  needsBus: z.boolean(),
  /** @childData location */
  busStop: shortText.optional(),
});

export const attendanceInput = z.object({
  childId: z.uuid(),
  /** @childData behaviour */
  note: longText.optional(),
  /**
   * @childData guardian
   * @purpose safeguarding
   * @retention 365d
   */
  pickedUpBy: shortText.optional(),
});

export const incidentInput = z.object({
  /** @childData health */
  description: longText,
  severity: z.number().int().min(1).max(5),
});

export const waitlistInput = z.object({
  /** @childData identity */
  childName: shortText,
  /** @childData identity */
  birthDate: z.iso.date(),
  /** @childData guardian */
  guardianPhone: phone,
  wishedGroup: shortText,
});

export const loginInput = z.object({
  /** @childData guardian */
  phone,
  code: z.string().length(6),
});

export const pickupInput = z.object({
  /** @childData credential */
  code: z.string().length(4),
});

export type GuardianInput = z.infer<typeof guardianInput>;
export type ChildInput = z.infer<typeof childInput>;
export type ChildPatch = z.infer<typeof childPatch>;
export type TransportInput = z.infer<typeof transportInput>;
export type AttendanceInput = z.infer<typeof attendanceInput>;
export type IncidentInput = z.infer<typeof incidentInput>;
export type WaitlistInput = z.infer<typeof waitlistInput>;
