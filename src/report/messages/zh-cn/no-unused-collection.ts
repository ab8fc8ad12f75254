import type { UnusedParameters } from "../../../checks/no-unused-collection.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { namesInChinese, wordInChinese } from "./words.js";

export const noUnusedCollection: RuleTexts<"no-unused-collection"> = {
  unused: (p: UnusedParameters): FindingText => ({
    what: `${namesInChinese(p.fields)} 存储在${wordInChinese(p.place)}（${p.file}:${String(p.line)}），而代码从未将其读取用于任何目的。`,
    why: "第十一条：网络运营者不得收集与其提供的服务无关的儿童个人信息。",
    mend: "请在收集处去掉该项，并删除已存储的内容；如由其他程序使用，应在告知中写明。",
  }),
};
