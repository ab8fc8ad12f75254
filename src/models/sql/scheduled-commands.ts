/** What a database runs by itself at times: `SELECT cron.schedule('purge', '0 3 * * *', $$DELETE FROM …$$)` of pg_cron. */
import { isWord } from "./condition-tokens.js";
import { deletionsRun, plainText, readBodies } from "./run-statements.js";
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
/** What may stand before and between the names that are asked for. */
const between = /^(?:[(,[]|ANY|ARRAY)$/u;

/** In the order in which the texts are run. */
export function scheduledStatements(texts: readonly string[]): readonly ScheduledStatement[] {
  const bodies = new Map<string, string>();
  for (const text of texts) if (/\bcreate\b/iu.test(text)) readBodies(text, bodies);
  let jobs: Job[] = [];
  texts.forEach((text, index) => {
    if (scheduling.test(text)) jobs = scheduled(text, index, 0, jobs, 0);
  });
  return jobs.flatMap(({ command, ...job }) =>
    deletionsRun(command, bodies).map((statement) => ({ ...job, statement })),
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
    if (isWord(word, "UNSCHEDULE")) {
      const stopped = isText(tokens, at + 4) ? [given[0] ?? ""] : namesAsked(statementAround(tokens, at));
      jobs = jobs.filter(({ job }) => stopped !== null && (job === null || !stopped.includes(job)));
    }
    if (!isWord(word, "SCHEDULE") && !isWord(word, "SCHEDULE_IN_DATABASE")) return;
    const [name, command] = given.length === 2 ? [null, given[1]] : [given[0] ?? null, given[2]];
    if (command == null) return;
    // A name is there once: who gives it again puts another job in its place.
    if (name !== null) jobs = jobs.filter(({ job }) => job !== name);
    jobs = [...jobs, { job: name, text: index, at: from + (token.at ?? 0), command }];
  });
  return jobs;
}

/** What is given is a text, and not something that is worked out. */
function isText(tokens: readonly SqlToken[], at: number): boolean {
  const start = tokens[at + 1]?.text === "=>" || tokens[at + 1]?.text === ":=" ? at + 2 : at;
  return tokens[start]?.kind === "string";
}

function statementAround(tokens: readonly SqlToken[], at: number): readonly SqlToken[] {
  const start = tokens.findLastIndex(({ text }, index) => index < at && text === ";") + 1;
  const end = tokens.findIndex(({ text }, index) => index > at && text === ";");
  return tokens.slice(start, end === -1 ? undefined : end);
}

/** `FROM cron.job WHERE jobname IN ('purge', 'tidy')`: the names; null: it may be any job. */
function namesAsked(statement: readonly SqlToken[]): readonly string[] | null {
  const names: string[] = [];
  for (const [at, token] of statement.entries()) {
    if (!isWord(token, "JOBNAME")) continue;
    if (statement[at + 1]?.text !== "=" && !isWord(statement[at + 1], "IN")) return null;
    const behind = statement.slice(at + 2);
    const end = behind.findIndex(({ kind, upper }) => kind !== "string" && !between.test(upper));
    const told = (end === -1 ? behind : behind.slice(0, end)).filter(({ kind }) => kind === "string");
    if (told.length === 0) return null;
    names.push(...told.map((each) => plainText(each)));
  }
  return names.length === 0 ? null : names;
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
