import type { CorrectionParameters } from "../../../checks/require-correction-path.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { listChinese, namesInChinese, wordInChinese } from "./words.js";

function nearestWords({ nearest }: CorrectionParameters): string {
  if (nearest === null) return "";
  const { callee, file, line, flaw, from } = nearest;
  const place = `${callee}（${file}:${String(line)}）`;
  if (flaw === "other-columns") return `${place}没有更新该字段。`;
  const whence = from.length > 0 ? `（只从 ${listChinese(from.slice(0, 2).map(wordInChinese))} 到达）` : "";
  return `${place}没有任何用于更正的入口能够到达${whence}。`;
}

export const requireCorrectionPath: RuleTexts<"require-correction-path"> = {
  "no-path": (p: CorrectionParameters): FindingText => ({
    what: `${namesInChinese(p.fields)} 存储在${wordInChinese(p.place)}，${
      p.isCopy ? "别处更正之后，此处仍保留原值" : "而没有任何入口可以在此更正"
    }。${nearestWords(p)}`,
    why: "第十九条：儿童或者其监护人发现网络运营者收集、存储、使用、披露的儿童个人信息有错误的，有权要求予以更正；网络运营者应当及时采取措施予以更正。",
    mend: p.isCopy
      ? "请在更正数据之处重写或移除该副本，或使其在 deletion.expiresWithin 之内到期。"
      : "请从 PUT 或 PATCH 路由、以更新命名的操作，或带 @correctionPath 标记的函数中更新它。",
  }),
};
