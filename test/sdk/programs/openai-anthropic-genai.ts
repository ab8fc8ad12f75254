import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import OpenAI, { toFile } from "openai";
import type { Child } from "./child.js";

const openai = new OpenAI({ apiKey: "key", maxRetries: 0 });
const hosted = new OpenAI({ apiKey: "key", baseURL: "https://models.partner.example/v1", maxRetries: 0 });
const anthropic = new Anthropic({ apiKey: "key", maxRetries: 0 });
const genai = new GoogleGenAI({ apiKey: "key" });

export async function chat(child: Child): Promise<void> {
  await openai.chat.completions.create({ // sends to OpenAI: name, note, id
    model: "gpt-5",
    user: child.id,
    messages: [
      { role: "system", content: `You help ${child.name} of ${child.school}.` },
      { role: "user", content: [{ type: "text", text: child.note }] },
    ],
  });
}

export async function responses(child: Child): Promise<void> {
  await openai.responses.create({ model: "gpt-5", input: child.note, instructions: child.name, metadata: { mail: child.email } }); // sends to OpenAI: note, name, email
}

export async function embeddings(child: Child): Promise<void> {
  await openai.embeddings.create({ model: "e", input: [child.note, child.name] }); // sends to OpenAI: note, name
}

export async function moderation(child: Child): Promise<void> {
  await openai.moderations.create({ input: child.note }); // sends to OpenAI: note
}

export async function file(child: Child): Promise<void> {
  const content = await toFile(Buffer.from(child.note), "note.txt");
  await openai.files.create({ file: content, purpose: "assistants" }); // sends to OpenAI: note
}

export async function image(child: Child): Promise<void> {
  await openai.images.generate({ prompt: child.name }); // sends to OpenAI: name
}

export async function otherProvider(child: Child): Promise<void> {
  await hosted.chat.completions.create({ model: "own", messages: [{ role: "user", content: child.note }] }); // sends to models.partner.example: note
}

export async function messages(child: Child): Promise<void> {
  await anthropic.messages.create({ // sends to Anthropic: note, name, id
    model: "claude",
    max_tokens: 10,
    system: child.name,
    metadata: { user_id: child.id },
    messages: [{ role: "user", content: child.note }],
  });
}

export async function tokens(child: Child): Promise<void> {
  await anthropic.messages.countTokens({ model: "claude", messages: [{ role: "user", content: [{ type: "text", text: child.note }] }] }); // sends to Anthropic: note
}

export async function batch(child: Child): Promise<void> {
  await anthropic.messages.batches.create({ // sends to Anthropic: note
    requests: [{ custom_id: "1", params: { model: "claude", max_tokens: 1, messages: [{ role: "user", content: child.note }] } }],
  });
}

export async function generated(child: Child): Promise<void> {
  await genai.models.generateContent({ model: "gemini", contents: child.note, config: { systemInstruction: child.name } }); // sends to Google: note, name
}

export async function embedded(child: Child): Promise<void> {
  await genai.models.embedContent({ model: "gemini", contents: [child.note] }); // sends to Google: note
}

export async function conversation(child: Child): Promise<void> {
  const talk = genai.chats.create({ model: "gemini" });
  await talk.sendMessage({ message: child.note }); // sends to Google: note
}

export async function history(child: Child): Promise<void> {
  const talk = genai.chats.create({ model: "gemini", history: [{ role: "user", parts: [{ text: child.note }] }] }); // sends to Google: note
  await talk.sendMessage({ message: "Hello" });
}

export async function streamed(child: Child): Promise<void> {
  await genai.models.generateContentStream({ model: "gemini", contents: [{ role: "user", parts: [{ text: child.note }] }] }); // sends to Google: note
}

export async function requestOptions(child: Child): Promise<void> {
  await openai.models.list({ headers: { "x-child": child.name } }); // sends to OpenAI: name
}

export async function defaultHeaders(child: Child): Promise<void> {
  const own = new OpenAI({ apiKey: "key", maxRetries: 0, defaultHeaders: { "x-child": child.name } }); // sends to OpenAI: name
  await own.models.list();
}

export async function helper(child: Child): Promise<void> {
  const runner = openai.chat.completions.runTools({ model: "gpt-5", messages: [{ role: "user", content: child.note }], tools: [] }); // sends to OpenAI: note
  await runner.done();
}

export async function anthropicStream(child: Child): Promise<void> {
  await anthropic.messages.stream({ model: "claude", max_tokens: 1, messages: [{ role: "user", content: child.note }] }).done(); // sends to Anthropic: note
}

export async function quiet(child: Child): Promise<void> {
  await openai.chat.completions.create({ model: "gpt-5", messages: [{ role: "user", content: child.school }] });
  await anthropic.messages.create({ model: "claude", max_tokens: child.note.length, messages: [{ role: "user", content: "Hello" }] });
  await genai.models.generateContent({ model: "gemini", contents: child.school });
}
