/** `init` writes what the code shows, keeps what is there, and what it writes can be read. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { audit } from "../../src/audit.js";
import { runInit } from "../../src/cli/run-init.js";
import type { Language } from "../../src/report/messages/text-table.js";
import { withFolder, type Files } from "../support/run-code.js";

const code: Files = {
  "src/club.ts": `import { Analytics } from "@segment/analytics-node";
interface Child {
  /** @childData contact */
  email: string;
  /** @childData education */
  school: string;
}
const analytics = new Analytics({ writeKey: "k" });
export async function joined(child: Child): Promise<void> {
  analytics.track({ event: "joined", properties: { school: child.school } });
  await fetch("https://letters.partner.example/v1", { method: "POST", body: child.email });
  await fetch(\`\${process.env.CRM_URL}/contacts\`, { method: "POST", body: child.email });
  await fetch("/api/children", { method: "POST", body: child.email });
}
`,
};

interface Run {
  readonly status: number;
  readonly printed: string;
  readonly told: string;
}

function init(folder: string, lang: Language = "en"): Run {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const tell = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    const status = runInit(folder, { today: "2026-11-24", lang });
    const [printed, told] = [write, tell].map(({ mock }) =>
      mock.calls.map(([text]) => String(text)).join(""),
    );
    return { status, printed: printed ?? "", told: told ?? "" };
  } finally {
    write.mockRestore();
    tell.mockRestore();
  }
}

