/** The audit of what a change began from: the merge base with a ref, read out of git. */
import { audit, type Audit, type AuditOptions } from "./audit.js";
import { layOutBase, type GitFault } from "./engine.js";

export type { GitFault } from "./engine.js";

export interface BaseAudit {
  readonly commit: string;
  readonly audit: Audit;
}

/** Audits the merge base of `ref` and the commit that is checked out, with the same options. */
export function auditBase(options: AuditOptions, ref: string): BaseAudit | GitFault {
  const base = layOutBase(options.folder, ref);
  if ("kind" in base) return base;
  try {
    const { config, tsconfigs } = options;
    const found = audit({
      ...options,
      folder: base.root,
      config: config === undefined ? undefined : base.pathOf(config),
      tsconfigs: tsconfigs?.map((path) => base.pathOf(path)),
    });
    return { commit: base.commit, audit: found };
  } finally {
    base.remove();
  }
}
