/**
 * Makes every rule of the engine one that can be switched off while it runs: the forms of syntax in `src/lower`, its
 * functions, and the tables of `src/flow`. What is switched off does nothing; what has to give something gives the
 * least that its type knows.
 */
import ts from "typescript";

/** The text of a source file with its rules wrapped; other files as they are. */
export function instrument(path, text) {
  const isLowering = path.startsWith("src/lower/") && !/\/(?:render-|README)/u.test(path);
  if (!isLowering && !path.startsWith("src/flow/")) return text;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const edits = isLowering ? loweringEdits(path, source) : tableEdits(path, source);
  return edits
    .sort((a, b) => b.at - a.at || b.order - a.order)
    .reduce((done, { at, insert }) => done.slice(0, at) + insert + done.slice(at), text);
}

function wrapped(id, expression, off) {
  return [
    { at: expression.getStart(), insert: `__rules.wrap(${JSON.stringify(id)}, `, order: 1 },
    { at: expression.end, insert: `, ${off})`, order: 0 },
  ];
}

const nothing = "(l) => l?.builder?.undefinedValue()";

function loweringEdits(path, source) {
  const edits = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
      edits.push(...formEdits(path, node));
    if (ts.isFunctionDeclaration(node) && ts.isSourceFile(node.parent))
      edits.push(...functionEdits(path, node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits;
}

/** Forms for syntax that stands only in broken code, where anything may be made of it. */
const onlyInBrokenCode = new Set(["SpreadElement", "SuperKeyword"]);

/** `table.add(SyntaxKind.X, guard, form)` and `walk.on(SyntaxKind.X, guard, form)`. */
function formEdits(path, call) {
  const name = call.expression.name.text;
  const [kind] = call.arguments;
  const form = call.arguments.at(-1);
  if (!["add", "addToken", "on"].includes(name) || call.arguments.length < 2) return [];
  if (!ts.isPropertyAccessExpression(kind) || !/SyntaxKind$/u.test(kind.expression.getText())) return [];
  // A rule that does nothing cannot be switched off.
  if (/^\(\w*\) => (?:undefined|l\.builder\.undefinedValue\(\))$/u.test(form.getText())) return [];
  if (onlyInBrokenCode.has(kind.name.text) && name !== "on") return [];
  return wrapped(`${path} form ${kind.name.text}`, form, nothing);
}

/** A function that lowers gives nothing, no, or no list. */
function functionEdits(path, node) {
  const { body, name, type } = node;
  const first = node.parameters[0];
  if (body === undefined || name === undefined || type === undefined || first === undefined) return [];
  const given = leastOf(type.getText(), first);
  if (given === null) return [];
  const id = JSON.stringify(`${path} ${name.text}`);
  const insert = ` if (__rules.isOff(${id})) return ${given};`;
  return [
    { at: body.getStart() + 1, insert, order: 0 },
    { at: node.parent.end, insert: `\n__rules.know(${id});`, order: 0 },
  ];
}

function leastOf(type, first) {
  const isLowering = /\bFunctionLowering\b/u.test(first.type?.getText() ?? "");
  if (type === "void") return "undefined";
  if (type === "boolean" || /\bis\b/u.test(type)) return "false";
  if (/\|\s*null$/u.test(type)) return "null";
  if (/\|\s*undefined$/u.test(type)) return "undefined";
  if (/\[\]$/u.test(type)) return "[]";
  return type === "ValueId" && isLowering ? `${first.name.getText()}.builder.undefinedValue()` : null;
}

/** Entries of a table by kind of instruction. */
function tableEdits(path, source) {
  return source.statements.filter(ts.isVariableStatement).flatMap((statement) =>
    statement.declarationList.declarations.flatMap((declaration) => {
      const table = tableOf(declaration);
      return table === null
        ? []
        : table.properties.flatMap((property) => entryEdits(path, declaration.name.getText(), property));
    }),
  );
}

function tableOf({ type, initializer }) {
  const isSatisfied = initializer !== undefined && ts.isSatisfiesExpression(initializer);
  const value = isSatisfied ? initializer.expression : initializer;
  const written = isSatisfied ? initializer.type : type;
  if (value === undefined || !ts.isObjectLiteralExpression(value) || written === undefined) return null;
  return /\b(?:Transfers|Constraints|InstructionKind)\b/u.test(written.getText()) ? value : null;
}

function entryEdits(path, table, property) {
  if (!ts.isPropertyAssignment(property)) return [];
  const off = /transfer/iu.test(table) ? "() => true" : "() => undefined";
  return wrapped(`${path} ${table}.${property.name.text}`, property.initializer, off);
}
