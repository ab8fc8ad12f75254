import { Client as HubSpot } from "@hubspot/api-client";
import { IntercomClient } from "intercom-client";
import zendeskClient from "node-zendesk";
import type { Child } from "./child.js";

const hubspot = new HubSpot({ accessToken: "token" });
const intercom = new IntercomClient({ token: "token" });
const zendesk = zendeskClient.createClient({ username: "a@school.example", token: "token", subdomain: "school" });

export async function intercomContact(child: Child): Promise<void> {
  await intercom.contacts.create({ email: child.email, name: child.name, external_id: child.id }); // sends to Intercom: email, name, id
}

export async function intercomConversation(child: Child): Promise<void> {
  await intercom.conversations.create({ from: { type: "user", id: child.id }, body: child.note }); // sends to Intercom: id, note
}

export async function intercomEvent(child: Child): Promise<void> {
  await intercom.events.create({ event_name: "enrolled", created_at: 1, user_id: child.id, metadata: { phone: child.phone } }); // sends to Intercom: id, phone
}

export async function intercomLookup(child: Child): Promise<void> {
  await intercom.contacts.search({ query: { field: "email", operator: "=", value: child.email } }); // sends to Intercom: email
}

export async function hubspotContact(child: Child): Promise<void> {
  await hubspot.crm.contacts.basicApi.create({ properties: { email: child.email, firstname: child.name }, associations: [] }); // sends to HubSpot: email, name
}

export async function hubspotSearch(child: Child): Promise<void> {
  await hubspot.crm.contacts.searchApi.doSearch({ // sends to HubSpot: email
    filterGroups: [{ filters: [{ propertyName: "email", operator: "EQ", value: child.email }] }],
  });
}

export async function hubspotNote(child: Child): Promise<void> {
  await hubspot.crm.objects.notes.basicApi.create({ properties: { hs_note_body: child.note }, associations: [] }); // sends to HubSpot: note
}

export async function hubspotRequest(child: Child): Promise<void> {
  await hubspot.apiRequest({ method: "POST", path: "/events/v3/send", body: { email: child.email } }); // sends to HubSpot: email
}

export async function zendeskTicket(child: Child): Promise<void> {
  await zendesk.tickets.create({ ticket: { subject: child.name, comment: { body: child.note }, requester: { email: child.email } } }); // sends to Zendesk: name, note, email
}

export async function zendeskUser(child: Child): Promise<void> {
  await zendesk.users.create({ user: { name: child.name, phone: child.phone } }); // sends to Zendesk: name, phone
}

export async function zendeskSearch(child: Child): Promise<void> {
  await zendesk.search.query(`email:${child.email}`); // sends to Zendesk: email
}

export async function quiet(child: Child): Promise<void> {
  await intercom.contacts.create({ name: child.school });
  await hubspot.crm.companies.basicApi.create({ properties: { name: child.school }, associations: [] });
  await zendesk.tickets.create({ ticket: { subject: child.school, comment: { body: "Please call" } } });
}
