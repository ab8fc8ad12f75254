/** Whether what a handler reads is handed out as a file: a download, a table, an archive. */
import type { OpenWay } from "../guards/open-way.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const named = /export|download|spreadsheet|dump|(?:^|[^a-z])(?:csv|xlsx?|backup|archive|zip)(?![a-z])/iu;
const texts =
  /^attachment|text\/csv|application\/(?:zip|gzip|x-tar|pdf|vnd\.(?:ms-excel|openxmlformats))|\.(?:csv|xlsx?|zip|tsv|ndjson|pdf)$/iu;
const calls =
  /(?:^|\.)(?:attachment|download|toCsv|toCSV|stringifyCsv|unparse|writeBuffer|sheet_to_csv|json_to_sheet)$/u;

export function isExported(pointsTo: PointsTo, { outset, passages }: OpenWay, name: string): boolean {
  if (named.test(name)) return true;
  const nodes = new Set([outset.node, ...passages.map(({ node }) => node)]);
  for (const node of nodes) {
    if (node.graph.kind === "module") continue;
    if (named.test(node.graph.name) || isWritten(node)) return true;
  }
  return [...nodes].some((node) => node.graph.kind !== "module" && calleesOf(pointsTo, node).some(isWritten));
}

function isWritten(node: FunctionNode): boolean {
  return node.code.some(
    (each) =>
      (each.kind === "constant" && typeof each.value === "string" && texts.test(each.value)) ||
      (each.kind === "call" && calls.test(each.name)) ||
      (each.kind === "template" && each.texts.some((text) => texts.test(text))),
  );
}

function calleesOf(pointsTo: PointsTo, node: FunctionNode): FunctionNode[] {
  return node.code.flatMap((each, point) =>
    each.kind === "call"
      ? [...(pointsTo.findSite(node, point)?.edges.values() ?? [])].map(({ callee }) => callee)
      : [],
  );
}
