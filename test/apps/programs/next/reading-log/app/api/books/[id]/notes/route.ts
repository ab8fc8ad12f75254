// request: POST /api/books/9/notes [x-guardian: g1] {"title":"TOKEN1","note":"TOKEN2"}
// request: DELETE /api/books/9/notes [x-guardian: g1] {"title":"TOKEN1","note":"TOKEN2"}
import type { NextRequest } from "next/server";
import { hasGuardianConsent, pool, type LogEntry } from "../../../../../lib/consent";

interface Props {
  params: Promise<{ id: string }>;
}

export async function POST(request: NextRequest, { params }: Props) {
  const [{ id }, entry, agreed] = await Promise.all([
    params,
    request.json() as Promise<LogEntry>,
    hasGuardianConsent(request.headers.get("x-guardian")),
  ]);
  if (!agreed) return new Response(null, { status: 403 });
  await pool.query("INSERT INTO notes (book, note) VALUES ($1, $2)", [id, entry.note]);
  return new Response(null, { status: 201 });
}

// What is deleted is written to the history first.
export async function DELETE(request: NextRequest, { params }: Props) {
  const { id } = await params;
  const entry: LogEntry = await request.json();
  await pool.query("INSERT INTO history (book, note) VALUES ($1, $2)", [id, entry.note]); // expect: require-guardian-consent LogEntry.note
  const agreed = await hasGuardianConsent(request.headers.get("x-guardian"));
  return new Response(null, { status: agreed ? 204 : 403 });
}
