/** What the companies would say: as much of it as the SDKs ask for before they send, or go on. */
export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly text: string;
}

const token = { access_token: "token", token_type: "Bearer", expires_in: 3600, scope: "all" };

/** The first whose pattern fits `host/path`. */
const answers: readonly (readonly [RegExp, unknown])[] = [
  [/^oauth2\.googleapis\.com|\/oauth2?\/token/u, token],
  [/^hooks\.slack\.com/u, "ok"],
  [
    /^slack\.com\/api\/files\.getUpload/u,
    { ok: true, file_id: "F1", upload_url: "https://files.slack.com/upload" },
  ],
  [/^slack\.com/u, { ok: true, files: [] }],
  [/^exp\.host/u, { data: [{ status: "ok", id: "1" }] }],
  [/:generateContent/u, { candidates: [{ content: { role: "model", parts: [{ text: "ok" }] } }] }],
  [/:(?:batch)?embedContents?/iu, { embeddings: [{ values: [0.1] }], embedding: { values: [0.1] } }],
  [/identitytoolkit.*\/accounts:lookup/u, { users: [{ localId: "kept", email: "kept@kids.example" }] }],
  [
    /identitytoolkit/u,
    {
      localId: "kept",
      idToken: "token",
      refreshToken: "token",
      expiresIn: "3600",
      oobLink: "https://link.example",
    },
  ],
  [/^fcm\.googleapis\.com/u, { name: "projects/school/messages/1" }],
  [
    /\/chat\/completions/u,
    {
      id: "1",
      object: "chat.completion",
      created: 1,
      model: "m",
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "ok" } }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    },
  ],
  [
    /\/embeddings/u,
    {
      object: "list",
      model: "m",
      data: [{ object: "embedding", index: 0, embedding: [0.1] }],
      usage: { prompt_tokens: 1, total_tokens: 1 },
    },
  ],
  [
    /\/v1\/responses/u,
    {
      id: "1",
      object: "response",
      created_at: 1,
      model: "m",
      status: "completed",
      output: [
        {
          type: "message",
          id: "2",
          role: "assistant",
          status: "completed",
          content: [{ type: "output_text", text: "ok", annotations: [] }],
        },
      ],
      usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    },
  ],
  [
    /^api\.anthropic\.com/u,
    {
      id: "1",
      type: "message",
      role: "assistant",
      model: "m",
      content: [{ type: "text", text: "ok" }],
      stop_reason: "end_turn",
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  ],
  [/tencentcloudapi\.com/u, { Response: { RequestId: "1" } }],
  [/dysmsapi/u, { Code: "OK", Message: "OK", RequestId: "1" }],
  [/^cdn\.segment\.com\/v1\/projects/u, { integrations: { "Segment.io": { apiKey: "key" } }, plan: {} }],
  [/^api2\.amplitude\.com/u, { code: 200, events_ingested: 1, payload_size_bytes: 1, server_upload_time: 1 }],
  [/algolia/u, { taskID: 1, objectID: "1", hits: [], status: "published" }],
];

/** A model that is asked to call a tool does so once. */
const toolCall = {
  id: "1",
  object: "response",
  created_at: 1,
  model: "m",
  status: "completed",
  output: [
    { type: "function_call", id: "3", call_id: "4", name: "look", arguments: "{}", status: "completed" },
  ],
  usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
};

export function answerFor(host: string, path: string, body: string): Answer {
  if (body.includes("call the tool") && !body.includes("function_call_output"))
    return { text: JSON.stringify(toolCall) };
  const found = answers.find(([pattern]) => pattern.test(`${host}${path}`))?.[1] ?? {};
  return typeof found === "string" ? { type: "text/plain", text: found } : { text: JSON.stringify(found) };
}
