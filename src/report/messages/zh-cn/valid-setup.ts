import type { DocumentParameters } from "../../../checks/valid-setup.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { listChinese, wordInChinese } from "./words.js";

const documentWords: Readonly<Record<DocumentParameters["document"], string>> = {
  config: "配置文件",
  assessment: "此安全评估记录",
  notice: "此告知文件",
  model: "此模型",
};

const ignored = "无法读取的内容会被略去，代码将在没有它的情况下判断。";

function expectedOf(p: DocumentParameters): string {
  if (p.nearest !== null) return `是否想写“${p.nearest}”？`;
  return p.expected.length > 0 ? `请写 ${listChinese(p.expected.map(wordInChinese), "或")}。` : "请更正。";
}

const paperExamples: Readonly<Record<string, string>> = {
  officer: 'officer: { name: "…", contact: "…" }（专人）',
  specialRules: 'specialRules: "https://…"（专门的儿童个人信息保护规则）',
  userAgreement: 'userAgreement: "https://…"（用户协议）',
  emergencyPlan: 'emergencyPlan: "docs/incident-plan.md"（应急预案）',
};

export const validSetup: RuleTexts<"valid-setup"> = {
  "not-yaml": (p: DocumentParameters): FindingText => ({
    what: `此文件不是 YAML：${p.found}。`,
    why: ignored,
    mend: "请更正该行；含冒号或以特殊字符开头的文本须加引号。",
  }),
  "several-documents": (p: DocumentParameters): FindingText => ({
    what: `“${p.found}”在此文件中开始了第二个文档。`,
    why: "只读取第一个文档。",
    mend: "请分别写成单独的文件，或删去该行。",
  }),
  "unknown-anchor": (p: DocumentParameters): FindingText => ({
    what: `“${p.found}”引用的是标有“&${p.found.slice(1)}”的内容，而此前没有这样的内容。`,
    why: ignored,
    mend: `以 * 开头的文本须加引号："${p.found}"。`,
  }),
  "endless-alias": (p: DocumentParameters): FindingText => ({
    what: `“${p.found}”位于它所引用的内容之中，永无止境。`,
    why: ignored,
    mend: "请把内容直接写出。",
  }),
  "too-many-aliases": (p: DocumentParameters): FindingText => ({
    what: `从“${p.found}”起，此文件的引用所代表的值多得无法读取。`,
    why: ignored,
    mend: "请把内容直接写出，不要引用本身含有引用的内容。",
  }),
  "wrong-merge": (p: DocumentParameters): FindingText => ({
    what: `“${p.found}:”用于并入一个映射的键，而此处不是映射。`,
    why: ignored,
    mend: `请写 \`${p.found}: *name\`，其中 &name 标在一个映射上。`,
  }),
  "not-a-mapping": (p: DocumentParameters): FindingText => ({
    what: `${documentWords[p.document]}应当由键和值组成，而此处是${p.found === "a list" ? "列表" : `“${p.found}”`}。`,
    why: ignored,
    mend:
      p.document === "assessment"
        ? "请每个接收方写一个文件，顶层写 `recipient: …` 和其他键。"
        : "请写键和值：`key: value`。",
  }),
  "unknown-key": (p: DocumentParameters): FindingText => ({
    what: `“${p.found}”不是${documentWords[p.document]}的键${p.path.includes(".") ? `（位于 ${p.path}）` : ""}。`,
    why: ignored,
    mend: p.nearest === null ? `可用的键有 ${listChinese(p.expected)}。` : `是否想写“${p.nearest}”？`,
  }),
  "missing-key": (p: DocumentParameters): FindingText => ({
    what: `${documentWords[p.document]}缺少 ${wordInChinese(p.path === "" ? p.found : p.path)}。`,
    why: ignored,
    mend: `请添加 \`${wordInChinese(p.found)}:\`，其值为${listChinese(p.expected.map(wordInChinese), "或")}。`,
  }),
  "duplicate-key": (p: DocumentParameters): FindingText => ({
    what: `“${p.found}”在同一映射中出现了两次。`,
    why: "两者只能有一个有效。",
    mend: "请删除其中一个。",
  }),
  "wrong-value": (p: DocumentParameters): FindingText => ({
    what: `“${p.found}”不是 ${p.path === "" ? documentWords[p.document] : p.path} 可取的值。`,
    why: ignored,
    mend: expectedOf(p),
  }),
  unreadable: (p: DocumentParameters): FindingText => ({
    what:
      p.path === ""
        ? `此文件无法读取：${wordInChinese(p.found)}。`
        : `${p.path} 处的“${p.found}”所指的文件无法读取。`,
    why: ignored,
    mend: "请更正路径或文件权限。",
  }),
  "record-unused": (p: { readonly who: string; readonly nearest: string | null }): FindingText => ({
    what: `此记录登记的是 ${p.who}，而代码没有向其提供儿童个人信息。`,
    why: "登记册列出并未接收信息者，会掩盖缺失的记录。",
    mend: p.nearest === null ? "请删除该记录，或按报告中的名称写接收方。" : `是否想写“${p.nearest}”？`,
  }),
  "record-twice": (p: { readonly who: string; readonly other: string }): FindingText => ({
    what: `${p.other} 也是 ${p.who} 的记录，角色和日期相同，范围相同或互相包含。`,
    why: "无从得知两者以哪一个为准。",
    mend: "请只保留一个。",
  }),
  "record-incomplete": (p: { readonly who: string; readonly lacks: readonly string[] }): FindingText => ({
    what: `与 ${p.who} 的委托协议没有写明 ${listChinese(p.lacks)}。`,
    why: "第十六条：委托协议应当明确处理事项，受委托方应当履行这些义务。",
    mend: "请将委托协议中的相应约定补入记录。",
  }),
  "notice-twice": (p: {
    readonly version: string;
    readonly effective: string;
    readonly other: string;
    readonly by: "version" | "day";
  }): FindingText => ({
    what:
      p.by === "version"
        ? `${p.other} 也是告知的第 ${p.version} 版。`
        : `${p.other} 也于 ${p.effective} 生效。`,
    why: "第十条：无从得知向监护人告知的是哪一份。",
    mend: "请为每一版写各自的版本号和生效日期。",
  }),
  "unresolved-field": (p: { readonly word: string; readonly nearest: string | null }): FindingText => ({
    what: `fields: 中的“${p.word}”没有指向项目中的任何属性。`,
    why: "它本应标记的字段不会被检查。",
    mend:
      p.nearest === null
        ? "请写文件通配符或包名、#、以及 Type.property，例如 src/user.ts#User.birthDate。"
        : `是否想写“${p.nearest}”？`,
  }),
  "unresolved-function": (p: { readonly word: string }): FindingText => ({
    what: `consent.functions: 中的“${p.word}”没有指向项目中的任何函数。`,
    why: "由它把关的地方会被报告为无人询问监护人。",
    mend: "请写文件或包名、#、以及函数名，例如 src/consent.ts#requireGuardian、@acme/consent#Client.isGranted。",
  }),
  "missing-papers": (p: { readonly keys: readonly string[] }): FindingText => ({
    what: `代码持有儿童个人信息，而配置文件没有写明 ${listChinese(p.keys)}。`,
    why: "第八条、第二十一条：应当设置专门的儿童个人信息保护规则和用户协议，指定专人负责，并有应急预案。",
    mend: `请添加 ${listChinese(p.keys.map((key) => paperExamples[key] ?? key))}。`,
  }),
  "broken-tsconfig": (p: { readonly subject: string }): FindingText => ({
    what: `此 tsconfig 无法使用：${p.subject}。`,
    why: "文件将以默认选项分析，其中的路径别名无从得知。",
    mend: "请更正。",
  }),
  "schema-error": (p: { readonly subject: string }): FindingText => ({
    what: `此模式文件在此处无法读取：${p.subject}。`,
    why: "此处之后的模型可能未被分析。",
    mend: "请更正。",
  }),
  "migration-error": (p: { readonly subject: string }): FindingText => ({
    what: `此迁移脚本在此处无法读取：${p.subject}。`,
    why: "它对数据表的建立或更改无从得知，删除一行时哪些数据随之删除也就无从得知。",
    mend: "请更正；若数据库能照原样执行，请人工核对删除其各表的行时哪些数据随之删除。",
  }),
  "schema-unread": (p: { readonly subject: string }): FindingText => ({
    what: `此条建立或更改数据表的语句无法读取：${p.subject}。`,
    why: "它对数据表的作用无从得知，删除一行时哪些数据随之删除也就无从得知。",
    mend: "请更正；若数据库能照原样执行，请人工核对删除其各表的行时哪些数据随之删除。",
  }),
  "suppression-expired": (p: { readonly until: string }): FindingText => ({
    what: `此抑制的有效期至 ${p.until}，现已届满。`,
    why: "它所抑制的问题重新计入。",
    mend: "请修复代码，或重新写明接受的理由和日期。",
  }),
  "suppression-date": (p: { readonly found: string }): FindingText => ({
    what: `“${p.found}”不是日期，无从得知此抑制何时失效。`,
    why: "审计不采用日期无法读取的抑制。",
    mend: "请写 (until 2027-03-01)。",
  }),
  "suppression-unreasoned": (_: Readonly<Record<string, never>>): FindingText => ({
    what: "此抑制没有写明理由。",
    why: "复核者必须知道为何接受该问题。",
    mend: "请在规则名之后写 `-- 理由`。",
  }),
};
