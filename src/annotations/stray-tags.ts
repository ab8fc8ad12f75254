import type ts from "typescript";
import type { Project } from "../project/project.js";
import { walkBelow } from "../project/walk-tree.js";
import { idsOf, nameNodes, siteOf } from "./declaration-sites.js";
import { isChildData, type Marks } from "./marks.js";
import type { WholeTypeContext } from "./mark-whole-type.js";
import { notChildDataPlaces } from "./placement.js";
import type { TableBuilder } from "./table-builder.js";

/** Words that change nothing: an exception outside of a marked type, a period for what is no child data. */
export function reportStray(context: WholeTypeContext, declaration: ts.Node, marks: Marks): void {
  const { table, project } = context;
  if (
    marks.notChildData !== undefined &&
    !context.usedExceptions.has(declaration) &&
    !exceptsInherited(context, declaration)
  ) {
    table.problems.push({
      kind: "misplaced-tag",
      word: "notChildData",
      nearest: null,
      expected: notChildDataPlaces,
      location: table.locateTag(declaration, marks.notChildData),
    });
  }
  if (isChildData(marks) || idsOf(project, declaration).some((id) => table.byDeclaration.has(id))) return;
  if (holdsChildData(context, declaration)) return;
  for (const tag of [
    marks.purposes?.length ? marks.purpose : undefined,
    marks.retention === undefined ? undefined : marks.retentionTag,
  ]) {
    if (tag !== undefined)
      table.problems.push({
        kind: "missing-child-data",
        word: tag.name,
        nearest: null,
        expected: ["@childData"],
        location: table.locateTag(declaration, tag),
      });
  }
}

/** `@notChildData` on a property that overrides a marked one, or that a marked base type or interface would mark. */
function exceptsInherited({ project, table }: WholeTypeContext, declaration: ts.Node): boolean {
  const { ts } = project;
  const owner = ts.isParameter(declaration) ? declaration.parent.parent : declaration.parent;
  if (!ts.isClassLike(owner) && !ts.isInterfaceDeclaration(owner)) return false;
  const isMarked = isMarkedAbove(
    project,
    table,
    owner,
    nameNodes(ts, declaration)[0]?.getText() ?? "",
    new Set(),
  );
  if (isMarked) for (const id of idsOf(project, declaration)) table.excluded.add(id);
  return isMarked;
}

function isMarkedAbove(
  project: Project,
  table: TableBuilder,
  owner: ts.ClassLikeDeclaration | ts.InterfaceDeclaration,
  name: string,
  seen: Set<ts.Node>,
): boolean {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  if (seen.has(owner)) return false;
  seen.add(owner);
  const bases = (owner.heritageClauses ?? []).flatMap(({ types }) =>
    types.map((type) => checker.getTypeAtLocation(type)),
  );
  return bases.some((base) => {
    if (
      (checker.getPropertyOfType(base, name)?.declarations ?? []).some((each) =>
        idsOf(project, each).some((id) => table.byDeclaration.has(id)),
      )
    )
      return true;
    return (base.getSymbol()?.declarations ?? []).some((each) => {
      if (idsOf(project, each).some((id) => table.inherited.get(id)?.has(name) === true)) return true;
      return (
        (ts.isClassLike(each) || ts.isInterfaceDeclaration(each)) &&
        isMarkedAbove(project, table, each, name, seen)
      );
    });
  });
}

function holdsChildData(
  { project: { ts }, marks, table, project }: WholeTypeContext,
  declaration: ts.Node,
): boolean {
  const isContainer =
    siteOf(ts, declaration) === "type" ||
    ts.isVariableDeclaration(declaration) ||
    ts.isPropertySignature(declaration) ||
    ts.isPropertyDeclaration(declaration);
  if (!isContainer) return false;
  const source = declaration.getSourceFile();
  for (const [node, each] of marks) {
    if (
      isChildData(each) &&
      node !== declaration &&
      node.getSourceFile() === source &&
      node.pos >= declaration.pos &&
      node.end <= declaration.end
    )
      return true;
  }
  // A property that only its type makes child data: an anonymous nested object of a marked type.
  let found = false;
  walkBelow(ts, declaration, (node) => {
    found ||= idsOf(project, node).some((id) => table.byDeclaration.has(id));
    return found ? "skip" : undefined;
  });
  return found;
}
