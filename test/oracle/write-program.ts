/** A recipe becomes a program: marked types, an exported entry, and the steps in its body. */
import { entryForm } from "./entry-forms.js";
import { gadgetByName } from "./gadgets/index.js";
import { ProgramWriter, type WrittenProgram } from "./program-writer.js";
import type { Recipe, Step } from "./recipe.js";
import { Scope } from "./scope.js";
import { isShown, listOf, text, type MarkedField, type MarkedType, type Shape } from "./shape.js";
import { StepContext } from "./step-context.js";

/** Beyond this many steps a program is no longer small. */
const mostSteps = 9;
const mostSinks = 12;

export interface Program extends WrittenProgram {
  readonly type: MarkedType;
  readonly guardian: MarkedType | null;
  readonly entry: string;
  /** Number of boolean flags that the input has. */
  readonly flags: number;
  readonly hasFallbacks: boolean;
  readonly isStateful: boolean;
  readonly hasCounts: boolean;
  /** Whether a file is imported by the name of the package that the program's folder is. */
  readonly isPackage: boolean;
  readonly features: readonly string[];
}

const fieldNames: readonly (readonly [string, string])[] = [
  ["email", "contact"],
  ["realName", "identity"],
  ["phone", "contact"],
  ["address", "location"],
  ["school", "education"],
  ["allergies", "health"],
];

function markedTypes(recipe: Recipe): { type: MarkedType; guardian: MarkedType | null } {
  const at = (index: number): number => recipe.layout[index] ?? 0;
  const fields: MarkedField[] = [];
  for (let index = 0; index < recipe.fields; index++) {
    const [name, category] = fieldNames[(index + at(5)) % fieldNames.length] ?? ["email", "contact"];
    const isList = at(5) % 7 === 6 && index === 1;
    fields.push({ name, category, shape: isList ? listOf(text) : text });
  }
  const guardian: MarkedType | null =
    at(6) % 4 === 3
      ? {
          name: "Guardian",
          fields: [
            { name: "mobile", category: "guardian", shape: text },
            { name: "relation", category: null, shape: text },
          ],
        }
      : null;
  if (guardian !== null) fields.pop();
  const nested: MarkedField[] =
    guardian === null
      ? []
      : [{ name: "guardian", category: null, shape: { kind: "marked", type: guardian } }];
  const plain: MarkedField[] = [
    { name: "team", category: null, shape: text },
    { name: "locale", category: null, shape: text },
  ];
  return {
    type: {
      name: at(7) % 2 === 0 ? "Child" : "Pupil",
      fields: [...fields, ...nested, ...plain.slice(0, 1 + (at(7) % 2))],
    },
    guardian,
  };
}

export function writeProgram(recipe: Recipe): Program {
  const { type, guardian } = markedTypes(recipe);
  const program = new ProgramWriter(recipe.layout);
  const form = recipe.layout[7] ?? 0;
  if (guardian !== null) declareMarked(program, guardian, form);
  declareMarked(program, type, form);
  const entry = entryForm(Math.floor((recipe.layout[6] ?? 0) / 10), program, type, recipe.isAsync);
  if (entry.feature !== null) program.cover(entry.feature);
  const scope = new Scope(program.entry, recipe.isAsync, [...entry.values], "input", 0);
  program.typeName({ name: "Choices" }, program.entry);
  let steps = 0;
  const writeSteps = (inner: Scope, list: readonly Step[]): void => {
    for (const step of list) {
      if (steps >= mostSteps || program.sinks >= mostSinks) return;
      steps += 1;
      writeStep(program, inner, step, writeSteps);
    }
  };
  writeSteps(scope, recipe.steps);
  writeLastSinks(program, scope);
  program.declareType("Choices", [
    "interface Choices {",
    ...Array.from({ length: program.flags + 1 }, (_, index) => `  f${String(index)}: boolean;`),
    ...(program.hasCounts ? ["  count: number;"] : []),
    "}",
  ]);
  program.entry.add(entry.write(scope.lines));
  return {
    ...program.finish(),
    type,
    guardian,
    entry: "entry",
    flags: program.flags,
    hasFallbacks: program.hasFallbacks,
    isStateful: program.isStateful,
    hasCounts: program.hasCounts,
    isPackage: program.covered.includes("module package"),
    features: program.covered,
  };
}

function writeStep(
  program: ProgramWriter,
  scope: Scope,
  step: Step,
  writeSteps: (scope: Scope, steps: readonly Step[]) => void,
): void {
  const gadget = gadgetByName.get(step.gadget);
  if (gadget === undefined || (gadget.needs === "async" && !scope.isAsync)) return;
  if (gadget.needs === "input" && (scope.input === null || program.flags >= 6)) return;
  const newest = (index: number) => scope.values[scope.values.length - 1 - (index % scope.values.length)];
  const [first, second] = [newest(step.first), newest(step.second)];
  if (first === undefined || second === undefined) return;
  const context = new StepContext(program, scope, step, writeSteps);
  const results = gadget.write(context, first, second);
  program.cover(gadget.name);
  scope.values.push(...results);
}

/** What the last steps made is always looked at. */
function writeLastSinks(program: ProgramWriter, scope: Scope): void {
  const step: Step = { gadget: "control/log", first: 0, second: 0, choices: [3], body: [] };
  const context = new StepContext(program, scope, step, () => undefined);
  for (const value of scope.values.slice(-3)) {
    context.emit(context.sink("log", isShown(value.shape) ? value : context.asText(value)));
  }
}

function declareMarked(program: ProgramWriter, type: MarkedType, form: number): void {
  const printed = (shape: Shape): string =>
    shape.kind === "list" ? "string[]" : shape.kind === "marked" ? shape.type.name : "string";
  const members = type.fields.flatMap((field) => [
    ...(field.category === null ? [] : [`  /** @childData ${field.category} */`]),
    `  ${field.name}: ${printed(field.shape)};`,
  ]);
  if (form % 8 === 7) {
    declareSchema(program, type);
    return;
  }
  program.declareType(
    type.name,
    form % 5 === 4
      ? [`type ${type.name} = {`, ...members, "};"]
      : [`interface ${type.name} {`, ...members, "}"],
  );
}

/** The type as what a schema gives: its marks stand in the schema. */
function declareSchema(program: ProgramWriter, type: MarkedType): void {
  const schemaOf = (shape: Shape): string =>
    shape.kind === "list" ? "z.array(z.string())" : shape.kind === "marked" ? shape.type.name : "z.string()";
  program.cover("type of a schema");
  program.declareSchema([
    `const ${type.name} = z.object({`,
    ...type.fields.flatMap((field) => [
      ...(field.category === null ? [] : [`  /** @childData ${field.category} */`]),
      `  ${field.name}: ${schemaOf(field.shape)},`,
    ]),
    "});",
    `export type ${type.name} = z.infer<typeof ${type.name}>;`,
  ]);
}
