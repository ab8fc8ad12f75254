/** How the child comes into the program: as a typed parameter, or as something untyped that gets its type inside. */
import type { ProgramWriter } from "./program-writer.js";
import { indented, type Value } from "./scope.js";
import type { MarkedType, Shape } from "./shape.js";

export interface EntryForm {
  /** Under which the reports speak of it; null for the common form. */
  readonly feature: string | null;
  /** The values that the first step may use. */
  readonly values: readonly Value[];
  /** The lines of the file from the body of the entry. */
  readonly write: (body: readonly string[]) => string[];
}

/** `choice` from 0 to 5; half of the programs have a typed parameter. */
export function entryForm(
  choice: number,
  program: ProgramWriter,
  type: MarkedType,
  isAsync: boolean,
): EntryForm {
  const typeName = program.typeName(type, program.entry);
  const child: Value = { text: "child", shape: { kind: "marked", type } satisfies Shape };
  const result = isAsync ? "Promise<void>" : "void";
  const head = (name: string, parameter: string): string =>
    `${isAsync ? "async " : ""}function ${name}(${parameter}, input: Choices): ${result} {`;
  const typedInside = (feature: string, first: string, values: readonly Value[]): EntryForm => ({
    feature,
    values,
    write: (body) => [`export ${head("enrol", "body: any")}`, `  ${first}`, ...indented(body), "}"],
  });
  switch (choice) {
    case 3:
      return typedInside("typed variable", `const child: ${typeName} = body;`, [child]);
    case 4:
      return typedInside(
        "typed pattern",
        `const { ${type.fields.map(({ name }) => name).join(", ")} }: ${typeName} = body;`,
        type.fields.map(({ name, shape }) => ({ text: name, shape })),
      );
    case 5:
      return {
        feature: "typed behind a call",
        values: [child],
        write: (body) => [
          `export ${head("enrol", "body: any")}`,
          `  return ${body.length % 2 === 0 ? "kept.call(null, body, input)" : "kept.apply(null, [body, input])"};`,
          "}",
          head("kept", `child: ${typeName}`),
          ...indented(body),
          "}",
        ],
      };
    default:
      return {
        feature: null,
        values: [child],
        write: (body) => [`export ${head("enrol", `child: ${typeName}`)}`, ...indented(body), "}"],
      };
  }
}
