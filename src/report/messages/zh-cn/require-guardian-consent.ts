import type { ConsentParameters, VersionParameters } from "../../../checks/require-guardian-consent.js";
import type { IneffectiveReason, OfferedGuard } from "../../../contracts/flow.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { namesInChinese, wordInChinese } from "./words.js";

const why =
  "第九条：网络运营者收集、使用、转移、披露儿童个人信息的，应当以显著、清晰的方式告知儿童监护人，并征得儿童监护人的同意。";

const reasonWords: Readonly<Record<IneffectiveReason, string>> = {
  "not-awaited": "其 Promise 未被 await",
  "not-tested": "其结果未被判断",
  "by-callback": "它通过回调函数给出结果，而此处没有等待该结果",
  swallowed: "捕获异常处吞掉了错误或丢失了结果",
  outvoted: "它与其他 Promise 一同等待，即使它失败也会继续",
  "too-late": "它在此操作之后才执行",
  "one-branch": "另有分支不经过它而到达此处",
  "other-side": "它回答未同意时也会执行此操作",
  "in-loop": "它位于循环中，该循环可能一次也不执行，或问的不是此处的数据",
  "in-callback": "它位于稍后才会或不会被调用的函数中，而此处没有等待该函数",
  "other-operation": "它标记的是其他操作或目的",
  "other-subject": "它问的是另一个人",
  "other-scope": "它不覆盖此入口",
};

const placedWords: Readonly<Partial<Record<IneffectiveReason, (place: string) => string>>> = {
  swallowed: (place) => `${place} 处捕获异常，吞掉了错误或丢失了结果`,
  "other-scope": (place) => `它只位于 ${place} 之前`,
};

function ineffectiveWords({ ineffective }: ConsentParameters): string {
  const [first] = ineffective;
  if (first === undefined) return "";
  const { name, reason, file, line, place } = first;
  const placed = place === undefined ? undefined : placedWords[reason]?.(place);
  return `${name}（${file}:${String(line)}）没有生效：${placed ?? reasonWords[reason]}。`;
}

const usersNames: Readonly<Record<OfferedGuard["by"], string>> = {
  routes: "个路由",
  entries: "个入口",
  places: "处",
};

function mendOf({ offered, ineffective }: ConsentParameters): string {
  const [first] = ineffective;
  if (first?.reason === "not-awaited") return `请 await ${first.name}，未同意时停止。`;
  if (first?.reason === "not-tested") return `请判断 ${first.name} 的结果，未同意时停止。`;
  if (first?.reason === "by-callback") return `请在 ${first.name} 的回调函数中、确认已同意之后再执行此操作。`;
  if (first?.reason === "swallowed") return `${first.name} 失败时请停止：在处理程序中返回或重新抛出。`;
  if (first?.reason === "too-late") return `请把 ${first.name} 移到此操作之前。`;
  if (first?.reason === "other-side") return `请只在 ${first.name} 确认已同意时执行此操作。`;
  if (first?.reason === "outvoted" || first?.reason === "in-callback")
    return `请在此之前单独 await ${first.name}。`;
  if (offered === null) return "请在此之前核实监护人的同意，所用函数以 @guardianConsent 标记。";
  return offered.uses > 0
    ? `请在此之前核实：${offered.name} 已用于另外 ${String(offered.uses)} ${usersNames[offered.by]}。`
    : `请在此之前核实：${offered.name} 已为此标记。`;
}

function from({ outset, outsetKind, otherOutsets }: ConsentParameters): string {
  const { length } = otherOutsets;
  const name = wordInChinese(outset);
  const others = length === 0 ? "" : `及另外 ${String(length)} 个入口`;
  if (outsetKind === "module") return `运行 ${name} ${others}时`;
  return outsetKind === "handler"
    ? `自 ${name} ${others}起`
    : `自 ${name}（程序中没有任何代码调用它）${others}起`;
}

function doubtOf({ isHostUnknown }: ConsentParameters): string {
  return isHostUnknown ? "该地址是否由他人接收，代码没有说明。" : "";
}

function unguarded(what: (p: ConsentParameters) => string) {
  return (p: ConsentParameters): FindingText => ({
    what: `${from(p)}，${what(p)}，途中没有核实监护人的同意。${ineffectiveWords(p)}${doubtOf(p)}`,
    why,
    mend: mendOf(p),
  });
}

function hollow(what: (p: { readonly name: string }) => string) {
  return (p: { readonly name: string }): FindingText => ({
    what: what(p),
    why,
    mend: "请在其中查询监护人同意的记录，或去掉该标记。",
  });
}

export const requireGuardianConsent: RuleTexts<"require-guardian-consent"> = {
  collection: unguarded(
    (p) => `${namesInChinese(p.fields)} 经 ${p.callee} 被收集到 ${wordInChinese(p.target)}`,
  ),
  reading: unguarded((p) => `${namesInChinese(p.fields)} 经 ${p.callee} 从设备读取`),
  transfer: unguarded(
    (p) => `${namesInChinese(p.fields)} 经 ${p.callee} 被转移给 ${wordInChinese(p.target)}`,
  ),
  disclosure: unguarded((p) => `${namesInChinese(p.fields)} 经 ${p.callee} 被披露`),
  "literal-guard": hollow(({ name }) => `${name} 标记了 @guardianConsent，但无论问的是谁，回答都一样。`),
  "request-guard": hollow(
    ({ name }) => `${name} 标记了 @guardianConsent，但只是复述请求自身的内容：发送者自己就可以声称已同意。`,
  ),
  "unversioned-guard": (p: VersionParameters): FindingText => ({
    what: `${p.name} ${p.asked.length === 0 ? "没有核实监护人同意的是哪一版告知" : `核实的是对第 ${namesInChinese(p.asked)} 版告知的同意`}，而 ${p.effective} 的第 ${p.version} 版变更了所同意的内容。`,
    why: "第十条：告知事项发生实质性变化的，应当再次征得儿童监护人的同意。",
    mend:
      p.asked.length === 0
        ? "请随每次同意保存告知的版本，并由该守卫比较。"
        : `请让该守卫核实对第 ${p.version} 版的同意，并再次征得监护人的同意。`,
  }),
  withdrawn: (p: ConsentParameters): FindingText => ({
    what: `${from(p)}，${namesInChinese(p.fields)} 经 ${p.callee} 被转移给 ${wordInChinese(p.target)}，而从未核实监护人此后是否撤回同意。`,
    why: "第九条：监护人撤回同意后，此前同意的操作不得继续。",
    mend:
      p.offered === null
        ? "请在该任务中，每次操作之前核实监护人的同意。"
        : `请在该任务中，每次操作之前核实：${p.offered.name} 已为此标记。`,
  }),
};
