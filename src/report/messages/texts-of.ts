import { english } from "./en.js";
import type { Language, TextTable } from "./text-table.js";
import { chinese } from "./zh-cn/zh-cn.js";

const tables: Readonly<Record<Language, TextTable>> = { en: english, "zh-CN": chinese };

/** All texts of a language. */
export function textsOf(language: Language): TextTable {
  return tables[language];
}
