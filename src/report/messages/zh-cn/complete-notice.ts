import type { UntoldParameters } from "../../../checks/complete-notice.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { listChinese, mediumInChinese, namesInChinese, wordInChinese } from "./words.js";

type DriftKind = UntoldParameters["kind"];

const why =
  "第十条：应当明确告知收集、存储、使用、转移、披露的目的、方式和范围，存储的地点、期限和到期后的处理方式，安全保障措施，拒绝的后果，投诉、举报的渠道和方式，更正、删除的途径和方法。";
const outside = "第十条、第十一条：应当告知收集的范围，且不得违反双方的约定收集儿童个人信息。";

function untoldWords({ kind, word, fields }: UntoldParameters): string {
  const names = fields.length === 0 ? "其自行取得的内容" : namesInChinese(fields);
  switch (kind) {
    case "category":
      return `${names} 被收集，而告知没有列出类别 ${word}`;
    case "store":
      return `${names} 存储在${wordInChinese(word)}，而告知没有列出该存储`;
    case "recipient":
      return `${names} 提供给 ${wordInChinese(word)}，而告知没有写明该接收方`;
    case "purpose":
      return `${names} 用于目的 ${word}，而告知没有列出该目的`;
  }
}

const lists: Readonly<Record<DriftKind, string>> = {
  category: "categories",
  store: "stores",
  recipient: "recipients",
  purpose: "purposes",
};

const undoneWords: Readonly<Record<DriftKind, (word: string) => string>> = {
  category: (word) => `告知称收集类别为 ${word} 的信息，而代码中没有该类别的字段`,
  store: (word) => `告知称信息存储在${mediumInChinese(word)}，而代码没有这样的存储`,
  recipient: (word) => `告知称信息提供给 ${word}，而代码没有向其提供任何信息`,
  purpose: (word) => `告知写有目的 ${word}，而代码中没有用于该目的的字段`,
};

const itemWords: Readonly<Record<string, string>> = {
  purposes: "使用的目的",
  categories: "收集的范围",
  stores: "存储的地点和期限",
  safeguards: "安全保障措施",
  afterExpiry: "到期后的处理方式",
  consequencesOfRefusal: "拒绝的后果",
  refusal: "拒绝选项",
  complaints: "投诉的渠道和方式",
  reports: "举报的渠道和方式",
  correction: "更正的途径和方法",
  deletion: "删除的途径和方法",
};

export const completeNotice: RuleTexts<"complete-notice"> = {
  untold: (p: UntoldParameters): FindingText => ({
    what: `${untoldWords(p)}（第 ${p.version} 版；${p.place}）。${p.certainty === "possible" ? "此点无法完全确定。" : ""}`,
    why: p.kind === "category" ? outside : why,
    mend: `请在新版告知的 ${lists[p.kind]}: 中补充，写明 substantive: true，并再次征得监护人同意；或停止该做法。`,
  }),
  undone: (p: { readonly kind: DriftKind; readonly word: string }): FindingText => ({
    what: `${undoneWords[p.kind](p.word)}。`,
    why,
    mend: `请在新版告知的 ${lists[p.kind]}: 中删去，或标记它所指的信息。`,
  }),
  "missing-item": (p: { readonly item: string; readonly found: readonly string[] }): FindingText => ({
    what: `告知没有写明${itemWords[p.item] ?? p.item}${p.found.length === 0 ? "" : `（代码中有：${listChinese(p.found)}）`}。`,
    why,
    mend: `请在新版告知中添加 \`${p.item}:\`。`,
  }),
  "incomplete-store": (p: { readonly medium: string; readonly lacks: readonly string[] }): FindingText => ({
    what: `告知没有写明${listChinese(p.lacks.map((key) => (key === "where" ? "存储的地点" : "存储的期限")))}（${mediumInChinese(p.medium)}）。`,
    why,
    mend: `请在此项中添加 ${listChinese(p.lacks.map((key) => `\`${key}:\``))}。`,
  }),
  "refusal-leads-nowhere": (p: { readonly refusal: string }): FindingText => ({
    what: `告知称由 ${p.refusal} 处理拒绝，而代码中没有该名称。`,
    why: "第十条：征得同意时应当同时提供拒绝选项，且该选项应当有效。",
    mend: "请以 file#symbol 写明处理拒绝的函数，或实现它。",
  }),
  "not-asked-again": (p: { readonly guards: readonly string[]; readonly place: string }): FindingText => ({
    what: `此版变更了所同意的内容，而 ${listChinese(p.guards)}（${p.place}）没有核实监护人同意的是哪一版。`,
    why: "第十条：告知事项发生实质性变化的，应当再次征得儿童监护人的同意。",
    mend: "请随每次同意保存告知的版本，并由该检查比较。",
  }),
  "not-in-effect": (p: { readonly effective: string }): FindingText => ({
    what: `告知没有已生效的版本：第一版于 ${p.effective} 生效，而代码已持有儿童个人信息。`,
    why,
    mend: "请使其在收集信息之前生效，或将现行版本也放在 notices: 之下。",
  }),
  "no-notice": (p: { readonly pattern: string }): FindingText => ({
    what: `notices: 写的是 ${p.pattern}，该处没有可读取的告知，而代码持有儿童个人信息。`,
    why,
    mend: "请在该处写明对监护人的告知，每一版一个文件（schema/notice.json）。",
  }),
};
