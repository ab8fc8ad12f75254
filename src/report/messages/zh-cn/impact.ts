import type { Uncovered } from "../../../contracts/impact.js";
import type { GitWords, ImpactWords } from "../impact-words.js";
import type { ModelsWords } from "../models-words.js";
import { listChinese, namesInChinese } from "./words.js";

const kinds: Readonly<Record<Uncovered["kind"], string>> = {
  category: "类别",
  store: "存储",
  recipient: "接收方",
  purpose: "目的",
};

function uncovered({ kind, fields, by, why, record }: Uncovered, what: string): string {
  const names = fields.length === 0 ? "" : `（${namesInChinese(fields)}）`;
  if (by === "register") {
    return why === "not-there"
      ? `登记册中没有 ${what}${names} 的记录：请先进行安全评估（第十六条、第十七条）。`
      : `${record ?? "现有记录"} 不包含提供给 ${what} 的内容${names}（第十六条、第十七条）。`;
  }
  return why === "not-there"
    ? `没有任何告知向监护人说明${kinds[kind]} ${what}${names}（第十条）。`
    : `${record ?? "现行告知"} 没有列出${kinds[kind]} ${what}${names}（第十条）。`;
}

export const chineseImpact: ImpactWords = {
  title: "此次变更对儿童个人信息的影响",
  since: (ref, commit) => `对比 ${commit.slice(0, 12)}（此分支离开 ${ref} 之处）。`,
  unchanged: "数据地图、各条款状态和发现的问题均无变化。",
  parts: {
    fields: "字段",
    collections: "从外部收集",
    stores: "存储",
    recipients: "接收方",
    purposes: "目的",
    entries: "删除的入口",
    uncovered: "尚未涵盖",
    notices: "未换版本而修改的告知",
    consent: "监护人同意",
    articles: "条款",
    newFindings: "新的问题",
    goneFindings: "已消失的问题",
  },
  signs: { added: "新增", removed: "消失", changed: "变更" },
  field: (category, purposes, retention) =>
    [
      category,
      ...(purposes.length === 0 ? [] : [`用于 ${listChinese(purposes)}`]),
      ...(retention === null ? [] : [`存储 ${retention}`]),
    ].join("，"),
  holds: (fields, protection) => `${namesInChinese(fields)}，${listChinese(protection)}`,
  gets: (fields) => namesInChinese(fields),
  reaches: (stores, misses) =>
    [
      stores.length === 0 ? "没有删除任何存储" : `删除 ${listChinese(stores)}`,
      ...(misses.length === 0 ? [] : [`遗留 ${listChinese(misses)}`]),
    ].join("；"),
  became: (was, is) => `${was} → ${is}`,
  more: (fields) => `新增 ${namesInChinese(fields)}`,
  fewer: (fields) => `不再有 ${namesInChinese(fields)}`,
  uncovered,
  again: "应当再次征得监护人的同意（第十条、第十四条），因为：",
  notAgain: "此次变更的内容均已在告知中向监护人说明：无需再次征得同意。此次变更另有违反的，见各条文一栏。",
  told: {
    category: (what) => `类别 ${what}`,
    store: (what) => `存储 ${what}`,
    recipient: (what) => `接收方 ${what}`,
    purpose: (what) => `目的 ${what}`,
    retention: (what) => `存储 ${what} 的另一期限`,
  },
  edited: ({ version, effective, changed }, added) =>
    added.length === 0
      ? `自 ${effective} 起生效的第 ${version} 版，其 ${listChinese(changed)} 的内容与此前不同。同意该版的监护人得知的是此前的内容：如果差别对其有影响，请写入带 \`substantive: true\` 的新版本（第十条）。`
      : `自 ${effective} 起生效的第 ${version} 版现增加了${listChinese(added)}。同意该版的监护人未曾得知这些内容（第十条）：请让该版保持原样，将新增内容写入新的版本。`,
  reason: {
    category: (what) => `类别为 ${what} 的信息此前未收集`,
    store: (what) => `新的存储种类：${what}`,
    recipient: (what) => `新的接收方：${what}`,
    purpose: (what) => `新的目的：${what}`,
    retention: (what) => `${what} 的存储期限延长`,
    notice: (what) => `告知的第 ${what} 版自称作了实质性变更`,
    edited: (what) => `告知的第 ${what} 版增加了内容，而监护人此前已同意该版`,
  },
  asked: (version, effective, file) =>
    `告知的第 ${version} 版（${file}）写明变更了所同意的内容，于 ${effective} 生效。`,
  notAsked: "没有新版告知写明这一点：请编写带 `substantive: true` 的新版本，并在发布变更之前据此征得同意。",
};

export const chineseGit: GitWords = {
  "no-git": "没有安装 git，无从对比。请安装 git，或去掉 --since。",
  "no-repository": (folder) => `${folder} 不在 git 仓库中，无从对比。请指定仓库中的文件夹，或去掉 --since。`,
  "no-commit": "此仓库还没有提交，无从对比。请先提交，或去掉 --since。",
  "no-such-ref": (ref) => `git 中没有提交 ${ref}。请指定存在的分支、标签或提交：git branch --all 列出分支。`,
  "no-common-commit": (ref) => `${ref} 与当前检出的内容没有共同的提交。请指定此分支所来自的分支。`,
  unreadable: (ref, reason) => `与 ${ref} 的共同提交无法读取：${reason}。请获取完整的历史及其文件。`,
  shallow:
    "此克隆是浅克隆，该提交可能不在已获取的范围内：请运行 git fetch --unshallow，或在工作流的 checkout 中设 fetch-depth: 0。",
};

export const chineseModels: ModelsWords = {
  paths: (count) => `${String(count)} 条路径`,
  company: (name, role) => `${name}（${role}）`,
  aliases: (names) => `又名 ${names.join("、")}`,
  hosts: (hosts) => `主机 ${hosts.join("、")}`,
  extends: (type, others) => `${type} 具有 ${listChinese(others)} 的成员`,
  roles: { processor: "受委托方，第十六条", transfer: "第三方，第十七条", disclosure: "披露，第十八条" },
  unknown: (name, nearest) =>
    `对 ${name} 一无所知：传入它的数据列在“未能追踪之处”。${nearest === null ? "" : `是否想写“${nearest}”？`}可在 child-privacy.yaml 的 models: 中说明它如何处理数据。`,
  valid: (packages, paths) =>
    packages === 0
      ? "配置中没有自有的模型。"
      : `${String(packages)} 个模型（${String(paths)} 条路径）均可使用。`,
};
