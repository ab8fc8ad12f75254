/** The examples of the product's contract are valid, by our parsers and by the published JSON Schemas. */
import { readFileSync } from "node:fs";
import { Ajv2020, type AnySchema } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "../../src/config/parse-config.js";
import { reportSchema } from "../../src/contracts/report.js";
import { readUserModels } from "../../src/models/user-models.js";
import { parseAssessment } from "../../src/register/parse-assessment.js";
import { parseNotice } from "../../src/register/parse-notice.js";
import {
  assessmentExample,
  configExample,
  noticeExample,
  reportExample,
} from "../support/product-examples.js";

/** Errors of a value by a published schema. */
function publishedErrors(name: string, value: unknown): string[] {
  const text = readFileSync(new URL(`../../schema/${name}.json`, import.meta.url), "utf8");
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { date: /^\d{4}-\d{2}-\d{2}$/u } });
  const isValid = ajv.validate(JSON.parse(text) as AnySchema, value);
  return isValid ? [] : (ajv.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ""}`);
}

describe("child-privacy.yaml", () => {
  test("parses without a problem, models included", () => {
    const { config, problems } = parseConfig(configExample, {
      file: "child-privacy.yaml",
      folder: "",
      inside: "",
    });
    expect(problems).toEqual([]);
    expect(readUserModels([config]).problems).toEqual([]);
    expect(config.fields[0]?.purposes).toEqual(["service", "enrolment"]);
    expect(config.officer).not.toBeNull();
  });

  test("matches the published schema", () => {
    expect(publishedErrors("config", parse(configExample))).toEqual([]);
    expect(publishedErrors("config", { feilds: [] })).not.toEqual([]);
  });
});

describe("the register", () => {
  test("an assessment", () => {
    expect(parseAssessment(assessmentExample, "a.yaml").problems).toEqual([]);
    expect(publishedErrors("assessment", parse(assessmentExample))).toEqual([]);
    expect(publishedErrors("assessment", { role: "processor" })).not.toEqual([]);
  });

  test("a notice", () => {
    expect(parseNotice(noticeExample, "n.yaml").problems).toEqual([]);
    expect(publishedErrors("notice", parse(noticeExample))).toEqual([]);
  });
});

test("the report, its placeholders filled", () => {
  expect(reportSchema.safeParse(reportExample).error).toBeUndefined();
  expect(publishedErrors("report", reportExample)).toEqual([]);
});
