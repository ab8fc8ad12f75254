import type {
  CaptureParameters,
  ForwardParameters,
  GapParameters,
  RecipientParameters,
} from "../../../checks/require-assessment.js";
import type { FindingText } from "../../../contracts/message.js";
import type { CaptureKind } from "../../../contracts/vocabulary.js";
import type { RuleTexts } from "../text-table.js";
import { flawsOf, mendsOf } from "./gap-words.js";
import { listChinese, namesInChinese, wordInChinese } from "./words.js";

function whyOf({ role }: Pick<RecipientParameters, "role">): string {
  if (role === "transfer")
    return "第十七条：网络运营者向第三方转移儿童个人信息的，应当自行或者委托第三方机构进行安全评估。";
  if (role === "disclosure")
    return "第十八条：网络运营者不得披露儿童个人信息，但法律、行政法规规定或者根据与儿童监护人的约定可以披露的除外。";
  return role === "processor"
    ? "第十六条：委托第三方处理儿童个人信息的，应当对受委托方及委托行为等进行安全评估，签署委托协议。"
    : either;
}

const either = "第十六条、第十七条：委托第三方处理或者向第三方转移儿童个人信息的，应当先进行安全评估。";

function whatOf(p: RecipientParameters): string {
  const sealed = p.encryptedBy === null ? "" : `（经 ${p.encryptedBy} 加密）`;
  const whom = p.isKnown ? p.recipient : `代码中无法确定的地址（保存在 ${wordInChinese(p.recipient)}）`;
  return `${namesInChinese(p.fields)}${sealed} 经 ${p.callee} 提供给 ${whom}`;
}

function doubtOf({ encryptedBy, isKnown }: RecipientParameters): string {
  if (!isKnown) return "该地址是否由他人接收，代码没有说明。";
  return encryptedBy === null ? "" : "接收方是否持有密钥，代码没有说明。";
}

function recordOf({ recipient, host, role }: RecipientParameters): string {
  const who = host === null || host === "*" ? `recipient: ${recipient}` : `hosts: ["${host}"]`;
  const rest = role === "transfer" ? "assessed" : "assessed 和 agreement";
  return `${who}、role: ${role ?? "processor（或 transfer）"}、${rest}`;
}

function recordWords({ file, folder }: Pick<RecipientParameters, "file" | "folder">): string {
  return folder === null
    ? `一份记录（在 child-privacy.yaml 中写 assessments: ["compliance/assessments/*.yaml"]，并在该处建立 ${file}）`
    : `${folder}${file}`;
}

const captureWords: Readonly<Record<CaptureKind, string>> = {
  screen: "录制屏幕上的内容",
  usage: "记录人们做了什么、用什么来做",
  errors: "取得程序出错时持有的内容：用户、请求以及变量中的值",
};

function captureText(p: CaptureParameters): FindingText {
  const options = p.options.map((option) => `\`${option}\``);
  const record = p.record === null ? "登记册中没有它的记录" : `它的记录（${p.record}）${flawsOf(p.gaps)}`;
  const avoid = options.length === 0 ? "请勿在有儿童使用之处启动它" : `请设置 ${listChinese(options)}`;
  const register =
    p.record === null
      ? `新建 ${recordWords(p)}，写明 recipient: ${p.recipient}、role: ${p.role ?? "processor"}、assessed${p.role === "transfer" ? "" : " 和 agreement"}`
      : `将${mendsOf(p.gaps)}写入 ${p.record}`;
  return {
    what: `${p.callee} 使 ${p.recipient} 能够${captureWords[p.what]}，而${record}。其中是否有儿童个人信息，代码没有说明。`,
    why: either,
    mend: `${avoid}；或先进行安全评估，并${register}。`,
  };
}

export const requireAssessment: RuleTexts<"require-assessment"> = {
  captures: captureText,
  missing: (p: RecipientParameters): FindingText => ({
    what: `${whatOf(p)}，而登记册中没有其记录。${doubtOf(p)}`,
    why: whyOf(p),
    mend: p.isKnown
      ? `请先进行安全评估，并新建 ${recordWords(p)}，写明 ${recordOf(p)}；或不要发送这些信息。`
      : `请在 child-privacy.yaml 的 firstParty: 中说明该地址属于本方${p.host?.startsWith("env:") === true ? `（"${p.host}"）` : ""}，或在 assessments: 下登记其主机。`,
  }),
  forwards: (p: ForwardParameters): FindingText => ({
    what: `${whatOf(p)}，该方会按照账户的设置将收到的信息再提供给他人，而其记录（${p.record}）没有写明禁止转委托。`,
    why: "第十六条：受委托方不得转委托。",
    mend: `请关闭对儿童个人信息的转发，在委托协议中约定不得转委托，并将 \`agreement.duties.noRedelegation: true\` 写入 ${p.record}。`,
  }),
  gaps: (p: GapParameters): FindingText => ({
    what: `${whatOf(p)}，而其记录（${p.record}）${flawsOf(p.gaps)}。${doubtOf(p)}`,
    why: whyOf(p),
    mend: `必要时重新进行安全评估，并将${mendsOf(p.gaps)}写入 ${p.record}。`,
  }),
};
