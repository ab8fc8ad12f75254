import { createClient } from "@supabase/supabase-js";
import { algoliasearch } from "algoliasearch";
import OSS from "ali-oss";
import { WebSocket } from "ws";
import type { Child } from "./child.js";

const supabase = createClient("https://school.supabase.co", "key", { realtime: { transport: WebSocket } });
const algolia = algoliasearch("APP", "key");
const oss = new OSS({ region: "oss-cn-hangzhou", accessKeyId: "id", accessKeySecret: "secret", bucket: "school" });

export async function supabaseInsert(child: Child): Promise<void> {
  await supabase.from("pupils").insert({ email: child.email, name: child.name, school: child.school }); // sends to Supabase: email, name
}

export async function supabaseUpdate(child: Child): Promise<void> {
  await supabase.from("pupils").update({ phone: child.phone }).eq("row", 1); // sends to Supabase: phone
}

export async function supabaseUpload(child: Child): Promise<void> {
  await supabase.storage.from("files").upload("note.txt", child.note); // sends to Supabase: note
}

export async function supabaseProcedure(child: Child): Promise<void> {
  await supabase.rpc("enrol", { mail: child.email }); // sends to Supabase: email
}

export async function supabaseSignUp(child: Child): Promise<void> {
  await supabase.auth.signUp({ email: child.email, password: "secret", options: { data: { name: child.name } } }); // sends to Supabase: email, name
}

export async function algoliaObjects(child: Child): Promise<void> {
  await algolia.saveObjects({ indexName: "pupils", objects: [{ objectID: "1", name: child.name }] }); // sends to Algolia: name
}

export async function algoliaObject(child: Child): Promise<void> {
  await algolia.saveObject({ indexName: "pupils", body: { note: child.note } }); // sends to Algolia: note
}

export async function algoliaSearch(child: Child): Promise<void> {
  await algolia.searchSingleIndex({ indexName: "pupils", searchParams: { query: child.name, filters: `mail:${child.email}` } }); // sends to Algolia: name, email
}

export async function ossPut(child: Child): Promise<void> {
  await oss.put("pupils/note.txt", Buffer.from(child.note), { meta: { name: child.name } }); // sends to Alibaba Cloud: note, name
}

export async function supabaseLookup(child: Child): Promise<void> {
  await supabase.from("pupils").select().eq("email", child.email); // sends to Supabase: email (not found)
}

export async function supabaseUpsert(child: Child): Promise<void> {
  await supabase.from("pupils").upsert([{ row: 1, note: child.note }], { onConflict: "row" }); // sends to Supabase: note
}

export async function supabaseProfile(child: Child): Promise<void> {
  await supabase.auth.admin.updateUserById("00000000-0000-4000-8000-000000000000", { user_metadata: { note: child.note } }); // sends to Supabase: note
}

export async function algoliaPartial(child: Child): Promise<void> {
  await algolia.partialUpdateObject({ indexName: "pupils", objectID: "1", attributesToUpdate: { name: child.name } }); // sends to Algolia: name
}

export async function algoliaBatch(child: Child): Promise<void> {
  await algolia.batch({ indexName: "pupils", batchWriteParams: { requests: [{ action: "addObject", body: { note: child.note } }] } }); // sends to Algolia: note
}

export async function algoliaQueries(child: Child): Promise<void> {
  await algolia.search({ requests: [{ indexName: "pupils", query: child.name }] }); // sends to Algolia: name
}

export async function ossAppend(child: Child): Promise<void> {
  await oss.append("pupils/log.txt", Buffer.from(child.note)); // sends to Alibaba Cloud: note
}

export async function quiet(child: Child): Promise<void> {
  await supabase.from("schools").insert({ school: child.school, long: child.name.length > 9 });
  await algolia.saveObject({ indexName: "schools", body: { school: child.school } });
  await oss.put("schools.txt", Buffer.from(child.school));
}
