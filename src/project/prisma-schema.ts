import type { FilePath } from "../base/keys.js";
import { findLineStarts, locate, type Span } from "../base/location.js";
import type { ProjectProblem } from "../contracts/project.js";

/** A `///` comment line: its text without the slashes, and where that text starts. */
export interface PrismaComment {
  readonly text: string;
  readonly start: number;
}

export interface PrismaField {
  readonly name: string;
  readonly nameAt: Span;
  /** Without `[]` and `?`. */
  readonly type: string;
  readonly list: boolean;
  readonly optional: boolean;
  /** Everything after the type, as written: `@id @default(uuid())`. */
  readonly attributes: string;
  readonly comments: readonly PrismaComment[];
}

export interface PrismaBlock {
  readonly kind: "model" | "view" | "type" | "enum";
  readonly name: string;
  readonly nameAt: Span;
  readonly comments: readonly PrismaComment[];
  /** For an enum: its values, with an empty type. */
  readonly fields: readonly PrismaField[];
  /** `@@map("children")`, as written. */
  readonly attributes: readonly string[];
}

export interface PrismaSchema {
  readonly path: FilePath;
  readonly text: string;
  readonly blocks: readonly PrismaBlock[];
  /** `output` of each client generator, as written. */
  readonly outputs: readonly string[];
  readonly problems: readonly ProjectProblem[];
}

interface Line {
  readonly text: string;
  readonly start: number;
}

type MutableBlock = { -readonly [Key in keyof PrismaBlock]: PrismaBlock[Key] } & {
  fields: PrismaField[];
  attributes: string[];
};

const blockStart = /^\s*(model|view|type|enum|generator|datasource)\s+([A-Za-z_]\w*)\s*\{/;
const fieldLine = /^\s*([A-Za-z_]\w*)\s+([A-Za-z_]\w*(?:\([^)]*\))?)\s*(\[\])?\s*(\?)?\s*(.*)$/;
const enumLine = /^\s*([A-Za-z_]\w*)\s*(.*)$/;

/**
 * Reads a Prisma schema line by line, as its grammar is laid out. No parser package fits: the maintained one
 * needs Node 22 and gives up at the first error, where here one bad line must not cost the others.
 */
export function readPrismaSchema(path: FilePath, text: string): PrismaSchema {
  const reader = new SchemaReader(path, text);
  return reader.read();
}

class SchemaReader {
  readonly #blocks: PrismaBlock[] = [];
  readonly #outputs: string[] = [];
  readonly #problems: ProjectProblem[] = [];
  readonly #lineStarts: readonly number[];
  #comments: PrismaComment[] = [];
  #block: MutableBlock | undefined;
  /** Inside `generator` or `datasource`. */
  #settings: { readonly client: boolean[]; readonly output: string[] } | undefined;

  constructor(
    readonly path: FilePath,
    readonly text: string,
  ) {
    this.#lineStarts = findLineStarts(text);
  }

