/** Below this age a person is a child, and a guardian decides (Art. 2). */
export const CHILD_AGE_LIMIT = 14;

/** Completed years on a day. */
export function ageOn(birthDate: string, day: Date = new Date()): number {
  const born = new Date(birthDate);
  if (Number.isNaN(born.getTime())) return 0;
  const years = day.getUTCFullYear() - born.getUTCFullYear();
  const hadBirthday =
    day.getUTCMonth() > born.getUTCMonth() ||
    (day.getUTCMonth() === born.getUTCMonth() && day.getUTCDate() >= born.getUTCDate());
  return hadBirthday ? years : years - 1;
}

/** @childCheck */
export function isChild(birthDate: string): boolean {
  return ageOn(birthDate) < CHILD_AGE_LIMIT;
}
