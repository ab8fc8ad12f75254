/**
 * Functions that are marked `@encrypts` and do not encrypt. They are believed; what their body makes of what it is
 * given is asked once everything else is solved, with a value that no field has.
 */
import type { AnnotationTable } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { HollowSealer, Protection } from "../../contracts/flow.js";
import { emptyPath } from "../paths/access-path.js";
import { noContext } from "../contexts/context.js";
import { incoming, returned } from "../tabulation/fact.js";
import type { FunctionNode } from "../program/program.js";
import { locationOf } from "../program/program.js";
import type { Tabulation } from "../tabulation/tabulation.js";

const probe = "<given>" as const;

export function findHollowSealers(tabulation: Tabulation, annotations: AnnotationTable): HollowSealer[] {
  return tabulation.pointsTo.program.functions.flatMap((node) => {
    if (node.copy !== null || !isMarkedSealer(node, annotations)) return [];
    const protection = whatComesBack(tabulation, node);
    return protection === null
      ? []
      : [{ name: node.graph.name, protection, location: locationOf(node, node.graph.nameAt) }];
  });
}

/** A function that is marked `@encrypts`. */
export function isMarkedSealer(node: FunctionNode, annotations: AnnotationTable): boolean {
  return (annotations.functions.get(declarationId(node.file, node.graph.nameAt[0])) ?? []).some(
    ({ tag }) => tag === "encrypts",
  );
}

/** In which state a parameter comes back; null where some way encrypts it, nothing of it is seen to come back, or a step is assumed. */
function whatComesBack(tabulation: Tabulation, node: FunctionNode): Protection | null {
  const state = tabulation.facts.state(probe);
  let found: Protection | null = null;
  for (let index = 0; index < node.graph.parameters.length; index++) {
    const run = tabulation.entryOf(node, tabulation.facts.fact(incoming(index), emptyPath, state), noContext);
    tabulation.run();
    for (const { fact } of run.exits.values()) {
      if (fact.base !== returned) continue;
      const { protection, assumed } = fact.state;
      if (assumed || protection.kind === "encrypted" || protection.kind === "pseudonymised") return null;
      found ??= protection;
    }
  }
  return found;
}
