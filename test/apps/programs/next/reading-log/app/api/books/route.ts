// request: POST /api/books [x-guardian: g1] {"title":"TOKEN1","note":"TOKEN2"}
// request: PUT /api/books [x-guardian: g1] {"title":"TOKEN1","note":"TOKEN2"}
// request: PATCH /api/books [x-guardian: g1] {"title":"TOKEN1","note":"TOKEN2"}
import { NextResponse } from "next/server";
import { pool, withConsent, withConsentStatistics, type LogEntry } from "../../../lib/consent";

export const POST = withConsent(async (request) => {
  const entry = (await request.json()) as LogEntry;
  await pool.query("INSERT INTO books (title, note) VALUES ($1, $2)", [entry.title, entry.note]);
  return NextResponse.json({}, { status: 201 });
});

export const PUT = withConsentStatistics(async (request) => {
  const entry = (await request.json()) as LogEntry;
  await pool.query("UPDATE books SET title = $1", [entry.title]); // expect: require-guardian-consent LogEntry.title
  return NextResponse.json({});
});

export const PATCH = withConsentStatistics(
  withConsent(async (request) => {
    const { note }: LogEntry = await request.json();
    await pool.query("UPDATE books SET note = $1", [note]);
    return NextResponse.json({});
  }),
);
