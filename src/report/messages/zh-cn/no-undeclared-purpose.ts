import type { PurposeParameters } from "../../../checks/no-undeclared-purpose.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { listChinese, namesInChinese, wordInChinese } from "./words.js";

export const noUndeclaredPurpose: RuleTexts<"no-undeclared-purpose"> = {
  other: (p: PurposeParameters): FindingText => ({
    what: `${namesInChinese(p.fields)} 经 ${p.callee} 以 ${p.purpose} 为目的提供给 ${wordInChinese(p.recipient)}；约定的目的是 ${listChinese(p.agreed)}。`,
    why: "第十四条：使用儿童个人信息不得违反双方约定的目的、范围；确需超出的，应当再次征得儿童监护人的同意。",
    mend: `请在此处不要使用；或就 ${p.purpose} 再次征得监护人同意，并加入 @purpose。`,
  }),
};
