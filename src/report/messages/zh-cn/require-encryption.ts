import type { SealerParameters, StoreParameters } from "../../../checks/require-encryption.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { namesInChinese, storeInChinese } from "./words.js";

const why = "第十三条：网络运营者应当采取加密等措施存储儿童个人信息，确保信息安全。";

function mendOf(p: StoreParameters): string {
  return p.medium === "browser"
    ? "请将其保存在服务器端，或在此调用之前加密；自有的加密函数请用 @encrypts 标记。"
    : `请在此调用之前加密（自有的加密函数请用 @encrypts 标记），或在 child-privacy.yaml 的 stores: 中说明 ${p.store} 的静态加密由什么保证。`;
}

function unprotected(how: (p: StoreParameters) => string, mend: (p: StoreParameters) => string = mendOf) {
  return (p: StoreParameters): FindingText => ({
    what: `${namesInChinese(p.fields)} 经 ${p.callee} ${how(p)}写入${storeInChinese(p)}。`,
    why,
    mend: mend(p),
  });
}

const keepGuessed = "手机号、出生日期、姓名等可通过逐一尝试还原";
const freshIv = "每个值都应使用新的随机 IV（GCM 用 randomBytes(12)），并与密文一同保存";

export const requireEncryption: RuleTexts<"require-encryption"> = {
  raw: unprotected(() => "以明文"),
  encoded: unprotected((p) => `仅经编码（${p.by}，无需密钥即可还原）后`),
  hashed: unprotected(
    (p) => `仅经无密钥哈希（${p.by}；${keepGuessed}）后`,
    (p) => `请改用带密钥的 HMAC 或令牌，不要使用普通哈希。${mendOf(p)}`,
  ),
  "slowly-hashed": unprotected(
    (p) => `经口令哈希（${p.by}；口令哈希适用于口令，而${keepGuessed}）后`,
    (p) => `请改用带密钥的 HMAC 或令牌，不要使用口令哈希。${mendOf(p)}`,
  ),
  "weak-algorithm": unprotected(
    (p) => `用已被攻破的算法加密（${p.by}）后`,
    () => "请使用 AES-256-GCM 或 ChaCha20-Poly1305。",
  ),
  "weak-mode": unprotected(
    (p) => `用会暴露规律的模式加密（${p.by}）后`,
    () => "请使用 GCM，并为每个值使用新的随机 IV。",
  ),
  "weak-hard-coded-key": unprotected(
    (p) => `用写在代码里的密钥加密（${p.by}；看到代码的人即可读到数据）后`,
    () => "请从密钥管理服务或环境变量取得密钥。",
  ),
  "weak-fallback-key": unprotected(
    (p) => `加密（${p.by}；未从外部设置密钥时使用写在代码里的密钥）后`,
    () => "请去掉默认密钥，未设置密钥时应停止运行。",
  ),
  "weak-derived-iv": unprotected(
    (p) => `用由数据自身得出的 IV 加密（${p.by}；相同的值看起来相同，猜测可被验证）后`,
    () => `${freshIv}；如需查询，请另存带密钥的 HMAC。`,
  ),
  "weak-constant-iv": unprotected(
    (p) => `每次用同一个 IV 加密（${p.by}；相同的值看起来相同，密钥流可被还原）后`,
    () => `${freshIv}。`,
  ),
  "hollow-sealer": (p: SealerParameters): FindingText => ({
    what: `${p.name} 标记了 @encrypts，但返回的内容${sealerWords[p.as]}${p.by === "" ? "" : `（${p.by}）`}。工具仍采信该标记：经过它的数据按已加密处理。`,
    why,
    mend: "请让它真正加密（AES-256-GCM、来自代码之外的密钥、新的随机 IV），或去掉该标记。",
  }),
};

const sealerWords: Readonly<Record<SealerParameters["as"], string>> = {
  raw: "仍是明文",
  encoded: "只经过编码，任何人无需密钥即可还原",
  hashed: "只经过无密钥哈希，可猜测的值能通过逐一尝试还原",
  weak: "所用的加密方式起不到保护作用",
  pseudonymised: "",
  encrypted: "",
};
