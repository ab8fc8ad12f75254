import type { AgeParameters } from "../../../checks/valid-age-threshold.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";

const why = "第二条：儿童是指不满十四周岁的未成年人，对其中每一个人都需征得监护人同意。";
const keep = "请以“不是儿童”为条件，使非数字不会被当作非儿童：`age >= 14`。";

export const validAgeThreshold: RuleTexts<"valid-age-threshold"> = {
  limit: ({ youngest }: AgeParameters): FindingText => ({
    what: `此判断把年满 ${String(youngest)} 周岁的人当作非儿童，需要监护人同意的操作未经同意便继续进行。`,
    why,
    mend: "请与 14 比较：`age >= 14`，整岁时也可写 `age > 13`。",
  }),
  young: (_: AgeParameters): FindingText => ({
    what: "低于此判断所要求年龄的人，未经监护人同意便继续进行。",
    why,
    mend: "请拒绝他们，或对所有不满十四周岁的人征得监护人同意。",
  }),
  rounding: (_: AgeParameters): FindingText => ({
    what: "所判断的年龄可能大于实际年龄：仍为 13 周岁的人被当作 14 周岁。",
    why,
    mend: "请按周岁计算：未过生日的减一岁。",
  }),
  missing: (_: AgeParameters): FindingText => ({
    what: "年龄缺失或不是数字时，此判断会把对方当作非儿童。",
    why,
    mend: keep,
  }),
  unchecked: (_: AgeParameters): FindingText => ({
    what: "所判断的年龄若不是数字，会被当作非儿童。",
    why,
    mend: keep,
  }),
  unread: (_: AgeParameters): FindingText => ({
    what: "此判断的年龄界限设在代码之外：若低于 14，儿童会被当作非儿童。",
    why,
    mend: "请把界限写在代码中，或为该设置限定下限：`Math.max(14, limit)`。",
  }),
  assumed: (_: AgeParameters): FindingText => ({
    what: "在到达此判断的某些路径上，年龄是代码中写定的数字，凡经由该路径的人都会被当作非儿童。",
    why,
    mend: "请在每条路径上询问年龄，或在无人说明年龄之处征得监护人同意。",
  }),
};
