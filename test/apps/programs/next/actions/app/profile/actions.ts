"use server";
// request: ACTION /profile#saveProfile [cookie: guardian=g1] {"nickname":"TOKEN1","hobby":"TOKEN2"}
// request: ACTION /profile#saveHobby [cookie: guardian=g1] [null, {"form":{"nickname":"TOKEN1","hobby":"TOKEN2"}}]
// request: ACTION /profile#savePicture [cookie: guardian=g1] ["TOKEN1"]
// request: ACTION /profile#shareProfile [cookie: guardian=g1] {"nickname":"TOKEN1","hobby":"TOKEN2"}
// request: ACTION /profile#saveDraft [cookie: guardian=g1] {"nickname":"TOKEN1","hobby":"TOKEN2"}
import { isAgreed, pool, requireAgreed } from "../consent";

/** @childData behaviour */
interface Profile {
  nickname: string;
  hobby: string;
}

const profileOf = (form: FormData): Profile => ({
  nickname: form.get("nickname") as string,
  hobby: form.get("hobby") as string,
});

export async function saveProfile(form: FormData) {
  await requireAgreed();
  const profile = profileOf(form);
  await pool.query("INSERT INTO profiles (nickname, hobby) VALUES ($1, $2)", [profile.nickname, profile.hobby]);
}

export async function saveHobby(_state: unknown, form: FormData) {
  const profile = profileOf(form);
  if (!(await isAgreed())) return { error: "Ask your guardian first." };
  await pool.query("INSERT INTO hobbies (nickname, hobby) VALUES ($1, $2)", [profile.nickname, profile.hobby]);
  return { error: null };
}

// A redirect is an error that is thrown, and here it is caught.
export async function savePicture(nickname: string) {
  try {
    await requireAgreed();
  } catch (error) {
    console.error("consent", error instanceof Error);
  }
  const picture: Pick<Profile, "nickname"> = { nickname };
  await pool.query("INSERT INTO pictures (nickname) VALUES ($1)", [picture.nickname]); // expect: require-guardian-consent Profile.nickname
}

export async function shareProfile(form: FormData) {
  const profile = profileOf(form);
  requireAgreed();
  await fetch("https://pages.example/profiles", { method: "POST", body: JSON.stringify(profile) }); // expect: require-guardian-consent Profile.nickname, Profile.hobby
}

export async function saveDraft(form: FormData) {
  const profile = profileOf(form);
  await pool.query("INSERT INTO drafts (nickname, hobby) VALUES ($1, $2)", [profile.nickname, profile.hobby]); // expect: require-guardian-consent Profile.nickname, Profile.hobby
  await requireAgreed();
}
