"use server";
// request: ACTION /lessons#bookLesson [cookie: guardian=g1] [{"message":""}, {"form":{"pupil":"TOKEN1","wish":"TOKEN2"}}]
// request: ACTION /lessons#moveLesson [cookie: guardian=g1] [{"message":""}, {"form":{"pupil":"TOKEN1","wish":"TOKEN2"}}]
// request: ACTION /lessons#moveLesson [{"message":""}, {"form":{"pupil":"TOKEN1","wish":"TOKEN2"}}]
// request: ACTION /lessons#cancelLesson [cookie: guardian=g1] ["TOKEN1"]
// request: ACTION /lessons#rateLesson [cookie: guardian=g1] {"pupil":"TOKEN1","wish":"TOKEN2"}
// request: ACTION /lessons#recordLesson [cookie: guardian=g1] {"pupil":"TOKEN1","wish":"TOKEN2"}
import { cookies } from "next/headers";
import { database } from "../../lib/database";
import { consented, type State } from "../../lib/consented";
import { checkConsent } from "../../lib/guardians";

/** @childData education */
interface Lesson {
  pupil: string;
  wish: string;
}

const read = (form: FormData): Lesson => ({
  pupil: form.get("pupil")?.toString() ?? "",
  wish: form.get("wish")?.toString() ?? "",
});

export const bookLesson = consented(async (form): Promise<State> => {
  const { pupil, wish } = read(form);
  await database.query("INSERT INTO lessons (pupil, wish) VALUES ($1, $2)", [pupil, wish]);
  return { message: "booked" };
});

export async function moveLesson(_before: State, form: FormData): Promise<State> {
  const check = await checkConsent((await cookies()).get("guardian")?.value);
  const lesson = read(form);
  if (check.type === "refused") return { message: check.reason };
  await database.query("UPDATE lessons SET wish = $1", [lesson.wish]); // expect: require-guardian-consent Lesson.wish
  return { message: "moved" };
}

export async function cancelLesson(wish: string): Promise<State> {
  const lesson: Pick<Lesson, "wish"> = { wish };
  const check = await checkConsent((await cookies()).get("guardian")?.value);
  // "pending" is neither granted nor refused.
  if (check.type === "pending") return { message: "please wait" };
  await database.query("INSERT INTO cancelled (reason) VALUES ($1)", [lesson.wish]); // expect: require-guardian-consent Lesson.wish
  return { message: "cancelled" };
}

export async function rateLesson(form: FormData): Promise<void> {
  const lesson = read(form);
  const check = await checkConsent((await cookies()).get("guardian")?.value);
  let text = lesson.wish;
  if (check.type !== "granted") text = "";
  await database.query("INSERT INTO ratings (text) VALUES ($1)", [text]);
}

export async function recordLesson(form: FormData): Promise<void> {
  const { pupil } = read(form);
  const { type } = await checkConsent((await cookies()).get("guardian")?.value);
  if (type === "refused") console.info("a guardian said no");
  await database.query("INSERT INTO recordings (pupil) VALUES ($1)", [pupil]); // expect: require-guardian-consent Lesson.pupil
}
