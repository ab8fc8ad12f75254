import type { DisclosureParameters } from "../../../checks/no-public-disclosure.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { namesInChinese } from "./words.js";

export const noPublicDisclosure: RuleTexts<"no-public-disclosure"> = {
  public: (p: DisclosureParameters): FindingText => ({
    what: `${namesInChinese(p.fields)} 经 ${p.callee} 被公开披露${p.recipient === null ? "" : `（${p.recipient}）`}。`,
    why: "第十八条：网络运营者不得披露儿童个人信息，但法律、行政法规规定应当披露或者根据与儿童监护人的约定可以披露的除外。",
    mend:
      p.recipient === null
        ? "请保持非公开，只向已登录且有权查看的人提供。"
        : `请保持非公开；法律、行政法规规定或与监护人约定可以披露的，请为 ${p.recipient} 登记一份 role: disclosure 的记录并写明 basis。`,
  }),
};
