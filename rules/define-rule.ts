import type { Rule } from "eslint";
import { defaultLevelOf, articlesOf, type RuleId } from "../src/contracts/obligation.js";
import { rulePage } from "../src/report/rule-page.js";
import { toolVersion } from "../src/tool-version.js";
import { reportsFor, type LintReport } from "./lint-session.js";

/** What a rule adds to what its check and the obligation table say. */
export interface RuleExtras {
  /** JSON Schema of its options object. */
  readonly options?: Rule.RuleMetaData["schema"];
  /** Which of the rule's reports are shown with these options. */
  readonly shows?: (report: LintReport, options: Readonly<Record<string, unknown>>) => boolean;
}

/** Makes an ESLint rule of a check: its page, description and level cannot drift from it. */
export function defineRule(
  check: { readonly id: RuleId; readonly description: string },
  extras: RuleExtras = {},
): Rule.RuleModule {
  const shows = extras.shows ?? ((report) => !report.isStrict);
  return {
    meta: {
      type: "problem",
      docs: {
        description: describe(check),
        url: rulePage(check.id, toolVersion()),
        recommended: true,
        requiresTypeChecking: true,
        level: defaultLevelOf(check.id),
      } as NonNullable<Rule.RuleMetaData["docs"]>,
      schema: extras.options ?? [],
      messages: { finding: "{{message}}" },
    },
    create: (context) => ({
      Program() {
        const options = (context.options[0] ?? {}) as Readonly<Record<string, unknown>>;
        for (const report of reportsFor(context)) {
          if (report.rule === check.id && shows(report, options)) show(context, report);
        }
      },
    }),
  };
}

function describe({ id, description }: { readonly id: RuleId; readonly description: string }): string {
  const articles = articlesOf(id);
  return articles.length === 0 ? description : `${description} (Art. ${articles.join(", ")})`;
}

function show(context: Rule.RuleContext, { location, message }: LintReport): void {
  const start = { line: location.line, column: location.column - 1 };
  const { endLine, endColumn } = location;
  const loc =
    endLine === undefined || endColumn === undefined
      ? start
      : { start, end: { line: endLine, column: endColumn - 1 } };
  context.report({ loc, messageId: "finding", data: { message } });
}
