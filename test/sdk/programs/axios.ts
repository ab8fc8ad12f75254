import axios, { AxiosHeaders } from "axios";
import type { Child } from "./child.js";

const client = axios.create({ baseURL: "https://api.partner.example", headers: { "x-app": "school" } });

export async function post(child: Child): Promise<void> {
  await axios.post("https://api.partner.example/children", { email: child.email }, { params: { name: child.name } }); // sends to api.partner.example: email, name
}

export async function get(child: Child): Promise<void> {
  await client.get("/children", { params: { phone: child.phone } }); // sends to api.partner.example: phone
}

export async function path(child: Child): Promise<void> {
  await client.delete(`/children/${child.id}`); // sends to api.partner.example: id
}

export async function configured(child: Child): Promise<void> {
  await client({ method: "put", url: "/notes", data: { note: child.note }, headers: { "x-name": child.name } }); // sends to api.partner.example: note, name
}

export async function requested(child: Child): Promise<void> {
  await client.request({ method: "POST", url: "/notes", data: new URLSearchParams({ note: child.note }) }); // sends to api.partner.example: note
}

export async function form(child: Child): Promise<void> {
  await axios.postForm("https://api.partner.example/form", { phone: child.phone, school: child.school }); // sends to api.partner.example: phone
}

export async function credentials(child: Child): Promise<void> {
  await client.get("/me", { auth: { username: child.email, password: "secret" } }); // sends to api.partner.example: email
}

export async function headers(child: Child): Promise<void> {
  const set = new AxiosHeaders();
  set.set("x-child", child.name);
  await client.get("/me", { headers: set }); // sends to api.partner.example: name
}

export async function defaults(child: Child): Promise<void> {
  const own = axios.create({ baseURL: "https://api.partner.example" });
  own.defaults.headers.common["x-child"] = child.name; // sends to api.partner.example: name
  await own.get("/me");
}

export async function created(child: Child): Promise<void> {
  const own = axios.create({ baseURL: "https://api.partner.example", params: { note: child.note } }); // sends to api.partner.example: note
  await own.get("/me");
}

export async function intercepted(child: Child): Promise<void> {
  const own = axios.create({ baseURL: "https://api.partner.example" });
  own.interceptors.request.use((config) => { // sends to api.partner.example: email, note
    config.headers.set("x-mail", child.email);
    config.params = { note: child.note };
    return config;
  });
  await own.get("/me");
}

export async function located(child: Child): Promise<void> {
  const own = axios.create();
  own.interceptors.request.use((config) => {
    config.baseURL = "https://api.partner.example";
    return config;
  });
  await own.post("/notes", { note: child.note }); // sends to api.partner.example: note
}

export async function quiet(child: Child): Promise<void> {
  await client.post("/schools", { school: child.school, isLong: child.name.length > 20 });
}
