/** The audit of the merge base with a ref, or what is wrong with that, as a message that names the mend. */
import { auditBase, type BaseAudit, type GitFault } from "../audit-since.js";
import type { AuditOptions } from "../audit.js";
import type { TextTable } from "../report/messages/text-table.js";
import { UsageError } from "./check-flags.js";

export function readBase(options: AuditOptions, ref: string, texts: TextTable): BaseAudit {
  const base = auditBase(options, ref);
  if ("kind" in base) throw new UsageError(faultWords(base, ref, options.folder, texts));
  return base;
}

function faultWords(fault: GitFault, ref: string, folder: string, { git }: TextTable): string {
  switch (fault.kind) {
    case "no-git":
    case "no-commit":
      return git[fault.kind];
    case "no-repository":
      return git["no-repository"](folder);
    case "no-such-ref":
    case "no-common-commit":
      return `${git[fault.kind](ref)}${fault.isShallow ? ` ${git.shallow}` : ""}`;
    case "unreadable":
      return git.unreadable(ref, fault.reason);
  }
}
