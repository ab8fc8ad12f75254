import type { RetentionParameters, TooLongParameters } from "../../../checks/require-retention-period.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { namesInChinese, wordInChinese } from "./words.js";

const why = "第十二条：网络运营者存储儿童个人信息，不得超过实现其收集、使用目的所必需的期限。";

function kept(p: RetentionParameters): string {
  return `${namesInChinese(p.fields)} 存储在${wordInChinese(p.place)}`;
}

function days(count: number): string {
  return count < 1
    ? `${String(Math.round(count * 240) / 10)} 小时`
    : `${String(Math.round(count * 10) / 10)} 天`;
}

export const requireRetentionPeriod: RuleTexts<"require-retention-period"> = {
  "no-period": (p: RetentionParameters): FindingText => ({
    what: `${kept(p)}，却没有期限：既未声明，代码中也没有到期或定期清理。`,
    why,
    mend: "请用 @retention（180d、until-deregistration）声明所需期限，并让数据到期：设置过期时间，或运行清理旧数据的定时任务。",
  }),
  "too-long": (p: TooLongParameters): FindingText => ({
    what: `${kept(p)}，实际保存 ${days(p.days)}（${p.by === "ttl" ? "过期时间" : "清理"}见 ${p.callee}，${p.file}:${String(p.line)}），而声明的期限为 ${p.declared ?? ""}。`,
    why,
    mend: "请将代码中的期限缩短到所声明的期限；如声明有误，请更正声明，并在告知中告知监护人。",
  }),
  "no-deregistration": (p: RetentionParameters): FindingText => ({
    what: `${kept(p)}，声明保存至注销，而没有任何注销处理将其从中删除。`,
    why,
    mend: "请在注销账号之处（带 @deletionPath deregistration 标记的函数）将其删除，或声明其他期限。",
  }),
  "declared-only": (p: RetentionParameters): FindingText => ({
    what: `${kept(p)}，声明的期限为 ${p.declared ?? ""}，而代码中没有任何机制使其按期终止。`,
    why,
    mend: "请设置过期时间，或运行清理旧数据的定时任务。",
  }),
};
