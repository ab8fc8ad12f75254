/** JUnit's XML: a suite a rule, a case a place. What `--fail-on` counts is a failure, the rest is skipped. */
import { checks } from "../checks/index.js";
import { stepsOf } from "./joined-steps.js";
import { isFailure, type Rendering } from "./rendering.js";
import { groupFindings, joinText, type FindingGroup } from "./word-finding.js";

interface Case {
  readonly name: string;
  readonly className: string;
  readonly outcome: "passed" | "failure" | "skipped";
  readonly message: string;
  readonly body: string;
}

/** Ends with a line break. */
export function renderJunit(rendering: Rendering): string {
  const { analysis, texts, project } = rendering;
  const groups = groupFindings(texts, analysis.findings);
  const suites = checks.map(({ id }) => {
    const own = groups.filter(({ findings: [first] }) => first.rule === id);
    const cases =
      own.length === 0 ? [passed(id, texts.rules[id])] : own.map((group) => caseOf(group, rendering));
    return { id, cases };
  });
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escape(`child-privacy ${project}`)}" ${countsOf(all)}>`,
    ...suites.flatMap(({ id, cases }) => [
      `  <testsuite name="child-privacy/${id}" ${countsOf(cases)}>`,
      ...cases.flatMap(renderCase),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function passed(rule: string, description: string): Case {
  return { name: description, className: `child-privacy/${rule}`, outcome: "passed", message: "", body: "" };
}

function caseOf({ findings: [first], text, doubt }: FindingGroup, { failOn, texts }: Rendering): Case {
  const { file, line, column } = first.location;
  const trace = stepsOf(first, texts);
  return {
    name: `${file}:${String(line)}:${String(column)} ${first.fingerprint}`,
    className: `child-privacy/${first.rule}`,
    outcome: isFailure(first, failOn) ? "failure" : "skipped",
    message: text.what,
    body: [joinText(text, doubt), ...trace.map(({ place, note }) => `${place}  ${note}`)].join("\n"),
  };
}

function renderCase({ name, className, outcome, message, body }: Case): string[] {
  const opening = `    <testcase name="${escape(name)}" classname="${escape(className)}"`;
  if (outcome === "passed") return [`${opening}/>`];
  const inner = outcome === "failure" ? `type="${escape(className)}" ` : "";
  return [
    `${opening}>`,
    `      <${outcome} ${inner}message="${escape(message)}">${escape(body)}</${outcome}>`,
    "    </testcase>",
  ];
}

function countsOf(cases: readonly Case[]): string {
  const count = (outcome: Case["outcome"]): string =>
    String(cases.filter((each) => each.outcome === outcome).length);
  return `tests="${String(cases.length)}" failures="${count("failure")}" errors="0" skipped="${count("skipped")}"`;
}

/** XML 1.0 has no way to say most control characters at all. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
