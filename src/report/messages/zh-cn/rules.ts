import type { CheckedRule } from "../text-table.js";

/** What each rule looks for, in a line. */
export const chineseRules: Readonly<Record<CheckedRule, string>> = {
  "cannot-tell": "其他规则无法从代码判断的，由人来查看",
  "complete-notice": "对监护人的告知写明全部法定事项，且与代码的实际做法一致",
  "no-child-data-in-logs": "儿童个人信息不写入日志",
  "no-public-disclosure": "儿童个人信息不被公开披露",
  "no-undeclared-purpose": "儿童个人信息只用于其标注所声明的目的",
  "require-access-record": "工作人员读取儿童个人信息有权限、经审批并有记录",
  "no-unused-collection": "所存储的儿童个人信息都被用于某种目的",
  "require-assessment": "接收儿童个人信息者均在安全评估登记册中",
  "require-correction-path": "儿童个人信息及其副本都能在要求更正时被更正",
  "require-deletion-path": "儿童个人信息的每一处存储都能在要求删除时被删除",
  "require-encryption": "儿童个人信息只以加密形式存储",
  "require-guardian-consent": "存储或提供儿童个人信息之前，核实监护人的同意",
  "require-retention-period": "儿童个人信息的存储有期限，且代码遵守该期限",
  "valid-age-threshold": "征得同意或收集之前的年龄判断不遗漏任何不满十四周岁的人",
  "valid-annotation": "标注可被理解：用词已知，且位于有意义之处",
  "valid-setup": "配置、登记册、文件与抑制均无差错",
};
