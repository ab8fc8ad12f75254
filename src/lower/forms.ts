/** All syntax families together, one table for each TypeScript instance: their kinds have different numbers. */
import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";
import { classExpressionForms, classStatementForms } from "./classes.js";
import { castForms } from "./expressions/casts.js";
import { chainForms } from "./expressions/chains.js";
import { literalObjectForms } from "./expressions/literal-objects.js";
import { literalForms } from "./expressions/literals.js";
import { operatorForms } from "./expressions/operators.js";
import type { Forms } from "./file-lowering.js";
import type { FormTable } from "./form-table.js";
import type { FunctionLowering } from "./function-lowering.js";
import { functionForms } from "./functions.js";
import { jsxForms } from "./jsx.js";
import { moduleForms } from "./modules.js";
import { namespaceForms } from "./namespaces.js";
import { blockForms } from "./statements/blocks.js";
import { branchForms } from "./statements/branches.js";
import { jumpForms } from "./statements/jumps.js";
import { loopForms } from "./statements/loops.js";

const known = new WeakMap<TypeScript, Forms<FunctionLowering>>();

export function formsFor(ts: TypeScript): Forms<FunctionLowering> {
  let forms = known.get(ts);
  if (forms === undefined) {
    forms = {
      expressions: join(
        [
          literalForms,
          castForms,
          chainForms,
          operatorForms,
          literalObjectForms,
          functionForms,
          classExpressionForms,
          jsxForms,
        ].map((family) => family(ts)),
      ),
      statements: join(
        [blockForms, branchForms, loopForms, jumpForms, classStatementForms, moduleForms, namespaceForms].map(
          (family) => family(ts),
        ),
      ),
    };
    known.set(ts, forms);
  }
  return forms;
}

function join<R>(tables: readonly FormTable<R>[]): FormTable<R>["forms"] {
  return new Map<ts.SyntaxKind, NonNullable<ReturnType<FormTable<R>["forms"]["get"]>>>(
    tables.flatMap((table) => [...table.forms]),
  );
}
