import http from "node:http";
import https, { request } from "node:https";
import { once } from "node:events";
import type { Child } from "./child.js";

export async function written(child: Child): Promise<void> {
  const call = https.request("https://pupils.partner.example/enrol", { method: "POST", headers: { "x-child": child.name } }); // sends to pupils.partner.example: name
  call.write(child.note); // sends to pupils.partner.example: note
  call.end(JSON.stringify({ email: child.email })); // sends to pupils.partner.example: email
  await once(call, "response");
}

export async function options(child: Child): Promise<void> {
  const call = request({ hostname: "pupils.partner.example", path: `/children/${child.id}?phone=${encodeURIComponent(child.phone)}`, method: "POST" }); // sends to pupils.partner.example: id, phone
  call.setHeader("x-note", child.note); // sends to pupils.partner.example: note
  call.end();
  await once(call, "response");
}

export async function got(child: Child): Promise<void> {
  await new Promise((resolve) => {
    http.get(`http://pupils.partner.example/?mail=${child.email}`, resolve); // sends to pupils.partner.example: email
  });
}

export async function quiet(child: Child): Promise<void> {
  const call = https.request("https://pupils.partner.example/schools", { method: "POST" }, () => child.name);
  call.end(JSON.stringify({ school: child.school, length: child.note.length }));
  await once(call, "response");
}
