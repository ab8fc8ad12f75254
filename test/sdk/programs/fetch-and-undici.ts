import { Client, fetch as undiciFetch, request } from "undici";
import type { Child } from "./child.js";

const school = "https://pupils.partner.example";

export async function jsonBody(child: Child): Promise<void> {
  await fetch(`${school}/enrol`, {  // sends to pupils.partner.example: email, name
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: child.email, name: child.name, long: child.note.length > 10 }),
  });
}

export async function address(child: Child): Promise<void> {
  await fetch(`${school}/look-up?mail=${encodeURIComponent(child.email)}`); // sends to pupils.partner.example: email
}

export async function headerAndForm(child: Child): Promise<void> {
  const form = new FormData();
  form.set("phone", child.phone);
  form.append("school", child.school);
  await fetch(new URL("/form", school), { method: "POST", headers: { "x-child": child.name }, body: form }); // sends to pupils.partner.example: name, phone
}

export async function parameters(child: Child): Promise<void> {
  const body = new URLSearchParams({ to: child.phone });
  body.append("text", child.note);
  await fetch(`${school}/sms`, { method: "POST", body }); // sends to pupils.partner.example: phone, note
}

export async function requestObject(child: Child): Promise<void> {
  const prepared = new Request(`${school}/request`, { method: "PUT", body: child.note });
  await fetch(prepared); // sends to pupils.partner.example: note
}

export async function undiciRequest(child: Child): Promise<void> {
  await request(`${school}/undici`, { method: "POST", body: JSON.stringify({ n: child.name }), query: { e: child.email } }); // sends to pupils.partner.example: name, email
}

export async function undiciFetched(child: Child): Promise<void> {
  await undiciFetch(`${school}/undici-fetch`, { method: "POST", body: child.note }); // sends to pupils.partner.example: note
}

export async function undiciClient(child: Child): Promise<void> {
  const client = new Client(school);
  await client.request({ path: `/children/${child.id}`, method: "POST", body: child.phone }); // sends to pupils.partner.example: id, phone
  await client.close();
}

export async function quiet(child: Child): Promise<void> {
  await fetch(`${school}/count`, { method: "POST", body: JSON.stringify({ school: child.school, size: child.name.length }) });
}
