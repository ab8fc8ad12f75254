import type ts from "typescript";
import { findLineStarts, locate } from "../base/location.js";
import type { FilePath } from "../base/keys.js";
import type { AnnotationProblem } from "../contracts/annotation.js";
import type { Purpose } from "../contracts/vocabulary.js";
import type { Project } from "../project/project.js";
import { propertiesOfTypedef, typedefWithMarks } from "../project/typedef-comments.js";
import { walkTree } from "../project/walk-tree.js";
import { brandMarks } from "./brand-reader.js";
import { declarationsAt } from "./declaration-sites.js";
import { decoratorMarks } from "./decorator-reader.js";
import { jsDocsOf, tagPattern, tagsInText, tagsOf } from "./jsdoc-tags.js";
import { type Marks, mergeMarks, type RawTag } from "./marks.js";
import { checkPlacement, misplaced } from "./placement.js";
import { readMarks, type TagReader } from "./read-tag.js";

/** What every form says of the declarations of the project, before types are looked at. */
export interface CollectedMarks {
  /** In file and text order. */
  readonly marks: Map<ts.Node, Marks>;
  readonly problems: AnnotationProblem[];
}

/** Walks the files whose text can hold an annotation. */
export function collectMarks(project: Project, purposes: readonly Purpose[]): CollectedMarks {
  const collected: CollectedMarks = { marks: new Map(), problems: [] };
  for (const { path, text, role } of project.files) {
    const before = collected.marks.size;
    const hasTags = tagPattern.test(text);
    if (role === "test" || (!hasTags && !text.includes("ChildData"))) continue;
    const source = project.sourceFile(path);
    if (source === undefined) continue;
    if (hasTags) new CommentWalk(project, path, source, purposes, collected).walk();
    for (const [declaration, marks] of [
      ...decoratorMarks(project, path, source),
      ...brandMarks(project, path, source),
    ])
      addMarks(collected, declaration, marks);
    sortFrom(collected.marks, before);
  }
  return collected;
}

/** Puts the marks of the file read last into text order: forms are read one after the other. */
function sortFrom(marks: Map<ts.Node, Marks>, first: number): void {
  const added = [...marks].slice(first).sort(([a], [b]) => a.pos - b.pos);
  for (const [declaration] of added) marks.delete(declaration);
  for (const [declaration, each] of added) marks.set(declaration, each);
}

export function addMarks({ marks }: CollectedMarks, declaration: ts.Node, more: Marks): void {
  const known = marks.get(declaration);
  marks.set(declaration, known === undefined ? more : mergeMarks(known, more));
}

class CommentWalk {
  readonly #seen = new Set<number>();
  readonly #lineStarts: readonly number[];
  readonly #reader: TagReader;
  /** Value and type declarations by where they start, for comments that the parser attached to nothing. */
  readonly #starts = new Map<number, ts.Node>();

