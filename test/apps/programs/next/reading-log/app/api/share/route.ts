// request: POST /api/share [x-guardian: g1] {"title":"TOKEN1","note":"TOKEN2"}
// request: PUT /api/share [x-guardian: g1] {"title":"TOKEN1","note":"TOKEN2"}
import { hasGuardianConsent, type LogEntry } from "../../../lib/consent";

const share = (entry: Pick<LogEntry, "title">) =>
  fetch("https://bookclubs.example/share", { method: "POST", body: JSON.stringify({ title: entry.title }) }); // expect: require-guardian-consent LogEntry.title

export async function POST(request: Request): Promise<Response> {
  const entry: LogEntry = await request.json();
  const isAllowed = await hasGuardianConsent(request.headers.get("x-guardian"));
  if (isAllowed) {
    await share(entry);
    return Response.json({ shared: true });
  }
  return Response.json({ shared: false });
}

export async function PUT(request: Request): Promise<Response> {
  const entry: LogEntry = await request.json();
  const isAllowed = hasGuardianConsent(request.headers.get("x-guardian"));
  if (isAllowed) await share(entry);
  return Response.json({ shared: true });
}
