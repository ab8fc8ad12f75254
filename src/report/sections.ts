/** How findings are told to people: by the store, log or recipient that the data ends up in. */
import { StoreIdentities } from "../checks/store-identity.js";
import { clientOf, recipientName } from "../checks/store-name.js";
import type { Analysis } from "../contracts/analysis.js";
import type { RatedFinding } from "../contracts/finding.js";
import type { TextTable } from "./messages/text-table.js";
import type { FindingGroup } from "./word-finding.js";

export interface Section {
  readonly title: string;
  readonly groups: readonly FindingGroup[];
}

/** Stores first, then logs and recipients, then guards, and what is wrong with annotations and setup. */
export function sectionsOf(
  groups: readonly FindingGroup[],
  texts: TextTable,
  { flows, deletions }: Pick<Analysis, "flows" | "deletions">,
): Section[] {
  const identities = new StoreIdentities(flows, deletions.tableNames);
  const sections = new Map<string, { rank: number; groups: FindingGroup[] }>();
  for (const group of groups) {
    const { rank, title } = sectionOf(group.findings[0], texts, identities);
    const known = sections.get(title);
    if (known === undefined) sections.set(title, { rank, groups: [group] });
    else known.groups.push(group);
  }
  return [...sections]
    .sort(([a, first], [b, second]) => first.rank - second.rank || (a < b ? -1 : 1))
    .map(([title, section]) => ({ title, groups: section.groups }));
}

function sectionOf(
  finding: RatedFinding,
  texts: TextTable,
  identities: StoreIdentities,
): { rank: number; title: string } {
  if (!("sink" in finding)) {
    if (finding.rule === "valid-setup") return { rank: 5, title: texts.headings.setup };
    if (finding.rule === "require-assessment") return { rank: 2, title: texts.headings.captures };
    if (finding.rule === "require-encryption") return { rank: 3, title: texts.headings.sealers };
    if (finding.rule === "complete-notice") return { rank: 2, title: texts.headings.notice };
    if (finding.rule === "require-deletion-path") return { rank: 3, title: texts.headings.erasing };
    return finding.rule === "valid-annotation"
      ? { rank: 4, title: texts.headings.annotations }
      : { rank: 3, title: texts.headings.guards };
  }
  const { sink } = finding;
  if (sink.role === "store" || sink.role === "sql") return { rank: 0, title: identities.nameOf(sink) };
  if (sink.role === "log") return { rank: 1, title: texts.headings.log(clientOf(sink)) };
  return { rank: 2, title: texts.word(recipientName(sink)) };
}
