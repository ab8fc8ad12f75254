/** Calls that give back what they have just written. */
import type { InstructionOf } from "../../contracts/file-graph.js";

export function creates({ name }: InstructionOf<"call">): boolean {
  return /(?:^|\.)(?:create|insert|add|save|upsert|bulkCreate)\w*$/iu.test(name);
}
