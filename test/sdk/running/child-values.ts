/** A child whose values are found nowhere else: a letter and a number that only this run has. */
const fields = ["id", "name", "email", "phone", "note", "school"] as const;
export type ChildField = (typeof fields)[number];

export interface MarkedChild {
  readonly child: Readonly<Record<ChildField, string>>;
  /** What to look for, in small letters. */
  readonly tokens: Readonly<Record<ChildField, string>>;
}

export function makeChild(index: number): MarkedChild {
  const number = String(1000 + index);
  const tokens = {
    id: `kq${number}id`,
    name: `kq${number}name`,
    email: `kq${number}mail`,
    phone: `55519${number}7`,
    note: `kq${number}note`,
    school: `kq${number}school`,
  };
  return {
    tokens,
    child: {
      id: tokens.id,
      name: tokens.name,
      email: `${tokens.email}@kids.example`,
      phone: `+1${tokens.phone}`,
      note: `says ${tokens.note} today`,
      school: tokens.school,
    },
  };
}

export { fields as childFields };
