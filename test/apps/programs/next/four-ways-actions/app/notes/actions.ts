"use server";
// request: ACTION /notes#keep [cookie: guardian=g1] {"text":"TOKEN1"}
// request: ACTION /notes#early [cookie: guardian=g1] {"text":"TOKEN1"}
// request: ACTION /notes#soon [cookie: guardian=g1] {"text":"TOKEN1"}
// request: ACTION /notes#anyway [cookie: guardian=g1] {"text":"TOKEN1"}
// request: ACTION /notes#draft [cookie: guardian=g1] {"text":"TOKEN1"}
// request: ACTION /notes#keepWrapped [cookie: guardian=g1] {"text":"TOKEN1"}
// request: ACTION /notes#anywayWrapped [cookie: guardian=g1] {"text":"TOKEN1"}
import { noteOf, pool, requireAgreed, withConsent, withConsentAnyway } from "../../lib/consent";

export async function keep(form: FormData) {
  await requireAgreed();
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(form).text]);
}

export async function early(form: FormData) {
  // reason: it runs after this
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(form).text]); // expect: require-guardian-consent Note.text
  await requireAgreed();
}

export async function soon(form: FormData) {
  requireAgreed().catch(() => undefined);
  // reason: its promise is not awaited
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(form).text]); // expect: require-guardian-consent Note.text
}

export async function anyway(form: FormData) {
  try {
    await requireAgreed();
  } catch {
    console.warn("no consent");
  }
  // reason: the error is swallowed, or the answer lost, at app/notes/actions.ts:31
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(form).text]); // expect: require-guardian-consent Note.text
}

export async function draft(form: FormData) {
  // reason: Check it before this: isAgreed is used by 7 other entries
  await pool.query("INSERT INTO drafts (text) VALUES ($1)", [noteOf(form).text]); // expect: require-guardian-consent Note.text
}

export const keepWrapped = withConsent(async ({ text }) => {
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]);
});

export const anywayWrapped = withConsentAnyway(async ({ text }) => {
  // reason: the error is swallowed, or the answer lost, at lib/consent.ts:42
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
});
