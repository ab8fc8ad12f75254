import type { Gap } from "../../../checks/coverage.js";
import { listChinese } from "./words.js";

const gapWords: {
  readonly [K in Gap["kind"]]: (gap: Extract<Gap, { kind: K }>) => readonly [string, string];
} = {
  role: ({ found, wanted }) => [`登记的角色是 ${found}，而此处是 ${wanted}`, `\`role: ${wanted}\``],
  "not-assessed": () => ["没有写明安全评估的日期", "`assessed: YYYY-MM-DD`"],
  future: ({ day }) => [`写明的安全评估日期 ${day} 尚未到来`, "`assessed:` 及实际评估的日期"],
  expired: ({ day }) => [`已于 ${day} 到期`, "新的安全评估的 `assessed:` 和 `expires:`"],
  unread: ({ keys }) => [
    `的 ${listChinese(keys)} 无法读取`,
    keys.map((key) => `写明的 \`${key}:\``).join("、"),
  ],
  ended: ({ day }) => [`所列委托协议已于 ${day} 终止`, "新的委托协议（不写 `ended:`）"],
  "no-agreement": () => [
    "没有写明委托协议",
    "`agreement:` 及 signed、document、responsibilities、period、nature 和 purpose",
  ],
  "not-signed-yet": ({ day }) => [
    `所列委托协议的签署日期 ${day} 尚未到来`,
    "`agreement.signed:` 及实际签署的日期",
  ],
  agreement: ({ lacks }) => [
    `所列委托协议缺少 ${listChinese(lacks)}`,
    lacks.map((item) => `\`agreement.${item}:\``).join("、"),
  ],
  "no-basis": () => ["没有写明依据", "`basis:` 及所依据的法律，或与监护人的约定"],
  category: ({ wanted }) => [`不包含类别 ${wanted}`, `scope.categories 下的 \`${wanted}\``],
  field: ({ wanted }) => [`不包含 ${wanted}`, `scope.fields 下的 \`${wanted}\``],
  purpose: ({ wanted }) => [`不包含目的 ${wanted}`, `scope.purposes 下的 \`${wanted}\``],
};

type GapWords = (gap: Gap) => readonly [string, string];

export function flawsOf(gaps: readonly Gap[]): string {
  return gaps.map((gap) => (gapWords[gap.kind] as GapWords)(gap)[0]).join("，且");
}

export function mendsOf(gaps: readonly Gap[]): string {
  return gaps.map((gap) => (gapWords[gap.kind] as GapWords)(gap)[1]).join("、");
}
