import { describe, expect, test } from "vitest";
import { impactSchema, type ImpactDocument } from "../../src/contracts/impact.js";
import { compareStates, toldOf } from "../../src/report/impact/compare.js";
import { renderImpact, type ImpactFormat } from "../../src/report/impact/render.js";
import { textsOf } from "../../src/report/messages/texts-of.js";
import type { Language } from "../../src/report/messages/text-table.js";
import type { Audit } from "../../src/audit.js";
import { auditFiles, type Files } from "../support/run-code.js";

const notice = (
  version: number,
  effective: string,
  more = "",
  substantive = false,
): string => `version: ${String(version)}
effective: ${effective}
substantive: ${String(substantive)}
purposes: [service${more.includes("marketing") ? ", marketing" : ""}]
categories: [contact${more.includes("health") ? ", health" : ""}]
stores: [{ medium: database, where: Beijing, period: one year }]
recipients: [${more.includes("SendGrid") ? "SendGrid" : ""}]
safeguards: encryption
afterExpiry: erased
consequencesOfRefusal: no letters
refusal: src/refuse.ts#refuse
complaints: a@example.cn
reports: a@example.cn
correction: a@example.cn
deletion: a@example.cn
`;

const first: Files = {
  "child-privacy.yaml":
    'notices: ["notices/*.yaml"]\nassessments: ["register/*.yaml"]\nrules: { valid-setup: off }\n',
  "notices/1.yaml": notice(1, "2026-01-01"),
  "src/refuse.ts": "export function refuse(): void {}\n",
  "src/child.ts": `export interface Child {
  /** @childData contact
   *  @purpose service
   *  @retention 180d */
  email: string;
}
`,
  "src/store.ts": `import { Pool } from "pg";
import type { Child } from "./child.js";

const pool = new Pool();

export async function save(child: Child): Promise<void> {
  await pool.query("INSERT INTO child (email) VALUES ($1)", [child.email]);
}

/** @deletionPath deregistration */
export async function leave(id: string): Promise<void> {
  await pool.query("DELETE FROM child WHERE id = $1", [id]);
}
`,
};

const widened: Files = {
  ...first,
  "src/child.ts": `export interface Child {
  /** @childData contact
   *  @purpose service, marketing
   *  @retention 2y */
  email: string;
  /** @childData health */
  allergies: string;
}
`,
  "src/store.ts": `import sendgrid from "@sendgrid/mail";
import { Redis } from "ioredis";
import { Pool } from "pg";
import type { Child } from "./child.js";

const pool = new Pool();
const redis = new Redis();

export async function save(child: Child): Promise<void> {
  await pool.query("INSERT INTO child (email, allergies) VALUES ($1, $2)", [child.email, child.allergies]);
  await redis.set("child", child.allergies);
  await sendgrid.send({ to: child.email, from: "a@example.cn", subject: "x", text: "x" });
}

/** @deletionPath deregistration */
export async function leave(id: string): Promise<void> {
  await pool.query("DELETE FROM child WHERE id = $1", [id]);
}
`,
};

const since = { ref: "main", commit: "0123456789abcdef" };

function compare(was: Files, is: Files): { was: Audit; is: Audit; impact: ImpactDocument } {
  const [before, after] = [auditFiles(was), auditFiles(is)];
  return { was: before, is: after, impact: compareStates(before, after, since) };
}

function render(was: Files, is: Files, format: ImpactFormat, language: Language = "en"): string {
  const { was: before, is: after, impact } = compare(was, is);
  const texts = textsOf(language);
  const told = {
    added: toldOf(after, impact.findings.added, texts),
    removed: toldOf(before, impact.findings.removed, texts),
  };
  return renderImpact(impact, told, texts, format, { color: false, width: 100 });
}

