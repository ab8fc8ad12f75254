/** A calendar day as `2026-11-24`; days compare as texts do. */
export type Day = string;

/** Whether the text is a day that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The day that a moment falls on, by the clock of the machine. */
export function dayOf(moment: Date): Day {
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${String(moment.getFullYear())}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
}
