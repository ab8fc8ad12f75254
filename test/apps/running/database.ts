/** `pg`, without a database: rows are made up from the columns that a query names. */
import { guardiansSay, heldValue, isGranted, later, record } from "./recorder.js";

interface Answer {
  readonly rows: readonly Record<string, unknown>[];
  readonly rowCount: number;
}

/** What queries find that are not about consent; else a row is made up. */
let shownRow: Readonly<Record<string, unknown>> = {};

export function showRows(row: unknown): void {
  shownRow = row as Readonly<Record<string, unknown>>;
}

export function forgetRows(): void {
  shownRow = {};
}

type Done = (error: Error | null, answer: Answer) => void;

class Client {
  on(): this {
    return this;
  }
  connect(): Promise<Client> {
    return later(() => this);
  }
  end(): Promise<void> {
    return later(() => undefined);
  }
  release(): void {
    // Nothing is held.
  }

  query(
    query: string | { text: string; values?: unknown[] },
    ...rest: unknown[]
  ): Promise<Answer> | undefined {
    const text = typeof query === "string" ? query : query.text;
    const values = typeof query === "string" ? rest[0] : query.values;
    const isWriting = /^\s*(?:insert|update|merge)\b/iu.test(text);
    if (isWriting) record("query", "keeps", text, Array.isArray(values) ? values : []);
    const answer = later(() => answerTo(text));
    const done = rest.at(-1);
    if (typeof done !== "function") return answer;
    void answer.then((given) => {
      (done as Done)(null, given);
    });
    return undefined;
  }
}

class Pool extends Client {
  override connect(): Promise<Client> {
    return later(() => new Client());
  }
}

function answerTo(text: string): Answer {
  const selected = /^\s*select\s+(?<columns>[\s\S]+?)\s+from\s+(?<table>\w+)/iu.exec(text)?.groups;
  const columns = selected?.["columns"] ?? /\breturning\s+([\w\s,*]+)$/iu.exec(text)?.[1];
  if (columns === undefined) return { rows: [], rowCount: 1 };
  const isAboutConsent = /consent/iu.test(selected?.["table"] ?? "");
  if (isAboutConsent && guardiansSay() === "unanswered" && !/\b(?:count|exists)\b/iu.test(columns))
    return { rows: [], rowCount: 0 };
  const names = columns.split(",").map((each) => /(\w+)"?\s*$/u.exec(each)?.[1] ?? "id");
  const row = names.map(
    (name) => [name, isAboutConsent ? consentColumn(name) : (shownRow[name] ?? heldValue(name))] as const,
  );
  return { rows: [Object.fromEntries(row)], rowCount: 1 };
}

function consentColumn(name: string): unknown {
  if (/^(?:granted|given|accepted|active|consented)$/u.test(name)) return isGranted();
  if (/^(?:count|total)$/u.test(name)) return isGranted() ? 1 : 0;
  return name === "status" ? (isGranted() ? "granted" : "refused") : `a-${name}`;
}

export function databaseModule(): Readonly<Record<string, unknown>> {
  return { Pool, Client, default: { Pool, Client } };
}
