/** What of a module somebody outside may call: what it exports, and functions that nobody in the fixture names. */
import ts from "typescript";
import type { Entry, PlannedMethod } from "./plan.js";
import { exposedClass, isAmbient, type TypePlans } from "./type-plans.js";

export interface Entries {
  readonly entries: readonly Entry[];
  /** Statements that make the functions reachable that are not exported. */
  readonly exposing: string;
}

export function findEntries(
  source: ts.SourceFile,
  module: string,
  program: ts.Program,
  plans: TypePlans,
): Entries {
  const checker = program.getTypeChecker();
  const symbol = checker.getSymbolAtLocation(source);
  const exported = symbol === undefined ? [] : checker.getExportsOfModule(symbol);
  const entries: Entry[] = [];
  for (const each of exported) {
    const target = (each.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(each) : each;
    if ((target.flags & ts.SymbolFlags.Value) === 0) continue;
    // What is passed on from another file is called there.
    if (target.declarations?.some((declaration) => declaration.getSourceFile() === source) !== true) continue;
    entries.push(
      ...entriesOf(each.getName(), target, checker.getTypeOfSymbol(target), module, plans, source),
    );
  }
  const assignment = symbol?.exports?.get(ts.InternalSymbolName.ExportEquals);
  const assignedAs = assignment?.declarations?.find(ts.isExportAssignment)?.expression;
  if (assignedAs !== undefined && ts.isIdentifier(assignedAs)) {
    const target = checker.getSymbolAtLocation(assignedAs);
    if (target !== undefined)
      entries.push(...entriesOf("default", target, checker.getTypeOfSymbol(target), module, plans, source));
  }
  const assigned = commonJsExports(source, checker, module, plans);
  const { names, found } = uncalled(source, checker, module, plans);
  return {
    entries: [...entries, ...assigned, ...found],
    exposing: [
      ...names.map((name) => `module.exports.${exposed(name)} = ${name};`),
      ...classesOf(source).map((name) => `module.exports.${exposedClass(name)} = ${name};`),
    ].join("\n"),
  };
}

function exposed(name: string): string {
  return `__uncalled_${name}`;
}

function classesOf(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) =>
    ts.isClassDeclaration(statement) && statement.name !== undefined && !isAmbient(statement)
      ? [statement.name.text]
      : [],
  );
}

function entriesOf(
  name: string,
  symbol: ts.Symbol,
  type: ts.Type,
  module: string,
  plans: TypePlans,
  source: ts.SourceFile,
): Entry[] {
  if ((symbol.flags & (ts.SymbolFlags.Enum | ts.SymbolFlags.ValueModule)) !== 0) return [];
  const { valueDeclaration } = symbol;
  if (valueDeclaration !== undefined && isAmbient(valueDeclaration)) return [];
  const made = type.getConstructSignatures()[0];
  if (made !== undefined && valueDeclaration !== undefined && ts.isClassLike(valueDeclaration)) {
    if ((ts.getCombinedModifierFlags(valueDeclaration) & ts.ModifierFlags.Abstract) !== 0) return [];
    const statics = methodsOf(type, plans, source);
    return [
      {
        kind: "class",
        module,
        name,
        parameters: parametersOf(made, plans),
        methods: methodsOf(made.getReturnType(), plans, source),
      },
      ...(statics.length > 0 ? [{ kind: "object" as const, module, name, methods: statics }] : []),
    ];
  }
  const calls = type.getCallSignatures();
  if (calls.length > 0)
    return calls.map((signature) => ({
      kind: "function",
      module,
      name,
      parameters: parametersOf(signature, plans),
    }));
  const methods = methodsOf(type, plans, source);
  return methods.length > 0 ? [{ kind: "object", module, name, methods }] : [];
}

function parametersOf(signature: ts.Signature, plans: TypePlans): number[] {
  return signature.getParameters().flatMap((parameter) => {
    const { valueDeclaration } = parameter;
    const isRest =
      valueDeclaration !== undefined &&
      ts.isParameter(valueDeclaration) &&
      valueDeclaration.dotDotDotToken !== undefined;
    if (!isRest) return [plans.ofParameter(parameter)];
    const each = plans.elementOf(plans.ofParameter(parameter));
    return [each, each];
  });
}

/** Public methods that the fixture itself declares. */
function methodsOf(type: ts.Type, plans: TypePlans, source: ts.SourceFile): PlannedMethod[] {
  return type.getProperties().flatMap((property): PlannedMethod[] => {
    const declaration = property.valueDeclaration ?? property.declarations?.[0];
    if (declaration === undefined || declaration.getSourceFile() !== source) return [];
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    if ((ts.getCombinedModifierFlags(declaration) & hidden) !== 0 || property.getName().startsWith("__#"))
      return [];
    return plans
      .typeOf(property)
      .getCallSignatures()
      .map((signature) => ({ name: property.getName(), parameters: parametersOf(signature, plans) }));
  });
}

/** `exports.show = …`, `module.exports = …` of a file in CommonJS form. */
function commonJsExports(
  source: ts.SourceFile,
  checker: ts.TypeChecker,
  module: string,
  plans: TypePlans,
): Entry[] {
  if (!/\.c?js$/u.test(source.fileName)) return [];
  return source.statements.flatMap((statement) => {
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return [];
    const { left, right } = statement.expression;
    const name = /^(?:module\.)?exports(?:\.(\w+))?$/u.exec(left.getText());
    if (name === null) return [];
    const type = checker.getTypeAtLocation(right);
    const calls = type.getCallSignatures();
    const { 1: exportName = "default" } = name;
    if (calls.length > 0)
      return calls.map((signature): Entry => ({
        kind: "function",
        module,
        name: exportName,
        parameters: parametersOf(signature, plans),
      }));
    const made = type.getConstructSignatures()[0];
    if (made !== undefined)
      return [
        {
          kind: "class",
          module,
          name: exportName,
          parameters: parametersOf(made, plans),
          methods: methodsOf(made.getReturnType(), plans, source),
        },
      ];
    const methods = methodsOf(type, plans, source);
    return methods.length > 0 ? [{ kind: "object", module, name: exportName, methods }] : [];
  });
}

/** Functions at the top of a file that are neither exported nor named anywhere. */
function uncalled(
  source: ts.SourceFile,
  checker: ts.TypeChecker,
  module: string,
  plans: TypePlans,
): { names: string[]; found: Entry[] } {
  const counts = new Map<string, number>();
  const count = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) counts.set(node.text, (counts.get(node.text) ?? 0) + 1);
    ts.forEachChild(node, count);
  };
  count(source);
  const names: string[] = [];
  const found: Entry[] = [];
  for (const statement of source.statements) {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined || statement.body === undefined)
      continue;
    const name = statement.name.text;
    const flags = ts.getCombinedModifierFlags(statement);
    if ((flags & (ts.ModifierFlags.Export | ts.ModifierFlags.Ambient)) !== 0 || counts.get(name) !== 1)
      continue;
    const signature = checker.getSignatureFromDeclaration(statement);
    if (signature === undefined) continue;
    names.push(name);
    found.push({ kind: "function", module, name: exposed(name), parameters: parametersOf(signature, plans) });
  }
  return { names, found };
}
