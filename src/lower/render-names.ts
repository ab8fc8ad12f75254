/** Property names and written types as text. */
import type { PropertyName } from "../contracts/file-graph.js";
import type { TypeReference } from "../contracts/type-reference.js";

export function renderProperty(name: PropertyName): string {
  if (name.kind === "name") return `.${name.name}`;
  return name.kind === "computed" ? `[v${String(name.value)}]` : "[]";
}

export function renderType(type: TypeReference): string {
  switch (type.kind) {
    case "named":
      return type.arguments.length === 0
        ? type.name
        : `${type.name}<${type.arguments.map(renderType).join(", ")}>`;
    case "query":
      return `typeof ${type.name}`;
    case "array":
      return `${renderType(type.element)}[]`;
    case "tuple":
      return `[${type.elements.map(renderType).join(", ")}]`;
    case "union":
      return `(${type.members.map(renderType).join(" | ")})`;
    case "intersection":
      return `(${type.members.map(renderType).join(" & ")})`;
    case "literal":
      return JSON.stringify(type.value);
    case "object":
      return `{ ${type.members.map((member) => `${member.name}${member.type === null ? "" : `: ${renderType(member.type)}`}`).join("; ")} }`;
    case "indexed":
      return `${renderType(type.object)}[${renderType(type.index)}]`;
    case "function":
      return `() => ${type.result === null ? "?" : renderType(type.result)}`;
    case "keyword":
      return type.name;
    case "other":
      return "?";
  }
}
