import type { LogParameters } from "../../../checks/no-child-data-in-logs.js";
import type { WeakReason } from "../../../contracts/flow.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { namesInChinese } from "./words.js";

const why =
  "日志以明文存储，能看到的人超出应当知悉的范围（第十三条：加密存储；第十五条：最小授权，控制儿童个人信息知悉范围）。";
const leaveOut = "请勿写入，或只记录与儿童无关的编号；确需追踪时，用带 @redacts 标记的函数脱敏。";

function logged(how: (p: LogParameters) => string, mend = leaveOut) {
  return (p: LogParameters): FindingText => ({
    what: `${namesInChinese(p.fields)} 经 ${p.callee} 写入日志${how(p)}。`,
    why,
    mend,
  });
}

const weakWords: Readonly<Record<WeakReason, string>> = {
  algorithm: "使用了已被攻破的算法",
  mode: "使用了会暴露规律的模式",
  "hard-coded-key": "密钥写在代码里",
  "fallback-key": "未从外部设置时使用写在代码里的密钥",
  "constant-iv": "每次使用同一个 IV",
  "derived-iv": "IV 由数据自身得出",
};

export const noChildDataInLogs: RuleTexts<"no-child-data-in-logs"> = {
  raw: logged(() => ""),
  encoded: logged((p) => `，仅经编码（${p.by}），任何人都能还原`),
  hashed: logged(
    (p) => `，仅经无密钥哈希（${p.by}）：手机号、姓名等可猜测的值能通过逐一尝试还原`,
    "请勿写入，或使用带密钥的 HMAC。",
  ),
  weak: (p: LogParameters & { readonly reason: WeakReason }) =>
    logged(
      (inner) => `，虽经加密（${inner.by}）但${weakWords[p.reason]}`,
      "请勿写入，或用 AES-256-GCM、密钥管理服务中的密钥和新的随机 IV 加密。",
    )(p),
};
