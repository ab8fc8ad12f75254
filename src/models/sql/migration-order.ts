/** Files of SQL that make up a schema's history: which of them are run, in which order, and which part of each. */

/** What takes a step back is run when somebody changes his mind, and not in the course of things. */
export function isDownScript(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (
    /(?:^|[._-])(?:down|undo|rollback|revert)\.sql$/iu.test(name) ||
    /^U\d[\d._]*__/u.test(name) ||
    /(?:^|\/)(?:down|undo|rollbacks?|reverts?)\//iu.test(path)
  );
}

/** Files with both ways in one part them with a comment: dbmate, goose, sql-migrate, node-pg-migrate. */
export function upPart(text: string): string {
  const down =
    /^\s*--\s*(?:migrate:down|\+goose\s+down|\+migrate\s+down|down\s+migration|@?undo|rollback)\b/imu.exec(
      text,
    );
  return down === null ? text : text.slice(0, down.index);
}

/** By name, numbers in it by their value: `V2__a.sql` before `V10__b.sql`. */
export function compareMigrations(a: string, b: string): number {
  const left = a.split(/(\d+)/u);
  const right = b.split(/(\d+)/u);
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [one = "", other = ""] = [left[index], right[index]];
    if (one === other) continue;
    const difference = index % 2 === 1 ? Number(one) - Number(other) : 0;
    return difference || (one < other ? -1 : 1);
  }
  return left.length - right.length;
}