describe("init", () => {
  test("writes a config and a draft record for each recipient, and no more", () => {
    withFolder(code, (folder) => {
      const { status, printed } = init(folder);
      expect(status).toBe(0);
      expect([...printed.matchAll(/^written {2}(.*)$/gmu)].map(([, path]) => path).toSorted()).toEqual([
        "child-privacy.yaml",
        "compliance/assessments/crm-url.yaml",
        "compliance/assessments/letters-partner-example.yaml",
        "compliance/assessments/segment.yaml",
        "eslint.config.mjs",
      ]);
      const segment = readFileSync(join(folder, "compliance/assessments/segment.yaml"), "utf8");
      expect(segment).toContain("recipient: Segment");
      expect(segment).toContain("- Child.school");
      expect(segment).not.toContain("Child.email");
      expect(segment).not.toMatch(/^assessed:/mu);
      expect(readFileSync(join(folder, "child-privacy.yaml"), "utf8")).toContain("env:CRM_URL");
    });
  });

  test("and for whoever takes data by itself, whose scope only people know", () => {
    const files = {
      ...code,
      "src/page.ts": 'import LogRocket from "logrocket";\nLogRocket.init("club/page");\n',
    };
    withFolder(files, (folder) => {
      const { status, printed } = init(folder);
      expect(status).toBe(0);
      expect(printed).toContain("compliance/assessments/logrocket.yaml");
      const record = readFileSync(join(folder, "compliance/assessments/logrocket.yaml"), "utf8");
      expect(record).toContain("recipient: LogRocket");
      expect(record).toMatch(/src\/page\.ts:2 \(LogRocket\.init, which takes .* by itself\)/u);
      expect(record).not.toMatch(/^scope:/mu);
    });
  });

  test("and for whoever shows data to everybody, beside what the same company gets as a processor", () => {
    const files = {
      "child-privacy.yaml": 'assessments: ["r/*.yaml"]\n',
      "src/praise.ts": `import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { TwitterApi } from "twitter-api-v2";
interface Child {
  /** @childData identity */
  name: string;
}
export async function praise({ name }: Child): Promise<void> {
  await new TwitterApi("").v2.tweet(name);
  await new S3Client({}).send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: name, ACL: "public-read" }));
}
`,
      "r/amazon-web-services.yaml": "recipient: AWS\nrole: processor\n",
    };
    withFolder(files, (folder) => {
      const { printed } = init(folder);
      expect(printed).toContain("written  r/x.yaml");
      expect(printed).toContain("written  r/amazon-web-services-disclosure.yaml");
      const record = readFileSync(join(folder, "r/x.yaml"), "utf8");
      expect(record).toMatch(/^recipient: X\nrole: disclosure\nbasis: "" # .*\nscope:$/mu);
      expect(record).not.toContain("agreement:");
      const { findings } = audit({ folder, today: "2026-11-24" }).report;
      const told = findings.filter(({ rule }) => rule === "no-public-disclosure");
      expect(told).toHaveLength(2);
      for (const { message } of told) expect(message).toContain("names no basis");
    });
  });

  test("what it writes is read without an error, and covers nothing before it is completed", () => {
    withFolder(code, (folder) => {
      init(folder);
      const { report } = audit({ folder, today: "2026-11-24" });
      expect(
        report.findings.filter(
          ({ rule, message }) => rule === "valid-setup" && !message.includes("Articles 8"),
        ),
      ).toEqual([]);
      const open = report.findings.filter(({ rule }) => rule === "require-assessment");
      expect(open).toHaveLength(3);
      for (const { message } of open) expect(message).toContain("names no day of an assessment");
    });
  });

  test("a completed draft covers", () => {
    withFolder(
      {
        ...code,
        "child-privacy.yaml": 'assessments: ["records/*.yaml"]\n',
        "records/segment.yaml":
          "recipient: segment\nrole: processor\nassessed: 2026-03-01\nexpires: 2027-03-01\nagreement: { signed: 2026-02-10, document: a.pdf, responsibilities: r, period: p, nature: n, purpose: p }\n",
      },
      (folder) => {
        const { printed } = init(folder);
        expect(printed).toContain("kept     the config that is there");
        expect(printed).toContain("written  records/letters-partner-example.yaml");
        expect(printed).not.toContain("records/segment.yaml");
      },
    );
  });

  test("never writes over a file", () => {
    withFolder(
      {
        ...code,
        "eslint.config.js": "export default [];\n",
        "compliance/assessments/segment.yaml": "mine\n",
      },
      (folder) => {
        const { printed } = init(folder);
        expect(readFileSync(join(folder, "compliance/assessments/segment.yaml"), "utf8")).toBe("mine\n");
        expect(printed).toContain("kept     compliance/assessments/segment.yaml");
        expect(printed).toContain("kept     eslint.config.js; it needs these lines:");
        expect(existsSync(join(folder, "eslint.config.mjs"))).toBe(false);
      },
    );
  });

  test.for([
    ["a config that is no YAML", 'firstParty: ["env:CRM_URL"]\nfields: [\n', "child-privacy.yaml:2: "],
    ["a config with a wrong key", 'firstParti: ["env:CRM_URL"]\n', 'Did you mean "firstParty"?'],
    ["a record that cannot be read", 'assessments: ["r/*.yaml"]\n', "r/a.yaml:1: "],
  ] as const)("%s is told, and nothing is drafted beside it", ([, config, said]) => {
    const files = {
      ...code,
      "child-privacy.yaml": config,
      "r/a.yaml": "recipient: *Letters\nrole: processor\n",
    };
    withFolder(files, (folder) => {
      const { status, printed, told } = init(folder);
      expect(status).toBe(2);
      expect(printed).toBe("");
      expect(told).toContain(said);
      expect(told).toContain("Nothing was written");
      expect(existsSync(join(folder, "compliance"))).toBe(false);
      expect(existsSync(join(folder, "eslint.config.mjs"))).toBe(false);
    });
  });

  test("speaks Chinese", () => {
    withFolder({ ...code, "child-privacy.yaml": "hostedStores: true\n" }, (folder) => {
      const { printed } = init(folder, "zh-CN");
      expect(printed).toContain("写入  compliance/assessments/segment.yaml");
      expect(printed).toContain("保留  已有的配置文件");
      expect(printed).not.toMatch(/^(?:written|kept|add) /mu);
    });
  });

  test("a folder that is not there is an error", () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect(runInit("/no/such/folder", { lang: "en" })).toBe(2);
    expect(String(write.mock.calls[0]?.[0])).toContain("There is no folder");
    write.mockRestore();
  });
});
