/** Whether a model says that data comes back, and no object of the package. */
import type { Role } from "../../contracts/model.js";

/** What comes back is plain data, whose members are those of the standard library. */
export function givesData(role: Role): boolean {
  switch (role.kind) {
    case "none":
      return true;
    case "flow":
      return role.to.some((to) => to.root.kind === "return");
    case "pipes":
      return role.gives.some((to) => to.root.kind === "return");
    case "input":
    case "shaped":
    case "random":
    case "encrypt":
    case "decrypt":
      return role.output.some((output) => output.root.kind === "return");
    case "visits":
    case "drafts":
      return role.to.root.kind === "return";
    case "rows":
      return role.output.root.kind === "return";
    case "sql":
      return role.rows?.root.kind === "return";
    default:
      return false;
  }
}
