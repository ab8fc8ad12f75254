/** Consent programs whose markers the contract decides against what happens, or where nobody can see what is kept. */

const otherSubject = "a check about somebody else";
const otherOperation = "a check whose tag names another operation or purpose";

export const notShown: Readonly<Record<string, string>> = {
  "guards/fake-middleware-and-empty.ts": "the finding stands at the guards that ask nobody",
  "guards/first-party-and-partner": "a host of the same legal person",
  "guards/first-processor-with-record": "a processor with a record",
  "guards/first-protected-before-stored.ts": "what is kept is encrypted",
  "guards/subject-child-id.ts": otherSubject,
  "guards/subject-friends-guardian.ts": otherSubject,
  "guards/subject-sender-recipient.ts": otherSubject,
  "guards/subject-siblings-tuple.ts": otherSubject,
  "guards/subject-somebody-inside.ts": otherSubject,
  "guards/lists-asked-by-name.ts": otherSubject,
  "guards/subject-through-helper.ts": otherSubject,
  "guards/tag-collection-is-no-transfer.ts": otherOperation,
  "guards/tag-purposes": otherOperation,
  "guards/tag-transfer-is-no-collection.ts": otherOperation,
  "guards/tag-two-operations.ts": otherOperation,
  "guards/tests-by-absence.ts": "the statement itself asks for consents that are granted",
  "guards/tests-declared-words": "no row of a guardian who refuses holds the words that the answer has",
  "unseen6/bullmq-intake.ts": "a queue that others fill",
  "unseen6/express-layers": "what is kept is written in small letters, which no run tells again",
  "unseen6/express-wrappers.ts":
    "consent is a condition of the query, which the database of a run does not read",
  "unseen6/subjects-and-scopes.ts": otherSubject,
};
