/** Words that Chinese texts share: lists, names, stores, and what the checks call things that have no name. */

import { shownTarget } from "../../../checks/store-name.js";

/** `甲、乙和丙` */
export function listChinese(words: readonly string[], last = "和"): string {
  if (words.length <= 1) return words.join("");
  const [before, after] = [words.slice(0, -1).join("、"), words.at(-1) ?? ""];
  const [left, right] = [isHan(before.at(-1)) ? "" : " ", isHan(after.at(0)) ? "" : " "];
  return before + left + last + right + after;
}

function isHan(character = ""): boolean {
  return /\p{Script=Han}|[（）“”]/u.test(character);
}

/** Names of fields; the owner is named once for neighbours that share it. */
export function namesInChinese(names: readonly string[]): string {
  const shown = names.length <= 3 ? names : names.slice(0, 2);
  const words = shown.map((name, index) => {
    const owner = ownerOf(name);
    return index > 0 && owner !== "" && owner === ownerOf(shown[index - 1] ?? "")
      ? name.slice(owner.length + 1)
      : name;
  });
  return names.length > shown.length
    ? `${words.join("、")} 等 ${String(names.length)} 项`
    : listChinese(words);
}

function ownerOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(".")));
}

const mediumWords: Readonly<Record<string, string>> = {
  database: "数据库",
  cache: "缓存",
  file: "文件",
  browser: "浏览器存储",
  queue: "消息队列",
  "object-store": "对象存储",
  "search-index": "搜索索引",
};

/** `database` */
export function mediumInChinese(medium: string): string {
  return mediumWords[medium] ?? "存储";
}

/** `数据库（prisma，child）` */
export function storeInChinese(store: {
  readonly medium: string;
  readonly client: string;
  readonly target: string | null;
}): string {
  const target = store.target === null || store.target === "*" ? "" : `，${shownTarget(store)}`;
  return `${mediumInChinese(store.medium)}（${store.client}${target}）`;
}

const fixed: Readonly<Record<string, string>> = {
  "own server": "本方服务器",
  "unknown address": "无法确定的地址",
  "an address": "某个地址",
  "a host that cannot be told": "代码中无法确定的主机",
  "a list": "列表",
  text: "文本",
  "a day such as 2026-03-01": "日期，例如 2026-03-01",
  "file#symbol of the code that honours a refusal": "处理拒绝的代码，写作 file#symbol",
  "a number": "数字",
  "a whole number": "整数",
  "true or false": "true 或 false",
  "a mapping of keys": "键值映射",
  "a list with at least one entry": "至少一项的列表",
  "text that is not empty": "非空文本",
  "a recipient, or hosts": "recipient 或 hosts",
  "a duration such as 15d, 6m, 3y or P180D": "期限，例如 15d、6m、3y 或 P180D",
  "a duration such as 180d or P180D, or until-deregistration":
    "期限，例如 180d、P180D 或 until-deregistration",
  "a duration such as 3y, or a day": "期限，例如 3y，或日期",
  "a file glob or package, # and Type.property: src/user.ts#User.birthDate":
    "文件通配符或包名、# 和 Type.property，例如 src/user.ts#User.birthDate",
  "medium:client/target, such as database:prisma/*; a medium is database, cache, file, browser, queue, object-store or search-index":
    "medium:client/target，例如 database:prisma/*；medium 为 database、cache、file、browser、queue、object-store 或 search-index",
  "a text, number or boolean": "文本、数字或布尔值",
  "a path, or a list of paths": "一条或多条路径",
  "a mapping with `path` and roles": "含 `path` 与角色的映射",
  "a version range": "版本范围",
  "a list of paths": "路径列表",
  "a list of models": "模型列表",
  "a role": "角色",
  "no such file": "没有此文件",
  "it cannot be read": "读取失败",
  "a mapping from addresses to conditions": "从地址到条件的映射",
  "a mapping from facts to properties of parameters": "从事实到参数属性的映射",
  "a mapping from method, path, url, config or kind to a property of a parameter":
    "从 method、path、url、config 或 kind 到参数属性的映射",
  "a mapping from names to lists of texts": "从名称到文本列表的映射",
  "a mapping from names to symbol keys": "从名称到符号键的映射",
  "a mapping from type names to type names": "从类型名到类型名的映射",
  "a number of names": "名称的个数",
  "a regular expression": "正则表达式",
  "a symbol key such as npm:pg#Client": "符号键，例如 npm:pg#Client",
  "a type name or an address": "类型名或地址",
  "a type name": "类型名",
  "addresses, or a mapping from address to values": "地址，或从地址到值的映射",
  "an address such as arg0.data": "地址，例如 arg0.data",
  "an address, or a list of texts and addresses": "地址，或文本与地址的列表",
  "an address, or name": "地址，或 name",
  "the company's name, here or as `company:` of the package": "公司名称，写在此处或包的 `company:`",
  "the company's name as `company:`": "公司名称，写作 `company:`",
  "{ from, to }, or from -> to": "{ from, to }，或 from -> to",
  "a purpose": "目的",
  "a property": "属性",
  "a parameter": "参数",
  "a variable": "变量",
  "an accessor": "访问器",
  "a function": "函数",
  "a method": "方法",
  "a type": "类型",
  "a guard class": "守卫类",
  "a boolean property": "布尔属性",
  "a property of a type that is marked @childData": "带 @childData 标记的类型的属性",
  "the database": "数据库",
  "the cache": "缓存",
  "the file": "文件",
  "the browser's storage": "浏览器存储",
  "the queue": "消息队列",
  "the object store": "对象存储",
  "the search index": "搜索索引",
  "a store": "存储",
};

/** A word that stands where there is no name, in Chinese; names and other texts as they are. */
export function wordInChinese(text: string): string {
  const word = fixed[text];
  if (word !== undefined) return word;
  const [, item] = /^(.*), or a list of it$/su.exec(text) ?? [];
  if (item !== undefined) return `${wordInChinese(item)}，或其列表`;
  const [, keys] = /^a mapping of (.*)$/su.exec(text) ?? [];
  if (keys !== undefined) return `含 ${keys.replaceAll(", ", "、")} 的映射`;
  const place = /^(the [a-z' ]+|a store) \((.*)\)$/u.exec(text);
  const [, medium = "", inner = ""] = place ?? [];
  if (fixed[medium] !== undefined) return `${fixed[medium]}（${inner.replace(", ", "，")}）`;
  const owned = /^the (\S+)'s (\S+)$/u.exec(text);
  if (owned !== null) return `${owned[1] ?? ""} 的 ${owned[2] ?? ""}`;
  return /^the (\S+)$/u.exec(text)?.[1] ?? text;
}
