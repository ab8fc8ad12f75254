/** HTML that is known to be safe: whatever else is put into a template is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

export type MarkupValue = string | number | Markup | null | readonly (string | Markup | null)[];

/** Escapes what is no markup; null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const text = parts.map((part, index) => {
    const value = values[index - 1];
    return index === 0 || value === undefined ? part : textOf(value) + part;
  });
  return new Markup(text.join(""));
}

function textOf(value: MarkupValue): string {
  if (value === null) return "";
  if (value instanceof Markup) return value.text;
  return typeof value === "object" ? value.map(textOf).join("") : escape(String(value));
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
