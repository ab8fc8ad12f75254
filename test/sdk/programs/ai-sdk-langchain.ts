import { createOpenAI, openai } from "@ai-sdk/openai";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate, PromptTemplate } from "@langchain/core/prompts";
import { RunnableSequence } from "@langchain/core/runnables";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { embed, embedMany, generateObject, generateText, jsonSchema, stepCountIs, streamText, tool, ToolLoopAgent, wrapLanguageModel } from "ai";
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

export async function options(child: Child): Promise<void> {
  await generateText({ // sends to OpenAI: note, id, name
    model: openai("gpt-5"),
    maxRetries: 0,
    prompt: child.note,
    headers: { "x-child": child.name },
    providerOptions: { openai: { user: child.id } },
  });
}

export async function toolWords(child: Child): Promise<void> {
  await generateText({ // sends to OpenAI: name
    model: openai("gpt-5"),
    maxRetries: 0,
    prompt: "Which lesson is next?",
    tools: { next: tool({ description: `The next lesson of ${child.name}`, inputSchema: jsonSchema({ type: "object" }) }) },
  });
}

export async function toolResult(child: Child): Promise<void> {
  await generateText({ // sends to OpenAI: note
    model: openai("gpt-5"),
    maxRetries: 0,
    prompt: "call the tool",
    stopWhen: stepCountIs(2),
    tools: {
      look: tool({ description: "Looks", inputSchema: jsonSchema({ type: "object" }), execute: async () => ({ note: child.note, size: child.name.length }) }),
    },
  });
}

export async function toolKept(child: Child): Promise<void> {
  await generateText({
    model: openai("gpt-5"),
    maxRetries: 0,
    prompt: "Which lesson is next?",
    onStepFinish: () => void child.name,
  });
}

export async function agent(child: Child): Promise<void> {
  const tutor = new ToolLoopAgent({ model: openai("gpt-5"), maxRetries: 0, instructions: `You teach ${child.name}.` }); // sends to OpenAI: name
  await tutor.generate({ prompt: child.note }); // sends to OpenAI: note
}

export async function conversation(child: Child): Promise<void> {
  await generateText({ // sends to OpenAI: name, note
    model: openai("gpt-5"),
    maxRetries: 0,
    messages: [
      { role: "user", content: [{ type: "text", text: child.note }] },
      { role: "assistant", content: child.name },
      { role: "user", content: "And then?" },
    ],
  });
}

export async function many(child: Child): Promise<void> {
  await embedMany({ model: openai.embedding("e"), maxRetries: 0, values: [child.note] }); // sends to OpenAI: note
}

export async function wrapped(child: Child): Promise<void> {
  const model = wrapLanguageModel({ model: openai("gpt-5"), middleware: {} });
  await generateText({ model, maxRetries: 0, prompt: child.note }); // sends to OpenAI: note
}

export async function langchainBatch(child: Child): Promise<void> {
  await model.batch([[new HumanMessage({ content: child.note })], [["human", child.name]]]); // sends to OpenAI: note, name
}

export async function langchainStream(child: Child): Promise<void> {
  for await (const part of await model.stream(child.note)) void part; // sends to OpenAI: note
}

export async function langchainPartial(child: Child): Promise<void> {
  const prompt = await ChatPromptTemplate.fromTemplate("Dear {name}, {text}").partial({ name: child.name });
  await prompt.pipe(model).pipe(new StringOutputParser()).invoke({ text: child.note }); // sends to OpenAI: name, note
}

export async function langchainSequence(child: Child): Promise<void> {
  const chain = RunnableSequence.from([PromptTemplate.fromTemplate("{text}"), model]);
  await chain.invoke({ text: child.note }); // sends to OpenAI: note
}

export async function langchainStructured(child: Child): Promise<void> {
  await model.withStructuredOutput({ title: "answer", type: "object", properties: {} }).invoke(child.note); // sends to OpenAI: note
}

export async function langchainUser(child: Child): Promise<void> {
  await new ChatOpenAI({ apiKey: "key", model: "gpt-5", maxRetries: 0, user: child.id }).invoke("Hello"); // sends to OpenAI: id
}

export async function quiet(child: Child): Promise<void> {
  await generateText({ model: openai("gpt-5"), maxRetries: 0, prompt: child.school });
  await model.invoke(child.school);
}
