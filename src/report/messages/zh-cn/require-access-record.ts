import type { AccessParameters } from "../../../checks/require-access-record.js";
import type { FindingText } from "../../../contracts/message.js";
import type { RuleTexts } from "../text-table.js";
import { namesInChinese } from "./words.js";

const why =
  "第十五条：网络运营者对其工作人员应当以最小授权为原则，严格设定信息访问权限；工作人员访问儿童个人信息的，应当经过儿童个人信息保护负责人或者其授权的管理人员审批，记录访问情况，并采取技术措施，避免违法复制、下载儿童个人信息。";

const signWords: Readonly<Record<AccessParameters["sign"], string>> = {
  marked: "",
  address: "（工作人员的地址）",
  role: "（只有工作人员可进入）",
};

function read(p: AccessParameters, lacks: string): string {
  const { length } = p.otherOutsets;
  const others = length === 0 ? "" : `及另外 ${String(length)} 个入口`;
  return `${namesInChinese(p.fields)} 经 ${p.outset}${signWords[p.sign]}${others}由 ${p.callee} 读取，${lacks}。`;
}

function nearWords({ near }: AccessParameters, what: string): string {
  return near === null ? "" : `${near} 有此标记，但${what}。`;
}

export const requireAccessRecord: RuleTexts<"require-access-record"> = {
  authorization: (p): FindingText => ({
    what: read(p, "此前没有核实该人员的访问权限"),
    why,
    mend: "请在读取之前核实访问者身份及其权限，不允许时返回 401 或 403，或抛出异常。",
  }),
  approval: (p): FindingText => ({
    what: `${read(p, "此前没有经过审批")}${nearWords(p, "有一条路径绕过它，或其结果未被检查")}`,
    why,
    mend: "请在读取之前调用带 @accessApproval 标记的函数，未获批准时停止；已有审批函数的，请加上该标记。",
  }),
  record: (p): FindingText => ({
    what: `${read(p, "且没有记录访问情况")}${nearWords(p, "有一条路径自始至终绕过它")}`,
    why,
    mend: "请在每一条路径上记录何人于何时读取了何人的信息：调用带 @accessRecord 标记的函数；已有记录函数的，请加上该标记。",
  }),
  export: (p): FindingText => ({
    what: read(p, "且一次性交出多名儿童的信息，可供复制或下载"),
    why,
    mend: "请只显示所需内容，逐名查看；确需导出的，请限制其使用，并在抑制注释中写明由谁批准及理由。",
  }),
};
