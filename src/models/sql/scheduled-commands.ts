/** What a database runs by itself at times: `SELECT cron.schedule('purge', '0 3 * * *', $$DELETE FROM …$$)` of pg_cron. */
import { isWord } from "./condition-tokens.js";
import { tokenizeSql, type SqlToken } from "./tokenize.js";

export interface ScheduledStatement {
  /** Of the job; null: it has none. */
  readonly job: string | null;
  /** The text that the job was put on the calendar by, of those that were read, and the offset in it. */
  readonly text: number;
  readonly at: number;
  /** What is run, with what the functions consist of that it calls. */
  readonly statement: string;
}

interface Job extends Omit<ScheduledStatement, "statement"> {
  readonly command: string;
}

const scheduling = /\bcron\s*\.\s*(?:un)?schedule/iu;
const deepest = 3;

/** In the order in which the texts are run. */
export function scheduledStatements(texts: readonly string[]): readonly ScheduledStatement[] {
  const bodies = new Map<string, string>();
  for (const text of texts) if (/\bcreate\b/iu.test(text)) readBodies(tokenizeSql(text), bodies);
  let jobs: Job[] = [];
  texts.forEach((text, index) => {
    if (scheduling.test(text)) jobs = scheduled(text, index, 0, jobs, 0);
  });
  return jobs.flatMap(({ command, ...job }) =>
    statementsIn(command, bodies, 0).map((statement) => ({ ...job, statement })),
  );
}

/** The jobs that are on the calendar behind the text. */
function scheduled(text: string, index: number, from: number, before: Job[], depth: number): Job[] {
  let jobs = before;
  const tokens = tokenizeSql(text);
  tokens.forEach((token, at) => {
    // `DO $$ BEGIN PERFORM cron.schedule(…); END $$`
    if (token.kind === "string" && scheduling.test(token.text) && depth < deepest) {
      if (isBody(tokens, at))
        jobs = scheduled(plainText(token), index, from + (token.at ?? 0), jobs, depth + 1);
      return;
    }
    if (!isWord(token, "CRON") || tokens[at + 1]?.text !== "." || tokens[at + 3]?.text !== "(") return;
    const word = tokens[at + 2];
    const given = argumentsOf(tokens, at + 4);
    if (isWord(word, "UNSCHEDULE")) jobs = jobs.filter(({ job }) => job === null || job !== given[0]);
    if (!isWord(word, "SCHEDULE") && !isWord(word, "SCHEDULE_IN_DATABASE")) return;
    const [name, command] = given.length === 2 ? [null, given[1]] : [given[0] ?? null, given[2]];
    if (command == null) return;
    // A name is there once: who gives it again puts another job in its place.
    if (name !== null) jobs = jobs.filter(({ job }) => job !== name);
    jobs = [...jobs, { job: name, text: index, at: from + (token.at ?? 0), command }];
  });
  return jobs;
}

/** What is run where it stands, and no word of something else. */
function isBody(tokens: readonly SqlToken[], at: number): boolean {
  return isWord(tokens[at - 1], "DO") || isWord(tokens[at - 3], "DO");
}

/** Texts, each by its place; null: something else stands there. */
function argumentsOf(tokens: readonly SqlToken[], start: number): readonly (string | null)[] {
  const found: (string | null)[] = [null];
  let depth = 0;
  for (const token of tokens.slice(start)) {
    if (depth === 0 && token.text === ")") break;
    if (token.text === "(") depth++;
    else if (token.text === ")") depth--;
    if (depth === 0 && token.text === ",") found.push(null);
    else if (depth === 0 && token.kind === "string") found[found.length - 1] = plainText(token);
  }
  return found;
}

/** `CREATE OR REPLACE FUNCTION purge() … AS $$ BEGIN DELETE … END $$` */
function readBodies(tokens: readonly SqlToken[], bodies: Map<string, string>): void {
  tokens.forEach((token, at) => {
    if (!isWord(token, "FUNCTION") && !isWord(token, "PROCEDURE")) return;
    const isMade = isWord(tokens[at - 1], "CREATE") || isWord(tokens[at - 1], "REPLACE");
    const [name] = isMade ? calledAt(tokens, at + 1) : [];
    const ends = tokens.findIndex((each, index) => index > at && each.text === ";");
    const within = tokens.slice(at, ends === -1 ? undefined : ends);
    const body = within.findLast((each) => each.kind === "string" && each.text.startsWith("$"));
    if (name !== undefined && body !== undefined) bodies.set(name.toLowerCase(), plainText(body));
  });
}

/** The name that is called there, without its schema. */
function calledAt(tokens: readonly SqlToken[], at: number): readonly [string] | readonly [] {
  const name = tokens[at + 1]?.text === "." ? tokens[at + 2] : tokens[at];
  const behind = tokens[at + 1]?.text === "." ? tokens[at + 3] : tokens[at + 1];
  return name !== undefined && behind?.text === "(" ? [name.text] : [];
}

/** Deletions that are surely run, one after the other. */
function statementsIn(
  command: string,
  bodies: ReadonlyMap<string, string>,
  depth: number,
): readonly string[] {
  return partsOf(command).flatMap((part): readonly string[] => {
    const start = part.findIndex((token) => !isWord(token, "BEGIN"));
    const first = part[start];
    if (first === undefined) return [];
    const end = (part.at(-1)?.at ?? 0) + (part.at(-1)?.text.length ?? 0);
    if (isWord(first, "DELETE") || isWord(first, "WITH")) return [command.slice(first.at ?? 0, end)];
    if (!isWord(first, "SELECT") && !isWord(first, "PERFORM") && !isWord(first, "CALL")) return [];
    const [name = ""] = calledAt(part, start + 1);
    const body = bodies.get(name.toLowerCase());
    return body === undefined || depth >= deepest ? [] : statementsIn(body, bodies, depth + 1);
  });
}

function partsOf(text: string): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  for (const token of tokenizeSql(text))
    if (token.text === ";") parts.push([]);
    else parts.at(-1)?.push(token);
  return parts;
}

function plainText({ text }: SqlToken): string {
  const tag = /^\$\w*\$/u.exec(text)?.[0];
  return tag === undefined
    ? text.replace(/^\w*'|'$/gu, "").replaceAll("''", "'")
    : text.slice(tag.length, -tag.length);
}
