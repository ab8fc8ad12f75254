import type {
  DeletionParameters,
  EntryParameters,
  KeeperParameters,
} from "../../../checks/require-deletion-path.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { listChinese, namesInChinese, wordInChinese } from "./words.js";

const why =
  "第二十条：儿童或者其监护人要求删除、撤回同意或者通过注销等方式终止使用的，以及超出目的范围或者必要期限的，网络运营者应当及时采取措施予以删除。";

type Flaw = NonNullable<DeletionParameters["nearest"]>["flaw"];

const flawWords: Readonly<Record<Flaw, string>> = {
  soft: "只是隐藏记录（软删除），并未删除",
  archive: "只是归档，并未删除",
  ttl: "只是使其日后到期",
  versions: "会留下其早先的版本",
  uncoupled: "只删除其所属的记录，而将其外键置空",
  uncarried: "只删除其所属的记录，没有级联删除到它",
  unknown: "可能只是隐藏记录：此前有一个未作描述的包介入，无从得知",
  untold: "可能是在请求别的事情：其地址无法从代码得知",
  "never-sent": "只是构造而从未执行（无人等待其结果，也没有发送）",
  dropped: "未被 await，无从得知是否完成",
  swallowed: "失败时不会有人得知",
  "never-run": "从不运行：它所依赖的条件永远不成立",
  unreached: "没有任何用于删除的入口能够到达",
  "shutdown-only": "只在停止运营时才会到达",
  "other-columns": "没有处理该字段",
};

function nearestWords({ nearest }: Pick<DeletionParameters, "nearest">): string {
  if (nearest === null) return "";
  const { callee, file, line, flaw, from, uncalled, heldBack } = nearest;
  const outsets = from
    .slice(0, 2)
    .map((name) =>
      uncalled.includes(name) ? `${wordInChinese(name)}（没有会运行的代码调用它）` : wordInChinese(name),
    );
  const others = flaw === "unreached" && from.length > 0 ? `（只从 ${listChinese(outsets)} 到达）` : "";
  const whence = heldBack === null ? others : `（在 ${heldBack} 处被调用）`;
  return `${callee}（${file}:${String(line)}）${flawWords[flaw]}${whence}。`;
}

function mendAtKeeper({ nearest, store, recipient, erasedBy }: KeeperParameters): string {
  const mended = mendOfCall(nearest);
  if (mended !== null) return mended;
  const how =
    erasedBy === null ? `请通过 ${recipient} 的接口发送删除请求` : `请调用 ${recipient} 软件包的 ${erasedBy}`;
  return `${how}，并从带 @deletionPath 标记的函数或以删除命名的处理程序中调用；法律规定必须保存的，写入 deletion.retainedByLaw（store: "${store}"）。`;
}

function mendOf({ nearest, store }: DeletionParameters): string {
  return (
    mendOfCall(nearest) ??
    `请在带 @deletionPath 标记的函数或以删除命名的处理程序中彻底删除；法律规定必须保存的，写入 deletion.retainedByLaw（store: "${store}"）。`
  );
}

function mendOfCall(nearest: DeletionParameters["nearest"]): string | null {
  if (nearest?.flaw === "unreached")
    return "请在监护人或儿童要求删除的入口处调用它，或用 @deletionPath request 标记该函数。";
  if (nearest?.flaw === "swallowed") return "请让提出请求的人得知失败：继续抛出错误，或者答复信息仍未删除。";
  if (nearest?.flaw === "never-run")
    return "请让它在监护人或儿童要求删除时总能运行，不应由代码中固定的条件阻止。";
  if (nearest?.flaw === "never-sent") return "请 await 该查询，或发送它所在的批次（exec、commit）。";
  if (nearest?.flaw === "uncoupled" || nearest?.flaw === "uncarried")
    return "请把两表之间的外键设为 ON DELETE CASCADE，或在同一事务中先删除这些记录。";
  if (nearest?.flaw === "dropped") return "请 await 它，失败时应当报告失败。";
  return null;
}

const kindWords: Readonly<Record<string, string>> = {
  request: "要求删除",
  withdrawal: "撤回同意",
  deregistration: "注销",
  shutdown: "停止运营",
};

export const requireDeletionPath: RuleTexts<"require-deletion-path"> = {
  "no-path": (p: DeletionParameters): FindingText => ({
    what: `${namesInChinese(p.fields)} 存储在${wordInChinese(p.place)}，而${p.nearest?.flaw === "swallowed" ? "将其从中删除的代码不可靠" : "没有任何代码将其从中删除"}。${nearestWords(p)}`,
    why,
    mend: mendOf(p),
  }),
  "not-asked": (p: KeeperParameters): FindingText => ({
    what: `${p.recipient} 保存着 ${namesInChinese(p.fields)}，而${p.nearest?.flaw === "swallowed" ? "要求其删除的代码不可靠" : "没有任何代码要求其删除"}。${nearestWords(p)}`,
    why,
    mend: mendAtKeeper(p),
  }),
  "entry-misses": (p: EntryParameters): FindingText => ({
    what: `${p.entry} 被标记为“${kindWords[p.kind] ?? p.kind}”的入口，却仍在 ${listChinese(p.stores)} 中留有儿童个人信息${p.forOne.length === 0 ? "" : `（在 ${listChinese(p.forOne)} 中只删除调用时指明的那一个）`}。`,
    why:
      p.kind === "shutdown"
        ? "第二十三条：网络运营者停止运营产品或者服务的，应当删除其持有的儿童个人信息。"
        : why,
    mend: "请在此一并删除这些存储中的信息；法律规定必须保存的，写入 deletion.retainedByLaw。",
  }),
};