  constructor(
    readonly project: Project,
    readonly path: FilePath,
    readonly source: ts.SourceFile,
    purposes: readonly Purpose[],
    readonly collected: CollectedMarks,
  ) {
    this.#lineStarts = findLineStarts(source.text);
    this.#reader = {
      purposes,
      report: ({ tag, ...problem }) => collected.problems.push({ ...problem, location: this.#locate(tag) }),
    };
  }

  walk(): void {
    walkTree(this.project.ts, this.source, (node) => {
      this.#visit(node);
    });
    this.#readUnattached();
  }

  #visit(node: ts.Node): void {
    const { ts } = this.project;
    for (const doc of jsDocsOf(node)) {
      if (this.#seen.has(doc.pos)) continue;
      this.#seen.add(doc.pos);
      const typedef = doc.tags?.find((tag) => ts.isJSDocTypedefTag(tag));
      if (typedef === undefined) this.#apply(tagsOf(ts, doc), declarationsAt(ts, node));
      else this.#applyToTypedef(doc, typedef);
    }
    if (declarationsAt(ts, node).length > 0 && !this.#starts.has(node.getStart(this.source)))
      this.#starts.set(node.getStart(this.source), node);
  }

  /** A tag on the line of a property speaks of the property, any other of the whole type. */
  #applyToTypedef(doc: ts.JSDoc, typedef: ts.JSDocTypedefTag): void {
    const { ts } = this.project;
    const whole = typedefWithMarks(ts, doc);
    const properties = whole === null ? [] : propertiesOfTypedef(ts, whole);
    const ofType: RawTag[] = [];
    const ofProperties = new Map<ts.Node, RawTag[]>(properties.map((property) => [property, []]));
    for (const tag of tagsOf(ts, doc)) {
      const property = properties.find(
        ({ pos }) => pos < tag.at && !this.source.text.slice(pos, tag.at).includes("\n"),
      );
      ((property && ofProperties.get(property)) ?? ofType).push(tag);
    }
    this.#apply(ofType, [typedef]);
    for (const [property, tags] of ofProperties) this.#apply(tags, [property]);
  }

  #apply(raw: readonly RawTag[], declarations: readonly ts.Node[]): void {
    if (raw.length === 0) return;
    const before = this.collected.problems.length;
    const marks = readMarks(raw, "tag", this.#reader);
    if (declarations.length === 0) {
      // What is wrong with the words of a tag that means nothing here is beside the point.
      this.collected.problems.length = before;
      for (const tag of raw) this.#reportMisplaced(misplaced(tag));
      return;
    }
    for (const declaration of declarations) {
      const [accepted, problems] = checkPlacement(this.project.ts, declaration, marks);
      for (const problem of problems) this.#reportMisplaced(problem);
      addMarks(this.collected, declaration, accepted);
    }
  }

  #reportMisplaced(problem: ReturnType<typeof misplaced>): void {
    if (problem === undefined) return;
    const location = this.#locate(problem.tag);
    const known = this.collected.problems.some(
      (each) =>
        each.location.line === location.line &&
        each.location.column === location.column &&
        each.location.file === location.file &&
        each.kind === "misplaced-tag",
    );
    if (!known)
      this.collected.problems.push({
        kind: "misplaced-tag",
        word: problem.tag.name,
        nearest: null,
        expected: problem.expected,
        location,
      });
  }

  #locate(tag: RawTag): AnnotationProblem["location"] {
    return locate(this.path, this.#lineStarts, [tag.at, tag.at + tag.name.length + 1]);
  }

  /**
   * The parser attaches no comment inside patterns and expressions, nor one that follows other code on its line
   * (`{ /** … *\/ a: string`). What such a one says still counts, or is reported.
   */
  #readUnattached(): void {
    const { text } = this.source;
    for (const match of text.matchAll(/\/\*\*(?!\/)[\s\S]*?\*\//g)) {
      const start = match.index;
      if (this.#seen.has(start) || !tagPattern.test(match[0]) || this.#isInsideToken(start)) continue;
      const end = start + match[0].length;
      const next = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
      const node = this.#starts.get(next);
      this.#apply(
        tagsInText(match[0], start),
        node === undefined ? [] : declarationsAt(this.project.ts, node),
      );
    }
  }

  /** `/**` in a string or template is no comment. */
  #isInsideToken(at: number): boolean {
    const { ts } = this.project;
    let inside = false;
    walkTree(ts, this.source, (node) => {
      if (inside || at < node.pos || at >= node.end) return "skip";
      const isText =
        ts.isStringLiteralLike(node) ||
        ts.isRegularExpressionLiteral(node) ||
        ts.isJsxText(node) ||
        node.kind === ts.SyntaxKind.TemplateHead ||
        node.kind === ts.SyntaxKind.TemplateMiddle ||
        node.kind === ts.SyntaxKind.TemplateTail;
      inside = isText && at >= node.getStart(this.source);
      return inside ? "skip" : undefined;
    });
    return inside;
  }
}
