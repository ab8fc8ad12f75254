import type { CalledFunction, StatementDoubt } from "../../../contracts/flow.js";
import type { Judged, TextTable } from "../text-table.js";
import { chineseCli } from "./cli.js";
import { chineseFindings } from "./findings.js";
import { chineseGit, chineseImpact, chineseModels } from "./impact.js";
import { chineseDuties, chineseMatrix, chineseReport } from "./report.js";
import { chineseRules } from "./rules.js";
import { wordInChinese } from "./words.js";

/** Simplified Chinese, in the words of the law. */
export const chinese: TextTable = {
  language: "zh-CN",
  levels: { error: "错误", warn: "警告" },
  rules: chineseRules,
  duties: chineseDuties,
  categories: {
    identity: "身份",
    contact: "联系方式",
    guardian: "监护人",
    family: "家庭",
    location: "位置",
    education: "教育",
    health: "健康",
    biometric: "生物识别",
    media: "影像声音",
    communication: "通信",
    content: "内容",
    credential: "凭证",
    device: "设备",
    account: "账号",
    behaviour: "行为",
    financial: "财产",
    status: "状态",
    belief: "信仰",
    other: "其他",
  },
  matrix: chineseMatrix,
  report: chineseReport,
  impact: chineseImpact,
  git: chineseGit,
  models: chineseModels,
  cli: chineseCli,
  word: wordInChinese,
  findings: chineseFindings,
  steps: {
    reads: ({ field }) => `读取 ${field}`,
    holds: ({ name, field }) => `${name} 持有 ${field}`,
    enters: ({ field }) => `从此处进入，成为 ${field}`,
    passed: ({ parameter, ...to }) => `作为 ${parameter} 传给 ${functionWords(to)}`,
    returned: (by) => `由 ${functionWords(by)} 返回`,
    stored: ({ place }) => `存入 ${place}`,
    loaded: ({ place }) => `从 ${place === "[…]" ? "某个元素" : place} 读出`,
    assigned: ({ name }) => `赋给 ${name}`,
    captured: ({ name, ...by }) => `${name === "" ? "" : `通过 ${name} `}被 ${functionWords(by)} 取得`,
    thrown: () => "被抛出",
    caught: () => "被捕获",
    through: ({ callee }) => `经过 ${callee.replace(/^…\./u, "")}`,
    "assumed-through": ({ callee }) => `假定由 ${callee} 输出（没有模型描述它）`,
    "assumed-called": ({ callee }) => `假定到达交给 ${callee} 的函数（没有模型描述它）`,
    "assumed-written": ({ callee, doubt }) => `假定由 ${callee} 写入（${doubtWords[doubt]}）`,
    protected: ({ by, as }) => `由 ${by} ${protectionWords[as]}`,
    revealed: ({ by }) => `由 ${by} 还原为可读`,
    "enters-at": ({ outset }) => `${wordInChinese(outset)} 由此开始`,
    "assumed-entry": ({ outset }) => `假定经 ${wordInChinese(outset)} 进入（程序中没有任何代码调用它）`,
    "assumed-withdrawn": ({ outset }) => `假定 ${wordInChinese(outset)} 运行时同意已被撤回（它没有核实）`,
    takes: ({ side }) => sideWords[side],
    "goes-into": (to) => `进入 ${functionWords(to)}`,
    sink: ({ callee }) => `到达 ${callee}`,
  },
  protections: {
    raw: "明文",
    encoded: "仅编码",
    hashed: "无密钥哈希",
    weak: "弱加密",
    encrypted: "已加密",
    pseudonymised: "已脱敏",
  },
  blindSpots: {
    "unmodelled-package": (subject) => `传给 ${subject}，没有模型描述它`,
    "dynamic-call": (subject) => `${subject} 调用的是什么，代码中无法确定`,
    "dynamic-property": (subject) => `${subject} 是代码中无法确定的属性`,
    "unresolved-callee": (subject) => `${subject} 无法解析`,
    budget: (subject) => `${subject} 没有追踪到底：路径过多`,
    "not-analysed": (subject) => `未分析：${subject}`,
    "parse-error": (subject) => `未能完整解析：${subject}`,
    "unresolved-import": (subject) => `“${subject}”没有指向任何文件`,
  },
  problems: {
    "no-such-folder": (subject) => ({
      what: `文件夹 ${subject} 不存在。`,
      why: "",
      mend: "请指定项目所在的文件夹。",
    }),
    "empty-folder": () => ({
      what: "文件夹中没有可分析的 TypeScript 或 JavaScript 文件。",
      why: "",
      mend: "请指定源代码所在的文件夹，或更正 include: 和 exclude:。",
    }),
    "no-tsconfig": () => ({
      what: "没有 tsconfig.json。",
      why: "将以默认选项分析全部源文件。",
      mend: "如果它有别的名称，请用 -p 指定。",
    }),
    "broken-tsconfig": (subject) => ({
      what: `此 tsconfig 无法使用：${subject}。`,
      why: "文件将以默认选项分析。",
      mend: "请更正。",
    }),
    "syntax-error": (subject) => ({
      what: `此文件无法解析：${subject}。`,
      why: "该处前后的内容仍会分析。",
      mend: "请更正语法。",
    }),
    "unresolved-import": (subject) => ({
      what: `“${subject}”没有指向任何文件。`,
      why: "它所提供的内容无从得知。",
      mend: "请更正路径，或 tsconfig 的 paths。",
    }),
    "missing-node-modules": () => ({
      what: "依赖没有安装。",
      why: "软件包仍可按名称识别。",
      mend: "无需处理。",
    }),
    "file-too-large": (subject) => ({
      what: `此文件过大，无法分析（${subject}）。`,
      why: "它被视为生成的文件。",
      mend: "请用 exclude: 排除，或拆分该文件。",
    }),
    "file-too-deep": (subject) => ({
      what: `此文件嵌套过深，无法分析（${subject}）。`,
      why: "编译器无法处理。",
      mend: "请用 exclude: 排除，或拆分该文件。",
    }),
    "unreadable-file": (subject) => ({
      what: `此文件无法读取：${subject}。`,
      why: "它被略去。",
      mend: "请更正其权限。",
    }),
    "migration-error": (subject) => ({
      what: `此迁移脚本无法读取：${subject}。`,
      why: "它对数据表的建立或更改无从得知。",
      mend: "请更正。",
    }),
    "schema-error": (subject) => ({
      what: `此模式文件无法读取：${subject}。`,
      why: "此处之后的模型可能缺失。",
      mend: "请更正。",
    }),
  },
  possible: (assumptions) => `此点无法完全确定：数据${assumptions.join("；")}。`,
  also: (what) => `另外：${what}`,
  more: (count) => `此类另有 ${String(count)} 项，见 --format json。`,
  noTypes:
    "child-privacy 的规则需要类型信息，而此文件在没有类型信息的情况下检查。请为其设置 languageOptions.parserOptions.projectService: true（https://typescript-eslint.io/getting-started/typed-linting）。",
  internalError: (message) => `child-privacy 未能分析该项目，没有任何报告：${message}。请反馈此问题。`,
  notExamined: [
    "没有标注、模式注释或 fields: 条目标记的数据（第二十八条：这是工具的局限，绝非豁免）",
    "TypeScript 和 JavaScript 以外的语言",
    "除此文件夹中的代码所述之外的基础设施、数据库，以及在此文件夹之外运行的内容",
    "已安装的软件包、构建产物以及被 git 忽略的文件；软件包的作用由模型得知",
    "所收集的信息是否必要，以及人们在代码之外的做法",
    "配置和登记册所声明的内容是否属实",
  ],
  leftOut: {
    files: {
      exclude: (count, patterns) =>
        `exclude: 排除的 ${String(count)} 个文件（${patterns}）；数据经过它们时仍会追踪，但不报告其中的问题`,
      tests: (count, patterns) =>
        `${String(count)} 个测试文件（${patterns === "" ? "按名称和文件夹识别" : patterns}）；--include-tests 可将其纳入`,
      generated: (count) =>
        `文件开头注明由工具生成的 ${String(count)} 个文件；数据经过它们时仍会追踪，但不报告其中的问题`,
      choice: (count) =>
        `include: 和 tsconfig 均未列入的 ${String(count)} 个文件；数据经过它们时仍会追踪，但不报告其中的问题`,
    },
    unasked: (asked) => `--rule 所指定的规则（${asked}）以外的其他规则所检查的内容`,
    switchedOff: (rule, place, files, of) =>
      `${rule} 所检查的内容${files === of ? "" : `（${String(of)} 个文件中的 ${String(files)} 个）`}：该规则已关闭（${place}）`,
  },
  articles: {
    principles: (violated) =>
      `${violated.length === 0 ? "本条要求的知情同意、目的明确、安全保障、依法利用，见其他各条的情况" : `本条要求由其他各条具体规定，其中第 ${violated.map(String).join("、")} 条已被违反`}；所收集的信息是否必要，代码无法说明。`,
    unmarked: "没有任何标记表明属于儿童的数据不在检查之列：这是工具的局限，绝非豁免。",
    unasked: (rule) => `${rule} 未列入 --rule，因此没有据此作出任何判断。`,
    switchedOff: (rule, files, of) =>
      files === of
        ? `${rule} 已关闭，因此没有据此作出任何判断。`
        : `${rule} 对 ${String(of)} 个文件中的 ${String(files)} 个已关闭，对这些文件没有据此作出任何判断。`,
    unshown: (rule) => `${rule} 有无法确定之处，而显示它的 cannot-tell 已关闭。`,
    undecidable: "代码无法说明此条是否得到遵守。",
    notChecked: "此版本对此条没有检查。",
    noChildData: "文件夹中没有任何内容被标记为儿童个人信息。",
    nothingDeclared: "配置没有为此条声明任何内容。",
    checked: (rule, count, what) => `${rule} 检查了 ${String(count)} ${judgedWords[what]}。`,
    nothingThere: "就已跟踪的标注数据而言，代码中没有本条所涉及的情形。",
    declared: (what) => `已声明，未核实：${what}。`,
    lackingPapers: (keys) => `已查找而未载明：${keys.join("、")}。`,
    blindSpots: (count) => `儿童个人信息有 ${String(count)} 处去向未能追踪。`,
    violated: (rule) => rule,
    silenced: (rule, reason) =>
      `注释压制了 ${rule} 的一项发现${reason === null ? "，未说明理由" : `：${reason}`}。`,
    protected: (field, by) => `${field} 到达时已由 ${by} 保护。`,
    reached: (callee, entry) => `${callee} 可从 ${entry} 到达。`,
    unreadMigrations: (count) =>
      `${String(count)} 条迁移语句无法读取，故删除一行时随之删除的数据并非全部可知。`,
    noShutdown: "没有函数被标记为停止运营的入口（@deletionPath shutdown）。",
    noPurposes: (fields) => `有 ${String(fields)} 个字段流向带有目的的去处，却没有可对照的 @purpose。`,
  },
  headings: {
    steps: "过程",
    stepJoint: "；",
    id: "编号",
    moreBlindSpots: (count) => `… 另有 ${String(count)} 处：--format json`,
    why: "依据",
    mend: "整改",
    sources: "亦读取于",
    moreSteps: (count, id) => `… 另有 ${String(count)} 步：child-privacy explain ${id}`,
    certainty: "存疑",
    log: (client) => `日志（${client}）`,
    sealers: "标记为加密的函数",
    captures: "自行取得信息的组件",
    guards: "监护人同意与年龄",
    erasing: "删除的入口",
    notice: "对监护人的告知",
    annotations: "标注",
    setup: "设置",
    blindSpots: (count) => `未能追踪之处（${String(count)}）`,
    places: (count) => `${String(count)} 处`,
    nothing: (files, fields) =>
      `检查了 ${String(files)} 个文件、${String(fields)} 个标记为儿童个人信息的字段，未发现违反。`,
    noFields:
      "没有任何内容被标记为儿童个人信息，因此没有追踪任何数据。请用 /** @childData 类别 */ 标记属性，或在 child-privacy.yaml 的 fields: 中列出。",
    summary: ({ errors, warnings, places, files }) =>
      `${String(places)} 处共 ${String(errors)} 个错误、${String(warnings)} 个警告（检查了 ${String(files)} 个文件）`,
    suppressed: (count) => `${String(count)} 个问题被注释抑制`,
    known: (count) => `${String(count)} 个问题此前已知，未列出`,
    opinion: "取自代码的证据，不是审计意见。",
    notExamined: "未检查",
  },
};

const doubtWords: { readonly [K in StatementDoubt]: string } = {
  unknown: "语句在运行时才拼成",
  unread: "语句无法作为 SQL 读懂",
  procedure: "调用存储过程",
};

const sideWords = {
  then: "在绕过核实的路径上，此条件成立",
  else: "在绕过核实的路径上，此条件不成立",
  body: "经过循环",
  exit: "循环可能不执行，或已结束",
  handler: "异常在此被捕获，代码继续执行",
} as const;

const protectionWords = {
  raw: "原样保留",
  encoded: "编码",
  hashed: "哈希",
  weak: "弱加密",
  encrypted: "加密",
  pseudonymised: "脱敏或令牌化",
} as const;

function functionWords({ callee, line, file, isLoop }: CalledFunction): string {
  if (line === undefined) return callee;
  return `${file === undefined ? "" : `${file} `}第 ${String(line)} 行的${isLoop === true ? "循环" : "函数"}`;
}

const judgedWords: Readonly<Record<Judged, string>> = {
  flow: "条流向",
  "staff-read": "处工作人员的读取",
  "age-test": "处年龄判断",
};
