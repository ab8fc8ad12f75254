import got from "got";
import ky from "ky";
import { ofetch } from "ofetch";
import superagent from "superagent";
import type { Child } from "./child.js";

const partner = "https://api.partner.example";

export async function gotExtended(child: Child): Promise<void> {
  const client = got.extend({ prefixUrl: partner, headers: { "x-child": child.name }, searchParams: { mail: child.email } }); // sends to api.partner.example: name, email
  await client.get("me");
}

export async function gotHook(child: Child): Promise<void> {
  const client = got.extend({
    prefixUrl: partner,
    hooks: {
      beforeRequest: [
        (options) => {
          options.headers["x-note"] = child.note; // sends to api.partner.example: note (not found)
        },
      ],
    },
  });
  await client.get("me");
}

export async function kyCreated(child: Child): Promise<void> {
  const client = ky.create({ prefixUrl: partner, headers: { "x-child": child.name }, searchParams: { mail: child.email } }); // sends to api.partner.example: name, email
  await client.get("me");
}

export async function ofetchCreated(child: Child): Promise<void> {
  const client = ofetch.create({ baseURL: partner, headers: { "x-child": child.name }, query: { mail: child.email } }); // sends to api.partner.example: name, email
  await client("/me");
}

export async function superagentAgent(child: Child): Promise<void> {
  const agent = superagent.agent().set("x-child", child.name); // sends to api.partner.example: name (not found)
  await agent.get(`${partner}/me`).query({ mail: child.email }); // sends to api.partner.example: email
}

export async function quiet(child: Child): Promise<void> {
  await got.extend({ prefixUrl: partner, headers: { "x-school": child.school } }).get("me");
  await ky.create({ prefixUrl: partner, headers: { "x-school": child.school } }).get("me");
  await ofetch.create({ baseURL: partner, query: { size: child.name.length } })("/me");
}
