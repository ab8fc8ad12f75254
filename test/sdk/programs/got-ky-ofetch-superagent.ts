import got from "got";
import ky from "ky";
import { ofetch } from "ofetch";
import superagent from "superagent";
import type { Child } from "./child.js";

const partner = "https://api.partner.example";
const got2 = got.extend({ prefixUrl: partner, retry: { limit: 0 } });
const ky2 = ky.create({ prefixUrl: partner, retry: 0 });
const ofetch2 = ofetch.create({ baseURL: partner });

export async function gotJson(child: Child): Promise<void> {
  await got.post(`${partner}/got`, { json: { email: child.email }, searchParams: { name: child.name } }); // sends to api.partner.example: email, name
}

export async function gotForm(child: Child): Promise<void> {
  await got2.put("got/form", { form: { phone: child.phone }, headers: { "x-note": child.note } }); // sends to api.partner.example: phone, note
}

export async function gotPlain(child: Child): Promise<void> {
  await got(`${partner}/got/${child.id}`).json(); // sends to api.partner.example: id
}

export async function gotOptions(child: Child): Promise<void> {
  await got({ url: `${partner}/got`, method: "POST", body: child.note }); // sends to api.partner.example: note
}

export async function kyJson(child: Child): Promise<void> {
  await ky.post(`${partner}/ky`, { json: { email: child.email }, searchParams: { name: child.name } }).json(); // sends to api.partner.example: email, name
}

export async function kyInstance(child: Child): Promise<void> {
  await ky2.put(`ky/${child.id}`, { body: child.note, headers: { "x-phone": child.phone } }); // sends to api.partner.example: id, note, phone
}

export async function ofetchBody(child: Child): Promise<void> {
  await ofetch(`${partner}/ofetch`, { method: "POST", body: { email: child.email }, query: { name: child.name } }); // sends to api.partner.example: email, name
}

export async function ofetchInstance(child: Child): Promise<void> {
  await ofetch2(`/children/${child.id}`, { params: { phone: child.phone } }); // sends to api.partner.example: id, phone
}

export async function ofetchRaw(child: Child): Promise<void> {
  await ofetch2.raw("/raw", { method: "PATCH", body: child.note }); // sends to api.partner.example: note
}

export async function superagentSend(child: Child): Promise<void> {
  await superagent // sends to api.partner.example: email, name, phone
    .post(`${partner}/superagent`)
    .set("x-child", child.name)
    .query({ phone: child.phone })
    .send({ email: child.email });
}

export async function superagentFields(child: Child): Promise<void> {
  await superagent.post(`${partner}/superagent`).field("note", child.note).attach("file", Buffer.from(child.name), "name.txt"); // sends to api.partner.example: note, name
}

export async function superagentAddress(child: Child): Promise<void> {
  await superagent.get(`${partner}/superagent/${child.id}`, { mail: child.email }); // sends to api.partner.example: id, email
}

export async function quiet(child: Child): Promise<void> {
  await got2.post("got", { json: { school: child.school } });
  await ky2.post("ky", { json: { hasName: child.name !== "" } });
  await ofetch2("/ofetch", { query: { size: child.note.length } });
  await superagent.post(`${partner}/superagent`).send({ school: child.school });
}
