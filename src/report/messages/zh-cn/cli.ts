import type { CliWords } from "../cli-words.js";

const rules = (known: readonly string[]): string => `可用的规则有 ${known.join("、")}。`;

export const chineseCli: CliWords = {
  noFolder: (folder) => `文件夹 ${folder} 不存在。请指定项目所在的文件夹。`,
  notAFolder: (folder) => `${folder} 是文件。请指定项目所在的文件夹。`,
  noFile: (option, file) => `文件 ${file} 不存在。请更正 ${option} 所指的文件。`,
  noRule: (word, nearest, known) =>
    `“${word}”不是规则。${nearest === null ? rules(known) : `是否想写“${nearest}”？`}`,
  notWritten: (file, reason) => `${file} 无法写入：${reason}。请指定存在且可写的文件夹中的文件。`,
  noBaseline: (file) => `${file} 不是基线。请用 --baseline ${file} --update-baseline 写出。`,
  unnamedBaseline: "--update-baseline 写入 --baseline 所指的文件。请加上 --baseline FILE。",
  narrowBaseline: (option) => `--update-baseline 写入全部问题，而 ${option} 只保留一部分。请去掉其中之一。`,
  noFinding: (id) =>
    `没有编号以“${id}”开头的问题。child-privacy audit 会列出编号；若不在此文件夹，请在编号之后写明文件夹。`,
  severalFindings: (id, listed) => `有多个编号以“${id}”开头：\n${listed}`,
  ruleIsNoFinding: (rule, listed) =>
    `${rule} 是规则；explain 按编号说明一个问题。${listed === "" ? `${rule} 在此没有发现问题。` : `它在此发现的问题：\n${listed}`}`,
  init: {
    kept: (path) => `保留  ${path}`,
    written: (path) => `写入  ${path}`,
    configKept: "保留  已有的配置文件",
    eslintKept: (file) => `保留  ${file}；其中须有以下内容：`,
    addAssessments: '添加  assessments: ["compliance/assessments/*.yaml"] 到配置文件，记录才会被读取',
    noRecipient: "没有发现缺少记录的接收方",
    mendFirst: "没有写入任何文件：草稿会缺少无法读取之处的内容。请先更正，再运行 init。",
  },
  phases: {
    read: "正在读取项目",
    annotate: "正在读取标注",
    lower: "正在读取代码",
    solve: "正在追踪儿童个人信息",
    check: "正在判断",
  },
};
