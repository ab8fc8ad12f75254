/** The examples of the product's contract, word for word but for the report's placeholders. */
export const configExample = `
fields:
  - path: "src/models/user.ts#User.birthDate"     # file glob # Type.property, or package#Type.property
    category: identity
    purpose: [service, enrolment]
    retention: 180d
models:                          # the same format as the built-in catalogue (1.4)
  - package: "@acme/kv"          # or a project file: "src/lib/kv.ts"
    paths:
      - path: "KvClient.put"
        store: { data: arg1, target: arg0 }
purposes: [enrolment]                            # adds words to the list of 1.1
assessments: ["compliance/assessments/*.yaml"]
notices: ["compliance/notices/*.yaml"]
firstParty: ["*.acme.cn", "localhost", "env:INTERNAL_API"]   # hosts of the same legal person; an affiliate is a third party
include: ["src/**"]                                # default: the tsconfig's files; without one, all but git-ignored,
exclude: ["**/legacy/**"]                          # node_modules, build output, generated (by header) and vendored code
tests: ["**/*.test.ts"]                            # replaces the default patterns of test files, which are not audited
rules: { require-retention-period: error }         # error | warn | off
consent:
  functions: ["src/consent.ts#requireGuardianConsent"]
  operations: [collection, transfer, disclosure]   # which operations need a consent check in code (this is the default)
stores:                                            # protection that code cannot show; listed in the report as declared, not verified
  - match: "database:prisma/*"                     # medium:client/target
    encryptedAtRest: "RDS KMS, docs/infra.md#keys" # says where the proof is
deletion:
  expiresWithin: 15d                               # a derived copy that expires within this needs no path of its own
  retainedByLaw: [{ store: "database:prisma/invoice", statute: "…", until: 3y }]   # declared, listed in the report
hostedStores: false                                # true (and in \`strict\`): a hosted store's provider needs a record too
officer: { name: "…", contact: "…" }               # Art. 8
specialRules: "https://…"                          # Art. 8: the special rules for children's information
userAgreement: "https://…"                         # Art. 8
emergencyPlan: "docs/incident-plan.md"             # Art. 21
`;

export const assessmentExample = `
recipient: Segment                 # as the catalogue names it; or
hosts: ["api.segment.io"]          # for plain HTTP
role: processor                    # processor (Art. 16) | transfer (Art. 17) | disclosure (Art. 18)
assessed: 2026-03-01
expires: 2027-03-01
assessor: "Privacy team"
scope: { categories: [contact], fields: ["Child.email"], purposes: [notification] }
agreement:                         # required for a processor
  signed: 2026-02-10
  document: contracts/segment.pdf
  responsibilities: "…"
  period: "…"
  nature: "…"
  purpose: "…"
  matters: "…"                     # 处理事项; asked for by \`strict\`, as are the duties of Art. 16:
  duties: { instructions: true, assistsRequests: true, reportsIncidents: true, deletesAtEnd: true, noRedelegation: true }
  ended: 2027-01-31                # an ended agreement covers nothing
basis: ""                          # for a disclosure: the law, or the agreement with guardians
`;

export const noticeExample = `
version: "2026-09"
effective: 2026-09-01
substantive: true
purposes: [service]
categories: [identity]
stores: [{ medium: database, where: Beijing, period: 180d }]
recipients: [Segment]
safeguards: "…"
afterExpiry: "…"
consequencesOfRefusal: "…"
refusal: "src/consent.ts#refuse"
complaints: "…"
reports: "…"
correction: "…"
deletion: "…"
`;

const place = { file: "src/enrol.ts", line: 3, column: 5 };

export const reportExample = {
  version: 1,
  provenance: {
    tool: "1.0.0",
    catalogue: "sha256…",
    commit: "…",
    dirty: false,
    config: "sha256…",
    register: "sha256…",
    command: "…",
    assumeSuggested: false,
    today: "2026-11-24",
  },
  findings: [
    {
      rule: "require-encryption",
      severity: "error",
      verdict: "proven",
      articles: [13],
      message: "…",
      fingerprint: "…",
      location: { file: "src/enrol.ts", line: 10, column: 3, endLine: 10, endColumn: 31 },
      field: { name: "Child.email", category: "contact", declaration: { file: "…", line: 4, column: 3 } },
      sink: { package: "@prisma/client", path: "…", medium: "database", target: "child" },
      trace: [{ file: "…", line: 3, column: 5, note: "reads Child.email" }],
      otherSources: [{ file: "…", line: 9, column: 5 }],
      fix: "…",
    },
  ],
  dataMap: {
    fields: [],
    collections: [],
    stores: [],
    recipients: [],
    flows: [],
    deletion: [{ entry: "…", kind: "withdrawal", reaches: [], misses: [] }],
  },
  blindSpots: [
    { kind: "unmodelled-package", location: place, field: "Child.email", note: "passed to acme-crm" },
  ],
  suppressed: [{ fingerprint: "…", reason: "…", until: "2027-03-01" }],
  articles: [
    { article: 13, status: "violated", findings: 3, evidence: [{ kind: "…", location: place, note: "…" }] },
  ],
  notExamined: ["other languages", "infrastructure", "… what this run did not look at"],
  stats: { files: 0, lines: 0, milliseconds: 0 },
};
