import { createConfiguration, DefaultApi, Notification } from "@onesignal/node-onesignal";
import { Expo } from "expo-server-sdk";
import { generateKeyPairSync } from "node:crypto";
import { cert, initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import { getMessaging } from "firebase-admin/messaging";
import JPush from "jpush-sdk";
import type { Child } from "./child.js";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
initializeApp({
  credential: cert({
    projectId: "school",
    clientEmail: "server@school.example",
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  }),
});
const messaging = getMessaging();
// By HTTP/2 it names the scheme "https:", which Node's own server refuses.
messaging.enableLegacyHttpTransport();
const auth = getAuth();
const expo = new Expo();
const onesignal = new DefaultApi(createConfiguration({ restApiKey: "key" }));
const jpush = JPush.buildClient("0123456789abcdef01234567", "0123456789abcdef01234567");

export async function expoPush(child: Child): Promise<void> {
  await expo.sendPushNotificationsAsync([{ to: "ExponentPushToken[x]", title: child.name, body: child.note, data: { id: child.id } }]); // sends to Expo: name, note, id
}

export async function expoChunks(child: Child): Promise<void> {
  const chunks = expo.chunkPushNotifications([{ to: "ExponentPushToken[x]", body: child.note }]);
  for (const chunk of chunks) await expo.sendPushNotificationsAsync(chunk); // sends to Expo: note
}

export async function firebaseSend(child: Child): Promise<void> {
  await messaging.send({ token: "token", notification: { title: child.name, body: child.note }, data: { id: child.id } }); // sends to Google: name, note, id
}

export async function firebaseEach(child: Child): Promise<void> {
  await messaging.sendEachForMulticast({ tokens: ["a", "b"], notification: { title: child.name } }); // sends to Google: name
}

export async function firebaseUser(child: Child): Promise<void> {
  await auth.createUser({ email: child.email, displayName: child.name, phoneNumber: child.phone }); // sends to Google: email, name, phone
}

export async function firebaseLookup(child: Child): Promise<void> {
  await auth.getUserByEmail(child.email); // sends to Google: email
}

export async function firebaseClaims(child: Child): Promise<void> {
  await auth.setCustomUserClaims("uid", { note: child.note }); // sends to Google: note
}

export async function firebaseLink(child: Child): Promise<void> {
  await auth.generatePasswordResetLink(child.email); // sends to Google: email
}

export async function firebaseTopic(child: Child): Promise<void> {
  await messaging.subscribeToTopic(["token"], `class-${child.note.replaceAll(" ", "-")}`); // sends to Google: note
}

export async function firebaseImport(child: Child): Promise<void> {
  await auth.importUsers([{ uid: "1", email: child.email, displayName: child.name }]); // sends to Google: email, name
}

export async function firebaseUpdate(child: Child): Promise<void> {
  await auth.updateUser("1", { phoneNumber: child.phone }); // sends to Google: phone
}

export async function firebaseFind(child: Child): Promise<void> {
  await auth.getUsers([{ email: child.email }, { phoneNumber: child.phone }]); // sends to Google: email, phone
}

// Signed here; whoever gets the token reads it.
export async function firebaseToken(child: Child): Promise<void> {
  await auth.createCustomToken("1", { note: child.note });
}

export async function onesignalFields(child: Child): Promise<void> {
  const notification = new Notification();
  notification.app_id = "app";
  notification.contents = { en: child.note };
  notification.headings = { en: child.name };
  await onesignal.createNotification(notification); // sends to OneSignal: note, name
}

export async function onesignalUser(child: Child): Promise<void> {
  await onesignal.createUser("app", { identity: { external_id: child.id }, subscriptions: [{ type: "Email", token: child.email }] }); // sends to OneSignal: id, email
}

export async function jpushNotice(child: Child): Promise<void> {
  await new Promise((resolve) => {
    jpush // sends to JPush: note, name
      .push()
      .setPlatform(JPush.ALL)
      .setAudience(JPush.alias(child.name))
      .setNotification(child.note)
      .send(resolve);
  });
}

export async function quiet(child: Child): Promise<void> {
  await expo.sendPushNotificationsAsync([{ to: "ExponentPushToken[x]", body: child.school }]);
  await messaging.send({ topic: "school", notification: { title: child.school, body: `${child.name.length}` } });
}
