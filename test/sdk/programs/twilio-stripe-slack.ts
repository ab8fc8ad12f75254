import { WebClient } from "@slack/web-api";
import { IncomingWebhook } from "@slack/webhook";
import Stripe from "stripe";
import twilio from "twilio";
import type { Child } from "./child.js";

const phones = twilio("AC00000000000000000000000000000000", "token");
const stripe = new Stripe("sk_test_key", { maxNetworkRetries: 0 });
const slack = new WebClient("xoxb-token", { retryConfig: { retries: 0 } });
const webhook = new IncomingWebhook("https://hooks.slack.com/services/T/B/X");

export async function sms(child: Child): Promise<void> {
  await phones.messages.create({ to: child.phone, from: "+15550000000", body: `Dear ${child.name}, ${child.note}` }); // sends to Twilio: phone, name, note
}

export async function call(child: Child): Promise<void> {
  await phones.calls.create({ to: child.phone, from: "+15550000000", twiml: `<Response><Say>${child.name}</Say></Response>` }); // sends to Twilio: phone, name
}

export async function verification(child: Child): Promise<void> {
  await phones.verify.v2.services("VA00000000000000000000000000000000").verifications.create({ to: child.phone, channel: "sms" }); // sends to Twilio: phone
}

export async function lookup(child: Child): Promise<void> {
  await phones.lookups.v2.phoneNumbers(child.phone).fetch(); // sends to Twilio: phone
}

export async function customer(child: Child): Promise<void> {
  await stripe.customers.create({ email: child.email, name: child.name, metadata: { child: child.id } }); // sends to Stripe: email, name, id
}

export async function payment(child: Child): Promise<void> {
  await stripe.paymentIntents.create({ amount: 100, currency: "eur", receipt_email: child.email, description: child.note }); // sends to Stripe: email, note
}

export async function session(child: Child): Promise<void> {
  await stripe.checkout.sessions.create({ mode: "payment", customer_email: child.email, client_reference_id: child.id }); // sends to Stripe: email, id
}

export async function search(child: Child): Promise<void> {
  await stripe.customers.list({ email: child.email }); // sends to Stripe: email
}

export async function slackMessage(child: Child): Promise<void> {
  await slack.chat.postMessage({ channel: "C1", text: child.note, blocks: [{ type: "section", text: { type: "mrkdwn", text: child.name } }] }); // sends to Slack: note, name
}

export async function slackLookup(child: Child): Promise<void> {
  await slack.users.lookupByEmail({ email: child.email }); // sends to Slack: email
}

export async function slackCall(child: Child): Promise<void> {
  await slack.apiCall("chat.postMessage", { channel: "C1", text: child.note }); // sends to Slack: note
}

export async function slackWebhook(child: Child): Promise<void> {
  await webhook.send({ text: child.note, username: child.name }); // sends to Slack: note, name
}

export async function slackText(child: Child): Promise<void> {
  await webhook.send(`New: ${child.name}`); // sends to Slack: name
}

export async function idempotency(child: Child): Promise<void> {
  await stripe.customers.create({ description: "new" }, { idempotencyKey: child.id }); // sends to Stripe: id
}

export async function stripeSearch(child: Child): Promise<void> {
  await stripe.customers.search({ query: `email:'${child.email}'` }); // sends to Stripe: email
}

export async function stripeRaw(child: Child): Promise<void> {
  await stripe.rawRequest("POST", "/v1/customers", { name: child.name }); // sends to Stripe: name
}

export async function studio(child: Child): Promise<void> {
  await phones.studio.v2.flows("FW1").executions.create({ to: child.phone, from: "+15550000000", parameters: { name: child.name } }); // sends to Twilio: phone, name
}

export async function conversation(child: Child): Promise<void> {
  await phones.conversations.v1.conversations("CH1").messages.create({ author: child.name, body: child.note }); // sends to Twilio: name, note
}

export async function slackFile(child: Child): Promise<void> {
  await slack.files.uploadV2({ channel_id: "C1", filename: "note.txt", content: child.note, initial_comment: child.name }); // sends to Slack: note, name
}

export async function slackView(child: Child): Promise<void> {
  await slack.views.open({ trigger_id: "1", view: { type: "modal", title: { type: "plain_text", text: child.name }, blocks: [] } }); // sends to Slack: name
}

export async function webhookDefaults(child: Child): Promise<void> {
  const own = new IncomingWebhook("https://hooks.slack.com/services/T/B/Y", { username: child.name }); // sends to Slack: name
  await own.send("Hello");
}

export async function quiet(child: Child): Promise<void> {
  await phones.messages.create({ to: "+15550000001", from: "+15550000000", body: child.school });
  await stripe.customers.create({ description: child.school });
  await slack.chat.postMessage({ channel: "C1", text: `${child.school}: ${child.note.length}` });
  await webhook.send({ text: child.school });
}