/** Articles and findings grow with the rules. */
function withoutFindings(text: string): string {
  return text.replace(/^(?:### )?(?:Articles|条款)$[\s\S]*$/mu, "").trimEnd() + "\n";
}

describe("the impact of a change", () => {
  const { impact } = compare(first, widened);

  test("follows its schema", () => {
    expect(impactSchema.safeParse(impact).error).toBeUndefined();
  });

  test("names what is new and what differs", () => {
    expect(impact.fields.added).toMatchObject([{ name: "Child.allergies", category: "health" }]);
    expect(impact.fields.changed).toMatchObject([
      {
        was: { purposes: ["service"], retention: "180d" },
        is: { purposes: ["marketing", "service"], retention: "2y" },
      },
    ]);
    expect(impact.stores.added.map(({ name }) => name)).toEqual(["cache:ioredis/child"]);
    expect(impact.stores.changed[0]?.is.fields).toEqual(["Child.allergies", "Child.email"]);
    expect(impact.recipients.added).toEqual([{ name: "SendGrid", fields: ["Child.email"] }]);
    expect(impact.purposes.added).toContain("marketing");
    expect(impact.entries.changed).toMatchObject([
      { was: { misses: [] }, is: { entry: "leave", misses: ["cache:ioredis/child"] } },
    ]);
  });

  test("the other way round it is gone", () => {
    const back = compare(widened, first).impact;
    expect(back.fields.removed).toEqual(impact.fields.added);
    expect(back.recipients.removed).toEqual(impact.recipients.added);
    expect(back.findings.removed).toEqual(impact.findings.added);
    expect(back.consent).toEqual({ again: false, reasons: [], notice: null });
    expect(back.uncovered).toEqual([]);
  });

  test("says what no notice and no record covers", () => {
    const listed = impact.uncovered.map(({ kind, what, by, why }) => `${by} ${kind} ${what} ${why}`);
    expect(listed).toEqual(
      expect.arrayContaining([
        "notice category health not-listed",
        "notice store cache:ioredis/child not-listed",
        "notice recipient SendGrid not-listed",
        "notice purpose marketing not-listed",
        "register recipient SendGrid not-there",
      ]),
    );
  });

  test("asks for consent again, and says why", () => {
    expect(impact.consent.again).toBe(true);
    expect(impact.consent.notice).toBeNull();
    expect(impact.consent.reasons).toEqual(
      expect.arrayContaining([
        { kind: "category", what: "health" },
        { kind: "store", what: "cache:ioredis/child" },
        { kind: "recipient", what: "SendGrid" },
        { kind: "purpose", what: "marketing" },
        { kind: "retention", what: "Child.email" },
      ]),
    );
  });

  test("a new substantive notice asks; what it lists is covered", () => {
    const told: Files = {
      ...widened,
      "notices/2.yaml": notice(2, "2026-11-01", "health SendGrid marketing", true),
    };
    const { consent, uncovered } = compare(first, told).impact;
    expect(consent.again).toBe(true);
    expect(consent.notice).toEqual({ version: "2", effective: "2026-11-01", file: "notices/2.yaml" });
    expect(uncovered.filter(({ by }) => by === "notice").map(({ what }) => what)).not.toContain("health");
  });

  test("a substantive notice asks, whatever the code does; a first one asks nobody again", () => {
    const told: Files = { ...first, "notices/2.yaml": notice(2, "2026-11-01", "", true) };
    expect(compare(first, told).impact.consent).toMatchObject({
      again: true,
      reasons: [{ kind: "notice", what: "2" }],
      notice: { version: "2" },
    });
    const { "notices/1.yaml": _first, ...untold } = first;
    expect(compare(untold, first).impact.consent.again).toBe(false);
  });

  test("what only moved is neither new nor gone", () => {
    const { "src/store.ts": text = "", ...others } = first;
    const renamed: Files = { ...others, "src/keep.ts": `// moved\n\n${text}` };
    expect(compare(first, renamed).impact.findings).toEqual({ added: [], removed: [] });
  });

  test("what is taken out of one file and put into another is new", () => {
    const leak = "export function tell(child: Child): void {\n  console.log(child.email);\n}\n";
    const { "src/store.ts": text = "", "src/child.ts": child = "" } = first;
    const at = (file: string): Files => ({
      ...first,
      "src/child.ts": file === "src/child.ts" ? child + leak : child,
      "src/store.ts": file === "src/store.ts" ? text + leak : text,
    });
    const { added, removed } = compare(at("src/child.ts"), at("src/store.ts")).impact.findings;
    const isLeak = ({ rule }: { rule: string }): boolean => rule === "no-child-data-in-logs";
    expect(added.filter(isLeak).map(({ location }) => location.file)).toEqual(["src/store.ts"]);
    expect(removed.filter(isLeak).map(({ location }) => location.file)).toEqual(["src/child.ts"]);
    const renamed = at("src/store.ts");
    const { "src/store.ts": whole = "", ...others } = renamed;
    const other = whole.replace("function tell", "function say");
    expect(compare(renamed, { ...others, "src/keep.ts": whole }).impact.findings.added).toEqual([]);
    expect(
      compare(renamed, { ...others, "src/keep.ts": other }).impact.findings.added.map(({ rule }) => rule),
    ).toEqual(["no-child-data-in-logs"]);
  });

  test("what guardians were told of before needs no new consent", () => {
    const told = "health SendGrid marketing";
    const before: Files = { ...first, "notices/1.yaml": notice(1, "2026-01-01", told) };
    const after: Files = { ...widened, "notices/1.yaml": notice(1, "2026-01-01", told) };
    const { reasons } = compare(before, after).impact.consent;
    expect(reasons.map(({ kind }) => kind)).not.toContain("category");
    expect(reasons.map(({ kind }) => kind)).not.toContain("recipient");
  });

  test("another table in the database changes nothing that guardians were told", () => {
    const after: Files = {
      ...first,
      "src/more.ts": `import { Pool } from "pg";\nimport type { Child } from "./child.js";\nconst pool = new Pool();\nexport async function copy(child: Child): Promise<void> {\n  await pool.query("INSERT INTO letters (email) VALUES ($1)", [child.email]);\n}\n`,
    };
    const { stores, consent } = compare(first, after).impact;
    expect(stores.added.map(({ name }) => name)).toEqual(["database:pg/letters"]);
    expect(consent.again).toBe(false);
  });

  test("tells which articles change status", () => {
    const moved = impact.articles.map(({ article, was, is }) => `${String(article)} ${was} ${is}`);
    expect(moved.some((line) => line.endsWith(" violated"))).toBe(true);
  });
});

describe("a notice in effect that is changed in place", () => {
  const edit = (from: string, to: string, files: Files = first): Files => ({
    ...files,
    "notices/1.yaml": (files["notices/1.yaml"] ?? "").replace(from, to),
  });

  test.for([
    ["recipients: []", "recipients: [SendGrid]", "recipient", "SendGrid"],
    ["purposes: [service]", "purposes: [profiling, service]", "purpose", "profiling"],
    ["categories: [contact]", "categories: [contact, health]", "category", "health"],
    ["stores: [", "stores: [{ medium: cache }, ", "store", "cache"],
    ["where: Beijing", "where: Shanghai", "store", "database (Shanghai)"],
    ["period: one year", "period: ten years", "retention", "database (Beijing)"],
  ] as const)("asks again for what was added: %s → %s", ([from, to, kind, what]) => {
    const { impact: found } = compare(first, edit(from, to));
    expect(found.notices).toMatchObject([{ file: "notices/1.yaml", version: "1", added: [{ kind, what }] }]);
    expect(found.consent).toEqual({ again: true, reasons: [{ kind: "edited", what: "1" }], notice: null });
  });

  test.for([
    ["safeguards: encryption", "safeguards: a locked door", ["safeguards"]],
    ["effective: 2026-01-01", "effective: 2026-02-01", ["effective"]],
    ["purposes: [service]", "purposes: []", ["purposes"]],
    ["period: one year", "period: one  year", ["stores"]],
  ] as const)("is told where nothing was added: %s → %s", ([from, to, changed]) => {
    const { impact: found } = compare(first, edit(from, to));
    expect(found.notices).toMatchObject([{ added: [], changed }]);
    expect(found.consent.again).toBe(false);
    const text = render(first, edit(from, to), "pretty");
    expect(text).toContain("no longer says the same of");
    expect(text).not.toContain("consent is not asked again");
    expect(text).not.toContain("are as they were");
  });

  test("a shorter period adds nothing, a longer one does", () => {
    const period = (days: string): Files => edit("period: one year", `period: ${days}`);
    expect(compare(period("365d"), period("180d")).impact.notices).toMatchObject([{ added: [] }]);
    expect(compare(period("180d"), period("1y")).impact.consent.again).toBe(true);
  });

  test.for([
    [
      "not before it takes effect",
      edit("2026-01-01", "2027-01-01"),
      "recipients: []",
      "recipients: [SendGrid]",
    ],
    [
      "not for comments, spaces and order",
      edit("[service]", "[service, support]"),
      "[service, support]",
      "[support,  service] # both",
    ],
    ["not for a version of its own", first, "version: 1\n", "version: 2\n"],
  ] as const)("%s", ([, before, from, to]) => {
    expect(compare(before, edit(from, to, before)).impact.notices).toEqual([]);
  });

  test("says the same in every format and language", () => {
    const after = edit("recipients: []", "recipients: [SendGrid]");
    const markdown = render(first, after, "markdown");
    expect(markdown).toContain("### Notices changed in place");
    expect(markdown).toContain("now also tells of the recipient SendGrid");
    expect(markdown).toContain("what was added to version 1 of the notice");
    expect(markdown).not.toContain("consent is not asked again");
    expect(render(first, after, "pretty", "zh-CN")).toContain("现增加了接收方 SendGrid");
    expect(impactSchema.parse(JSON.parse(render(first, after, "json"))).notices).toHaveLength(1);
  });
});

describe("rendered", () => {
  test("for a pull request", async () => {
    await expect(withoutFindings(render(first, widened, "markdown"))).toMatchFileSnapshot(
      "snapshots/impact.md",
    );
  });

  test("for a terminal, in Chinese", async () => {
    await expect(withoutFindings(render(first, widened, "pretty", "zh-CN"))).toMatchFileSnapshot(
      "snapshots/impact-zh-cn.txt",
    );
  });

  test("the same twice, and nothing where nothing changed", () => {
    expect(render(first, widened, "json")).toBe(render(first, widened, "json"));
    expect(render(first, first, "pretty")).toContain("are as they were");
    expect(render(first, first, "markdown")).not.toContain("###");
  });

  test("says a rule once a place", () => {
    const text = render(first, widened, "markdown");
    const places = [...text.matchAll(/`(require-encryption \S+)`/gu)].map((match) => match[1]);
    expect(new Set(places).size).toBe(places.length);
    expect(places.length).toBeGreaterThan(0);
  });
});
