/** A record that does not do is told with what it lacks and the line to add, in the words of the role that is needed. */
import { expect, test } from "vitest";
import { audit } from "../../src/audit.js";
import type { Language } from "../../src/report/messages/text-table.js";
import { withFolder, type Files } from "../support/run-code.js";

const code: Files = {
  "child-privacy.yaml": 'assessments: ["r/*.yaml"]\n',
  "src/club.ts": `import { Analytics } from "@segment/analytics-node";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { TwitterApi } from "twitter-api-v2";
interface Child {
  /** @childData identity */
  name: string;
  /** @childData media */
  photo: string;
}
export async function praise({ name, photo }: Child): Promise<void> {
  await new TwitterApi("").v2.tweet(name);
  await new S3Client({}).send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: photo, ACL: "public-read" }));
  new Analytics({ writeKey: "" }).track({ userId: "1", event: "praised", properties: { name } });
}
`,
};

const agreement =
  "agreement: { signed: 2026-01-10, document: a, responsibilities: a, period: a, nature: a, purpose: a }\n";

/** What is said of a place by a rule. */
function said(records: Files, rule: string, callee: string, language: Language = "en"): string {
  return withFolder({ ...code, ...records }, (folder) => {
    const { findings } = audit({ folder, today: "2026-11-24", language }).report;
    return findings
      .filter((each) => each.rule === rule && each.message.includes(callee))
      .map(({ message }) => message)
      .join("\n");
  });
}

test.for([
  ["no basis", "X", "assessed: 2026-01-15\n", "names no basis", "`basis:` with the law"],
  ["an empty basis", "X", 'assessed: 2026-01-15\nbasis: ""\n', "names no basis", "`basis:` with the law"],
  [
    "a day that is over",
    "X",
    "assessed: 2025-01-15\nexpires: 2026-01-15\nbasis: the guardians\n",
    "ran out on 2026-01-15",
    "`expires:` of a new assessment",
  ],
  [
    "another field",
    "X",
    'assessed: 2026-01-15\nbasis: the guardians\nscope: { fields: ["Child.photo"] }\n',
    "does not cover Child.name",
    "`Child.name` under scope.fields",
  ],
] as const)("a disclosure on record with %s", ([, recipient, rest, flaw, line]) => {
  const records = { "r/x.yaml": `recipient: ${recipient}\nrole: disclosure\n${rest}` };
  const message = said(records, "no-public-disclosure", "tweet");
  expect(message).toContain(`and its record (r/x.yaml) ${flaw}`);
  expect(message).toContain(line);
  expect(said(records, "no-public-disclosure", "tweet", "zh-CN")).toContain("而其记录（r/x.yaml）");
});

test("a disclosure on record that does is not told", () => {
  const records = {
    "r/x.yaml": "recipient: X\nrole: disclosure\nassessed: 2026-01-15\nbasis: the guardians\n",
  };
  expect(said(records, "no-public-disclosure", "tweet")).toBe("");
});

test("the record of a processor stays one: what it makes public needs another", () => {
  const records = { "r/aws.yaml": `recipient: AWS\nrole: processor\nassessed: 2026-01-15\n${agreement}` };
  const message = said(records, "no-public-disclosure", "S3Client");
  expect(message).toContain("keep a record of Amazon Web Services with role: disclosure and its basis");
  expect(message).not.toContain("r/aws.yaml");
});

test("a disclosure on record of a processor lacks the role and the agreement, and no basis", () => {
  const records = { "r/a.yaml": 'recipient: Segment\nrole: disclosure\nassessed: 2026-01-15\nbasis: ""\n' };
  const message = said(records, "require-assessment", "track");
  expect(message).toContain("is a record of a disclosure, and this is a processor and names no agreement");
  expect(message).toContain("`role: processor` and `agreement:`");
  expect(message).not.toContain("basis");
});

test("of two records the one of the role that is needed is told, also where it lacks more", () => {
  const records = {
    "r/a.yaml": "recipient: Segment\nrole: disclosure\nassessed: 2026-01-15\nbasis: the guardians\n",
    "r/b.yaml": "recipient: Segment\nrole: processor\nexpires: 2026-01-15\n",
  };
  expect(said(records, "require-assessment", "track")).toContain("its record (r/b.yaml) names no day");
});
