/** A source file becomes a file graph. See README.md in this folder. */
import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import { findLineStarts } from "../base/location.js";
import type {
  Capture,
  ClassId,
  ClassMember,
  FileGraph,
  FunctionGraph,
  ValueId,
} from "../contracts/file-graph.js";
import { graphFormat } from "../contracts/file-graph.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { internalsOf } from "../project/typescript-instance.js";
import { bindFile } from "./bind-file.js";
import { readDirectives, withoutDirectives } from "./directives.js";
import type { FunctionPlan } from "./file-lowering.js";
import { FileLowering, noSignature } from "./file-lowering.js";
import { finishFunction } from "./finish-function.js";
import { formsFor } from "./forms.js";
import { FunctionLowering } from "./function-lowering.js";
import { readExports } from "./modules.js";
import type { FunctionScope } from "./scopes.js";
import { readTypeDeclarations } from "./type-declarations.js";
import { lowerStatements } from "./statements/statement-list.js";

/**
 * Lowers a file from its syntax alone: no checker and no other file is asked. Never throws: what cannot be
 * parsed or lowered is in `errors`, and the rest of the file is there.
 */
export function lowerFile(ts: TypeScript, source: ts.SourceFile, file: FilePath): FileGraph {
  const lowering = prepare(ts, source, file);
  readParseErrors(lowering);
  lowering.plans.push(planModule(lowering));
  const functions: FunctionGraph[] = [];
  // Each body appends the functions that it creates; the list ends when none is left.
  for (let id = 0; id < lowering.plans.length; id++) {
    const plan = lowering.plans[id];
    if (plan !== undefined) functions.push(lowerPlan(lowering, plan));
  }
  attempt(lowering, () => {
    readExports(lowering);
  });
  attempt(lowering, () => {
    readTypeDeclarations(lowering);
  });
  return {
    format: graphFormat,
    file,
    lineStarts: findLineStarts(source.text),
    functions,
    classes: lowering.classes,
    imports: [...lowering.bindings.imports, ...lowering.typeImports],
    exports: lowering.exports,
    specifiers: [...lowering.bindings.specifiers],
    directives: readDirectives(ts, source.statements),
    types: lowering.types,
    errors: lowering.errors,
  };
}

/** Where even the scopes of a file cannot be told, it is lowered as an empty one. */
function prepare(ts: TypeScript, source: ts.SourceFile, file: FilePath): FileLowering<FunctionLowering> {
  if (source.statements[0] !== undefined && !hasParents(source.statements[0])) setParents(ts, source);
  try {
    return new FileLowering(ts, source, file, bindFile(ts, source), formsFor(ts));
  } catch (error) {
    const empty = ts.createSourceFile(source.fileName, "", source.languageVersion, true);
    const lowering = new FileLowering(ts, empty, file, bindFile(ts, empty), formsFor(ts));
    lowering.reportFailure(0, error);
    return lowering;
  }
}

function hasParents(node: { readonly parent?: ts.Node }): boolean {
  return node.parent !== undefined;
}

/** A file parsed without `setParentNodes`: JSDoc is found through parents. */
function setParents(ts: TypeScript, source: ts.SourceFile): void {
  const { setParentRecursive } = ts as {
    readonly setParentRecursive?: (root: ts.Node, incremental: boolean) => void;
  };
  setParentRecursive?.(source, false);
}

function attempt(lowering: FileLowering, step: () => void): void {
  try {
    step();
  } catch (error) {
    lowering.reportFailure(0, error);
  }
}

function readParseErrors(lowering: FileLowering): void {
  for (const diagnostic of internalsOf(lowering.source).parseDiagnostics ?? []) {
    lowering.errors.push({
      at: diagnostic.start,
      message: lowering.ts.flattenDiagnosticMessageText(diagnostic.messageText, " "),
    });
  }
}

function planModule(lowering: FileLowering): FunctionPlan<FunctionLowering> {
  const { source, ts } = lowering;
  return {
    head: {
      id: 0,
      kind: "module",
      name: "module",
      path: null,
      at: [0, source.text.length],
      nameAt: [0, 0],
      async: false,
      generator: false,
      parent: null,
      class: null,
      static: false,
      directives: [],
      capturesThis: false,
    },
    scope: lowering.bindings.module,
    prefix: "",
    signature: noSignature,
    body: (l) => {
      l.enterScope(source);
      lowerStatements(l, withoutDirectives(ts, source.statements));
    },
  };
}

/** An error inside leaves the function without a body; the rest of the file is as it would be. */
function lowerPlan(
  lowering: FileLowering<FunctionLowering>,
  plan: FunctionPlan<FunctionLowering>,
): FunctionGraph {
  const { head, scope, prefix } = plan;
  const identity = { id: head.id, scope, class: head.class, at: head.at, prefix };
  try {
    const l = new FunctionLowering(lowering, identity);
    plan.body(l);
    l.builder.return(null, [head.at[1], head.at[1]]);
    const { body, value } = finishFunction(l.builder);
    renameComputedMembers(lowering, l.createdClasses, value);
    return { ...head, ...plan.signature(), captures: readCaptures(scope), ...body };
  } catch (error) {
    lowering.reportFailure(head.at[0], error);
    const empty = new FunctionLowering(lowering, identity);
    empty.builder.return(null, [head.at[1], head.at[1]]);
    return {
      ...head,
      ...noSignature(),
      captures: readCaptures(scope),
      ...finishFunction(empty.builder).body,
    };
  }
}

/** The computed names of a class's members are values of the function that creates the class. */
function renameComputedMembers(
  lowering: FileLowering,
  classes: Iterable<ClassId>,
  value: (raw: ValueId) => ValueId,
): void {
  for (const id of classes) {
    const known = lowering.classes[id];
    if (known?.members.some((member) => member.name.kind === "computed") !== true) continue;
    const members = known.members.map((member): ClassMember =>
      member.name.kind === "computed"
        ? { ...member, name: { kind: "computed", value: value(member.name.value) } }
        : member,
    );
    lowering.classes[id] = { ...known, members };
  }
}

function readCaptures(scope: FunctionScope): Capture[] {
  return [...scope.captures.keys()].map((key) =>
    typeof key === "string"
      ? { name: key, mode: "value" }
      : { name: key.name, mode: key.storage === "box" ? "box" : "value" },
  );
}