  read(): PrismaSchema {
    let depth = 0;
    let pending: Line | undefined;
    for (const [index, start] of this.#lineStarts.entries()) {
      const line = {
        text: this.text.slice(start, this.#lineStarts[index + 1]).replace(/[\r\n]+$/, ""),
        start,
      };
      // An attribute's argument list may go over several lines; only brackets tell.
      if (pending !== undefined && blockStart.test(line.text)) {
        const { code } = withoutComment(pending.text);
        this.#report(
          [pending.start + indentOf(code), pending.start + code.trimEnd().length],
          `\`${code.trim()}\` is not closed`,
        );
        pending = undefined;
      }
      if (pending !== undefined) {
        depth += openBrackets(withoutComment(line.text).code);
        if (depth <= 0) pending = undefined;
        continue;
      }
      this.#readLine(line);
      depth = this.#block === undefined ? 0 : openBrackets(withoutComment(line.text).code.replace(/\{/g, ""));
      if (depth > 0) pending = line;
    }
    if (this.#block !== undefined) this.#reportOpenBlock(this.#block);
    this.#finishBlock();
    return {
      path: this.path,
      text: this.text,
      blocks: this.#blocks,
      outputs: this.#outputs,
      problems: this.#problems,
    };
  }

  #readLine(line: Line): void {
    const { code, comment } = withoutComment(line.text);
    const doc =
      comment?.text.startsWith("///") === true
        ? { text: comment.text.slice(3), start: line.start + comment.at + 3 }
        : undefined;
    if (code.trim() === "") {
      if (doc !== undefined) this.#comments.push(doc);
      // A blank line ends nothing: Prisma attaches the comments above all the same.
      return;
    }
    if (this.#settings !== undefined) this.#readSetting(code);
    else if (this.#block === undefined) this.#startBlock(line, code, doc);
    else this.#readMember(line, code, doc);
  }

  #startBlock(line: Line, code: string, doc: PrismaComment | undefined): void {
    const match = blockStart.exec(code);
    const [, kind, name] = match ?? [];
    const comments = this.#takeComments(doc);
    if (match === null || kind === undefined || name === undefined) {
      if (code.trim() !== "}")
        this.#report(
          [line.start + indentOf(code), line.start + code.trimEnd().length],
          `unexpected \`${code.trim()}\``,
        );
      return;
    }
    const rest = code.slice(match[0].length).trim();
    if (kind === "generator" || kind === "datasource") {
      this.#settings = { client: [], output: [] };
      this.#readBehind(line, code, rest, (inner) => {
        this.#readSetting(inner);
      });
      return;
    }
    const at = line.start + code.indexOf(name, code.indexOf(kind) + kind.length);
    this.#block = {
      kind: kind as PrismaBlock["kind"],
      name,
      nameAt: [at, at + name.length],
      comments,
      fields: [],
      attributes: [],
    };
    this.#readBehind(line, code, rest, (inner) => {
      if (inner === "}") this.#readMember(line, inner, undefined);
      else if (kind === "enum")
        for (const value of inner.split(/\s+/)) this.#readMember(line, value, undefined);
      else this.#readMember(line, inner, undefined);
    });
  }

  /** What stands behind the opening bracket: Prisma takes nothing there but the closing one. It is told, and read. */
  #readBehind(line: Line, code: string, rest: string, read: (inner: string) => void): void {
    if (rest === "") return;
    const isClosed = rest.endsWith("}");
    const inner = (isClosed ? rest.slice(0, -1) : rest).trim();
    if (inner !== "") {
      const at = line.start + code.lastIndexOf(inner);
      this.#report([at, at + inner.length], `unexpected \`${inner}\` in the line that opens the block`);
      read(inner);
    }
    if (isClosed) read("}");
  }

  #readSetting(code: string): void {
    const settings = this.#settings;
    if (settings === undefined) return;
    if (code.trim() === "}") {
      if (settings.client.length > 0) this.#outputs.push(...settings.output);
      this.#settings = undefined;
      return;
    }
    if (/^\s*provider\s*=\s*"prisma-client(?:-js)?"/.test(code)) settings.client.push(true);
    const output = /^\s*output\s*=\s*"([^"]*)"/.exec(code)?.[1];
    if (output !== undefined) settings.output.push(output);
  }

  #readMember(line: Line, code: string, doc: PrismaComment | undefined): void {
    const block = this.#block;
    if (block === undefined) return;
    // No field's type is followed by a bracket: the block above was left open, and this one is none of its fields.
    if (blockStart.test(code)) {
      this.#reportOpenBlock(block);
      this.#finishBlock();
      this.#startBlock(line, code, doc);
      return;
    }
    const comments = this.#takeComments(doc);
    const trimmed = code.trim();
    if (trimmed === "}") this.#finishBlock();
    else if (trimmed.startsWith("@@")) block.attributes.push(trimmed);
    else {
      const field =
        block.kind === "enum" ? readEnumValue(line, code, comments) : readField(line, code, comments);
      if (field === undefined)
        this.#report(
          [line.start + indentOf(code), line.start + code.trimEnd().length],
          `unexpected \`${trimmed}\` in ${block.kind} ${block.name}`,
        );
      else {
        block.fields.push(field);
        this.#checkBehindField(line, code, field, block);
      }
    }
  }

  /** Behind a field's type stand attributes and nothing else; what stands there is told, and the field is read. */
  #checkBehindField(line: Line, code: string, field: PrismaField, block: PrismaBlock): void {
    const behind = field.attributes.trimEnd();
    if (behind === "" || behind.startsWith("@")) return;
    const at = line.start + code.lastIndexOf(behind);
    this.#report([at, at + behind.length], `unexpected \`${behind}\` in ${block.kind} ${block.name}`);
  }

  #takeComments(last: PrismaComment | undefined): PrismaComment[] {
    const comments = last === undefined ? this.#comments : [...this.#comments, last];
    this.#comments = [];
    return comments;
  }

  #finishBlock(): void {
    if (this.#block !== undefined) this.#blocks.push(this.#block);
    this.#block = undefined;
  }

  #reportOpenBlock(block: PrismaBlock): void {
    this.#report([block.nameAt[0], block.nameAt[1]], `${block.kind} ${block.name} is not closed`);
  }

  #report(at: Span, subject: string): void {
    this.#problems.push({
      kind: "schema-error",
      location: locate(this.path, this.#lineStarts, at),
      subject,
      fatal: false,
    });
  }
}

function readField(line: Line, code: string, comments: readonly PrismaComment[]): PrismaField | undefined {
  const [, name, type, list, optional, attributes] = fieldLine.exec(code) ?? [];
  if (name === undefined || type === undefined) return undefined;
  const at = line.start + indentOf(code);
  return {
    name,
    nameAt: [at, at + name.length],
    type,
    list: list !== undefined,
    optional: optional !== undefined,
    attributes: attributes ?? "",
    comments,
  };
}

function readEnumValue(
  line: Line,
  code: string,
  comments: readonly PrismaComment[],
): PrismaField | undefined {
  const [, name, attributes] = enumLine.exec(code) ?? [];
  if (name === undefined) return undefined;
  const at = line.start + indentOf(code);
  return {
    name,
    nameAt: [at, at + name.length],
    type: "",
    list: false,
    optional: false,
    attributes: attributes ?? "",
    comments,
  };
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** Splits a line at its comment; slashes inside a string are none. */
function withoutComment(text: string): {
  code: string;
  comment: { readonly text: string; readonly at: number } | undefined;
} {
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted && character === "\\") index++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === "/" && text[index + 1] === "/")
      return { code: text.slice(0, index), comment: { text: text.slice(index), at: index } };
  }
  return { code: text, comment: undefined };
}

function openBrackets(code: string): number {
  const bare = code.replace(/"(?:[^"\\]|\\.)*"/g, "");
  return (bare.match(/[([]/g)?.length ?? 0) - (bare.match(/[)\]]/g)?.length ?? 0);
}
