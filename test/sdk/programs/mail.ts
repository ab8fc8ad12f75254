import mailchimp from "@mailchimp/mailchimp_marketing";
import mandrill from "@mailchimp/mailchimp_transactional";
import sendgridApi from "@sendgrid/client";
import sendgrid from "@sendgrid/mail";
import nodemailer from "nodemailer";
import { Resend } from "resend";
import type { Child } from "./child.js";

sendgrid.setApiKey("SG.key");
sendgridApi.setApiKey("SG.key");
const resend = new Resend("re_key");
mailchimp.setConfig({ apiKey: "key", server: "us1" });
const mandrillClient = mandrill("key");
const transport = nodemailer.createTransport({ host: "smtp.partner.example", port: 587, ignoreTLS: true });

export async function sendgridSend(child: Child): Promise<void> {
  await sendgrid.send({ to: child.email, from: "a@school.example", subject: child.name, html: `<p>${child.note}</p>` }); // sends to SendGrid: email, name, note
}

export async function sendgridTemplate(child: Child): Promise<void> {
  await sendgrid.sendMultiple({ // sends to SendGrid: name, email
    to: [child.email],
    from: "a@school.example",
    templateId: "d-1",
    dynamicTemplateData: { name: child.name },
  });
}

export async function resendSend(child: Child): Promise<void> {
  await resend.emails.send({ from: "a@school.example", to: [child.email], subject: "Hello", text: child.note }); // sends to Resend: email, note
}

export async function resendBatch(child: Child): Promise<void> {
  await resend.batch.send([{ from: "a@school.example", to: child.email, subject: child.name, text: "Hello" }]); // sends to Resend: email, name
}

export async function resendContact(child: Child): Promise<void> {
  await resend.contacts.create({ email: child.email, firstName: child.name, audienceId: "1" }); // sends to Resend: email, name
}

export async function mailchimpMember(child: Child): Promise<void> {
  await mailchimp.lists.addListMember("list", { email_address: child.email, status: "subscribed", merge_fields: { FNAME: child.name } }); // sends to Mailchimp: email, name
}

export async function mailchimpMembers(child: Child): Promise<void> {
  await mailchimp.lists.batchListMembers("list", { members: [{ email_address: child.email, status: "subscribed" }] }); // sends to Mailchimp: email
}

export async function mailchimpNote(child: Child): Promise<void> {
  await mailchimp.lists.createListMemberNote("list", "hash", { note: child.note }); // sends to Mailchimp: note
}

export async function mandrillMessage(child: Child): Promise<void> {
  await mandrillClient.messages.send({ message: { to: [{ email: child.email, name: child.name }], text: child.note } }); // sends to Mailchimp: email, name, note
}

export async function mandrillTemplate(child: Child): Promise<void> {
  await mandrillClient.messages.sendTemplate({ // sends to Mailchimp: email, note
    template_name: "hello",
    template_content: [{ name: "note", content: child.note }],
    message: { to: [{ email: child.email }] },
  });
}

export async function smtp(child: Child): Promise<void> {
  await transport.sendMail({ from: "a@school.example", to: child.email, subject: child.name, text: `Dear ${child.name}, ${child.note}` }); // sends to smtp.partner.example: email, name, note
}

export async function smtpAttachment(child: Child): Promise<void> {
  await transport.sendMail({ // sends to smtp.partner.example: note
    from: "a@school.example",
    to: "head@school.example",
    attachments: [{ filename: "note.txt", content: Buffer.from(child.note) }],
  });
}

export async function sendgridClient(child: Child): Promise<void> {
  await sendgridApi.request({ method: "PUT", url: "/v3/marketing/contacts", body: { contacts: [{ email: child.email }] } }); // sends to SendGrid: email
}

export async function smtpAddress(child: Child): Promise<void> {
  const own = nodemailer.createTransport("smtp://mail.partner.example:2525?ignoreTLS=true");
  await own.sendMail({ from: "a@school.example", to: child.email, headers: { "x-child": child.name } }); // sends to mail.partner.example: email, name
}

export async function smtpService(child: Child): Promise<void> {
  const own = nodemailer.createTransport({ service: "Postmark", ignoreTLS: true });
  await own.sendMail({ from: "a@school.example", to: "head@school.example", text: child.note }); // sends to Postmark: note
}

export async function smtpDefaults(child: Child): Promise<void> {
  const own = nodemailer.createTransport({ host: "mail.partner.example", port: 25, ignoreTLS: true }, { replyTo: child.email }); // sends to mail.partner.example: email
  await own.sendMail({ from: "a@school.example", to: "head@school.example", text: "Hello" });
}

export async function notSent(child: Child): Promise<void> {
  await nodemailer.createTransport({ jsonTransport: true }).sendMail({ from: "a@school.example", to: child.email, text: child.note });
}

export async function quiet(child: Child): Promise<void> {
  await sendgrid.send({ to: "head@school.example", from: "a@school.example", subject: child.school, text: String(child.name.length) });
  await resend.emails.send({ from: "a@school.example", to: "head@school.example", subject: "Hello", text: child.school });
  await transport.sendMail({ from: "a@school.example", to: "head@school.example", text: child.school });
}
