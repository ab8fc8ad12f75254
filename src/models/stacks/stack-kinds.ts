/** What templates of a cloud's stacks call the stores that they make, and where they say that what lies there ends. */
import type { Medium } from "../../contracts/vocabulary.js";

export interface StackKind {
  readonly medium: Medium;
  /** The property that names it; without one the cloud makes up a name. */
  readonly name: string;
  /** A switch that must be on: rows go at the time that an attribute of theirs says. */
  readonly rows: readonly string[] | null;
  /** A list of rules by which objects go. */
  readonly rules: readonly string[] | null;
  /** A switch by which what is deleted stays as an earlier version, and words of the rules by which versions go. */
  readonly versions: { readonly kept: readonly string[]; readonly end: readonly string[] } | null;
}

const table: StackKind = {
  medium: "database",
  name: "TableName",
  rows: ["TimeToLiveSpecification"],
  rules: null,
  versions: null,
};

export const stackKinds: Readonly<Record<string, StackKind>> = {
  "AWS::DynamoDB::Table": table,
  "AWS::DynamoDB::GlobalTable": table,
  "AWS::Serverless::SimpleTable": table,
  "AWS::S3::Bucket": {
    medium: "object-store",
    name: "BucketName",
    rows: null,
    rules: ["LifecycleConfiguration", "Rules"],
    versions: {
      kept: ["VersioningConfiguration", "Status"],
      end: ["NoncurrentVersionExpiration", "NoncurrentVersionExpirationInDays"],
    },
  },
};
