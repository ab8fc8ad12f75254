import type { AnswerParameters, DisclosureParameters } from "../../../checks/no-public-disclosure.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { flawsOf, mendsOf } from "./gap-words.js";
import { namesInChinese } from "./words.js";

export const noPublicDisclosure: RuleTexts<"no-public-disclosure"> = {
  "open-answer": (p: AnswerParameters): FindingText => ({
    what: `${namesInChinese(p.fields)} 经 ${p.outset}${p.otherOutsets.length === 0 ? "" : `及另外 ${String(p.otherOutsets.length)} 个入口`}回答给任何请求者：其他路由之前有授权检查，此处没有。是否有意如此无法判断。`,
    why: "第十八条：网络运营者不得披露儿童个人信息，但法律、行政法规规定应当披露或者根据与儿童监护人的约定可以披露的除外。",
    mend: "请在回答之前核实请求者身份及其权限，不允许时返回 401 或 403；或不在回答中包含该信息。",
  }),
  public: (p: DisclosureParameters): FindingText => ({
    what: `${namesInChinese(p.fields)} 经 ${p.callee} 被公开披露${p.recipient === null ? "" : `（${p.recipient}）`}${p.record === null ? "" : `，而其记录（${p.record}）${flawsOf(p.gaps)}`}。`,
    why: "第十八条：网络运营者不得披露儿童个人信息，但法律、行政法规规定应当披露或者根据与儿童监护人的约定可以披露的除外。",
    mend: mendOf(p),
  }),
};

function mendOf({ recipient, record, gaps }: DisclosureParameters): string {
  if (recipient === null) return "请保持非公开，只向已登录且有权查看的人提供。";
  const when = "请保持非公开；法律、行政法规规定或与监护人约定可以披露的，";
  return record === null
    ? `${when}请为 ${recipient} 登记一份 role: disclosure 的记录并写明 basis。`
    : `${when}必要时重新进行安全评估，并将${mendsOf(gaps)}写入 ${record}。`;
}
