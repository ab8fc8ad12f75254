import type ts from "typescript";
import type { TypeScript } from "./typescript-instance.js";

const entry = "eslint-plugin-child-privacy/annotations";

/** The local names under which a file knows `ChildData`: itself, an alias, or a member of a namespace. */
export interface ChildDataNames {
  readonly direct: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

export function childDataNames(ts: TypeScript, source: ts.SourceFile): ChildDataNames {
  const direct = new Set<string>();
  const namespaces = new Set<string>();
  for (const statement of source.statements) {
    if (
      !ts.isImportDeclaration(statement) ||
      !ts.isStringLiteral(statement.moduleSpecifier) ||
      statement.moduleSpecifier.text !== entry
    )
      continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined) continue;
    if (ts.isNamespaceImport(bindings)) namespaces.add(bindings.name.text);
    else
      for (const element of bindings.elements)
        if ((element.propertyName ?? element.name).text === "ChildData") direct.add(element.name.text);
  }
  return { direct, namespaces };
}

/** Whether a name in a type or expression (`ChildData`, `cp.ChildData`) is the one imported. */
export function isChildDataName(ts: TypeScript, name: ts.Node, names: ChildDataNames): boolean {
  if (ts.isIdentifier(name)) return names.direct.has(name.text);
  if (ts.isQualifiedName(name))
    return (
      ts.isIdentifier(name.left) && names.namespaces.has(name.left.text) && name.right.text === "ChildData"
    );
  if (ts.isPropertyAccessExpression(name))
    return (
      ts.isIdentifier(name.expression) &&
      names.namespaces.has(name.expression.text) &&
      name.name.text === "ChildData"
    );
  // `import("eslint-plugin-child-privacy/annotations").ChildData<…>`, as JSDoc in JavaScript writes it.
  return (
    ts.isImportTypeNode(name) &&
    ts.isLiteralTypeNode(name.argument) &&
    ts.isStringLiteral(name.argument.literal) &&
    name.argument.literal.text === entry
  );
}
