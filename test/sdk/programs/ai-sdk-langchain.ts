import { createOpenAI, openai } from "@ai-sdk/openai";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { embed, generateObject, generateText, jsonSchema, streamText } from "ai";
import type { Child } from "./child.js";

process.env.OPENAI_API_KEY = "key";
const hosted = createOpenAI({ apiKey: "key", baseURL: "https://models.partner.example/v1" });
const model = new ChatOpenAI({ apiKey: "key", model: "gpt-5", maxRetries: 0 });

export async function text(child: Child): Promise<void> {
  await generateText({ model: openai("gpt-5"), maxRetries: 0, system: child.name, prompt: child.note }); // sends to OpenAI: name, note
}

export async function chat(child: Child): Promise<void> {
  await generateText({ model: openai.chat("gpt-5"), maxRetries: 0, messages: [{ role: "user", content: child.note }] }); // sends to OpenAI: note
}

export async function streamed(child: Child): Promise<void> {
  const { textStream } = streamText({ model: openai("gpt-5"), maxRetries: 0, prompt: child.note }); // sends to OpenAI: note
  for await (const part of textStream) void part;
}

export async function object(child: Child): Promise<void> {
  await generateObject({ model: openai("gpt-5"), maxRetries: 0, schema: jsonSchema({ type: "object" }), prompt: child.name }); // sends to OpenAI: name
}

export async function embedding(child: Child): Promise<void> {
  await embed({ model: openai.embedding("e"), maxRetries: 0, value: child.note }); // sends to OpenAI: note
}

export async function otherProvider(child: Child): Promise<void> {
  await generateText({ model: hosted.chat("own"), maxRetries: 0, prompt: child.note }); // sends to models.partner.example: note
}

export async function langchain(child: Child): Promise<void> {
  await model.invoke([new SystemMessage(child.name), new HumanMessage(child.note)]); // sends to OpenAI: name, note
}

export async function langchainText(child: Child): Promise<void> {
  await model.invoke(`What about ${child.note}?`); // sends to OpenAI: note
}

export async function langchainPrompt(child: Child): Promise<void> {
  const prompt = ChatPromptTemplate.fromMessages([["human", "{question}"]]);
  await prompt.pipe(model).invoke({ question: child.note }); // sends to OpenAI: note
}

export async function langchainEmbedding(child: Child): Promise<void> {
  await new OpenAIEmbeddings({ apiKey: "key", maxRetries: 0 }).embedQuery(child.note); // sends to OpenAI: note
}

export async function quiet(child: Child): Promise<void> {
  await generateText({ model: openai("gpt-5"), maxRetries: 0, prompt: child.school });
  await model.invoke(child.school);
}
