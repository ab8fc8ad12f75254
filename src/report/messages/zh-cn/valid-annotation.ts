import type { WordParameters } from "../../../checks/valid-annotation.js";
import type { FindingText } from "../../../contracts/message.js";
import { deletionKinds } from "../../../contracts/vocabulary.js";
import type { RuleTexts } from "../text-table.js";
import { listChinese, wordInChinese } from "./words.js";

const why = "无法理解的标注起不到保护作用：它所标记的内容不会被检查。";

function unknown(what: string) {
  return (p: WordParameters): FindingText => ({ what: `“${p.word}”不是${what}。`, why, mend: useInstead(p) });
}

function useInstead(p: WordParameters): string {
  if (p.nearest !== null) return `是否想写“${p.nearest}”？`;
  return p.expected.length > 0 ? `请使用 ${listChinese(p.expected.map(wordInChinese), "或")}。` : "请删除。";
}

export const validAnnotation: RuleTexts<"valid-annotation"> = {
  "unknown-tag": unknown("已知的标签"),
  "unknown-category": unknown("已知的个人信息类别"),
  "unknown-purpose": (p: WordParameters): FindingText => ({
    what: `“${p.word}”不是已知的目的。`,
    why,
    mend: `${useInstead(p)}自有的目的可在 child-privacy.yaml 的 purposes: 中添加。`,
  }),
  "unknown-operation": unknown("已知的操作"),
  "unknown-deletion-kind": (p: WordParameters): FindingText => ({
    what: p.word === "" ? "@deletionPath 没有写明删除情形。" : `“${p.word}”不是已知的删除情形。`,
    why: "无法理解的标注起不到保护作用：该函数不算作删除途径。",
    mend: `${p.nearest === null ? "" : `是否想写“${p.nearest}”？`}可用的情形有 ${listChinese(deletionKinds, "和")}。`,
  }),
  "malformed-duration": (p: WordParameters): FindingText => ({
    what: `“${p.word}”不是期限。`,
    why,
    mend: "请写天、周、月或年（180d、6m、3y）、ISO 8601（P180D、PT1H），或 until-deregistration（至注销）。",
  }),
  "misplaced-tag": (p: WordParameters): FindingText => ({
    what: `@${p.word.replace(/^@/u, "")} 在此处没有意义。`,
    why,
    mend:
      p.expected.length > 0
        ? `它应当写在${listChinese(p.expected.map(wordInChinese), "或")}上。`
        : "请删除。",
  }),
  "unresolved-field": (p: WordParameters): FindingText => ({
    what: `“${p.word}”没有指向项目中的任何属性。`,
    why,
    mend:
      p.nearest === null
        ? "请写文件通配符或包名、#、以及 Type.property，例如 src/user.ts#User.birthDate。"
        : `是否想写“${p.nearest}”？`,
  }),
  "unresolved-function": (p: WordParameters): FindingText => ({
    what: `“${p.word}”没有指向项目中的任何函数。`,
    why,
    mend: "请写文件或包名、#、以及函数名，例如 src/consent.ts#requireGuardian。",
  }),
  "missing-child-data": (p: WordParameters): FindingText => ({
    what: `@${p.word.replace(/^@/u, "")} 说明的是儿童个人信息，而此处没有任何内容被标记为儿童个人信息。`,
    why,
    mend: "请在同一位置加上 @childData 及其类别。",
  }),
};
