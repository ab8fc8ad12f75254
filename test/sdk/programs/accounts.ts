import { createClerkClient } from "@clerk/backend";
import { createClient } from "@supabase/supabase-js";
import { ManagementClient } from "auth0";
import { AuthenticationClient } from "auth0/legacy";
import { createManagementAuth } from "auth0/management";
import { UsersClient } from "auth0/users";
import { WebSocket } from "ws";
import type { Child } from "./child.js";

const auth0 = new ManagementClient({ domain: "school.eu.auth0.com", clientId: "id", clientSecret: "secret" });
const users = new UsersClient(createManagementAuth({ domain: "school.eu.auth0.com", token: "token" }).clientOptions);
const login = new AuthenticationClient({ domain: "school.eu.auth0.com", clientId: "id", clientSecret: "secret" });
const clerk = createClerkClient({ secretKey: "sk_test_key" });
const supabase = createClient("https://school.supabase.co", "key", { realtime: { transport: WebSocket } });

export async function auth0User(child: Child): Promise<void> {
  await auth0.users.create({ connection: "db", email: child.email, name: child.name, user_metadata: { note: child.note } }); // sends to Auth0: email, name, note
}

export async function auth0Update(child: Child): Promise<void> {
  await auth0.users.update("auth0|1", { phone_number: child.phone }); // sends to Auth0: phone
}

export async function auth0Lookup(child: Child): Promise<void> {
  await auth0.users.listUsersByEmail({ email: child.email }); // sends to Auth0: email
}

export async function auth0Users(child: Child): Promise<void> {
  await users.create({ connection: "db", email: child.email }); // sends to Auth0: email
}

export async function auth0Signup(child: Child): Promise<void> {
  await login.database.signUp({ connection: "db", email: child.email, password: "secret", name: child.name }); // sends to Auth0: email, name
}

export async function auth0Code(child: Child): Promise<void> {
  await login.passwordless.sendSMS({ phone_number: child.phone }); // sends to Auth0: phone
}

export async function clerkUser(child: Child): Promise<void> {
  await clerk.users.createUser({ emailAddress: [child.email], firstName: child.name, privateMetadata: { note: child.note } }); // sends to Clerk: email, name, note
}

export async function clerkList(child: Child): Promise<void> {
  await clerk.users.getUserList({ emailAddress: [child.email] }); // sends to Clerk: email
}

export async function clerkInvitation(child: Child): Promise<void> {
  await clerk.invitations.createInvitation({ emailAddress: child.email }); // sends to Clerk: email
}

export async function supabaseCode(child: Child): Promise<void> {
  await supabase.auth.signInWithOtp({ phone: child.phone }); // sends to Supabase: phone
}

export async function supabaseInvitation(child: Child): Promise<void> {
  await supabase.auth.admin.inviteUserByEmail(child.email, { data: { name: child.name } }); // sends to Supabase: email, name
}

export async function supabaseFunction(child: Child): Promise<void> {
  await supabase.functions.invoke("greet", { body: { name: child.name }, headers: { "x-note": child.note } }); // sends to Supabase: name, note
}

export async function quiet(child: Child): Promise<void> {
  await auth0.users.update("auth0|1", { user_metadata: { school: child.school, hasPhone: child.phone !== "" } });
  await clerk.users.createUser({ firstName: child.school });
  await supabase.functions.invoke("greet", { body: { school: child.school } });
}
