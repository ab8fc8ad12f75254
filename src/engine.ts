/**
 * The one door of the engine. It reads from top to bottom: config, project, annotations, graphs (made when the
 * solver asks for them), flows, checks. `analyse` serves the audit and `analyseProgram` lint; both run the same
 * steps over the same world, so they find the same.
 */
import { type AnnotationInput, readAnnotations } from "./annotations/read-annotations.js";
import { createResolver } from "./annotations/create-resolver.js";
import { dayOf, type Day } from "./base/day.js";
import { hashParts } from "./base/hash.js";
import type { FilePath } from "./base/keys.js";
import { Stopwatch } from "./base/stopwatch.js";
import { checks } from "./checks/index.js";
import { auditedAnnotations, auditedDeletions, auditedFlows, auditedUses } from "./checks/audited.js";
import type { CodeFacts, Facts } from "./checks/facts.js";
import { consentPolicy } from "./checks/consent-policy.js";
import { leftOutOf } from "./checks/left-out.js";
import { rateFindings, type Verdicts } from "./checks/rate.js";
import { directiveWord, readSuppressions } from "./checks/suppression.js";
import { rolesUnder } from "./config/config-roles.js";
import type { ConfigSet } from "./config/find-config.js";
import { phases, type Analysis, type Phase } from "./contracts/analysis.js";
import type { DocumentProblem } from "./contracts/document-problem.js";
import type { Finding } from "./contracts/finding.js";
import type { FileGraph } from "./contracts/file-graph.js";
import type { RuleId } from "./contracts/obligation.js";
import type { ProjectFile } from "./contracts/project.js";
import type { Register } from "./contracts/register.js";
import type { Suppression } from "./contracts/suppression.js";
import { fileBlindSpots } from "./flow/tabulation/file-blind-spots.js";
import { solve } from "./flow/solve.js";
import { lowerFile } from "./lower/lower-file.js";
import { createCatalogue, type Catalogue } from "./models/catalogue.js";
import { asShown, type ShowingFile } from "./models/engines-shown.js";
import type { Companies } from "./contracts/company.js";
import { createCompanies } from "./models/companies.js";
import { moduleOfPackage } from "./models/module-name.js";
import { consentModels } from "./models/consent-functions.js";
import { readUserModels } from "./models/user-models.js";
import { readBuiltInModels } from "./project/catalogue-files.js";
import { declaredVersions } from "./project/declared-versions.js";
import { readFolder } from "./project/folder.js";
import { openLintProject } from "./project/open-lint-project.js";
import { openProject } from "./project/open-project.js";
import type { FileSelection, Project } from "./project/project.js";
import { readComments } from "./project/read-comments.js";
import type { Program, TypeScript } from "./project/typescript-instance.js";
import { readSetupFiles, type SetupFiles } from "./project/setup-files.js";
import { readRegister } from "./register/register.js";

export { findRoot } from "./project/find-root.js";
export { readModels, type KnownModels } from "./project/known-models.js";
export { layOutBase, type GitFault } from "./project/git-base.js";
export { readPrefix, readRevision } from "./project/git-revision.js";
export type { Program } from "./project/typescript-instance.js";
export { loadTypeScript } from "./project/load-typescript.js";

export interface AnalyseRequest {
  /** Absolute path of the folder to analyse. */
  readonly root: string;
  /** tsconfigs to use instead of those found; relative to the root or absolute. */
  readonly tsconfigs?: readonly string[] | undefined;
  /** Absolute path of a config to use instead of those found. */
  readonly config?: string | undefined;
  readonly includeTests?: boolean | undefined;
  /** Only findings of these rules; `cannot-tell` stands for what is possible of any. */
  readonly rules?: readonly RuleId[] | undefined;
  /** The day that suppressions and records are judged by. */
  readonly today?: Day | undefined;
  /** Told at the start of each phase. */
  readonly onPhase?: ((phase: Phase) => void) | undefined;
}

/** Lint hands in the program that typed linting has made anyway, and the compiler that made it. */
export interface ProgramRequest extends AnalyseRequest {
  readonly ts: TypeScript;
  readonly program: Program;
}

/** Analyses a folder. Throws only for defects of its own; whatever the folder holds has a result. */
export function analyse(request: AnalyseRequest): Analysis {
  const setup = prepare(request);
  const { root, tsconfigs } = request;
  return examine(openProject({ root, tsconfigs, ...selectionOf(setup.configs, request) }), setup);
}

/** Analyses the folder that a program belongs to, with the texts that the program has. */
export function analyseProgram(request: ProgramRequest): Analysis {
  const setup = prepare(request);
  const { ts, program, root, tsconfigs, rules } = request;
  const project = openLintProject({ ts, program, root, tsconfigs, ...selectionOf(setup.configs, request) });
  let analyses = lintAnalyses.get(project);
  if (analyses === undefined) lintAnalyses.set(project, (analyses = new Map<string, Analysis>()));
  const key = JSON.stringify([digestsOf(setup), setup.problems, setup.today, rules]);
  const analysis = analyses.get(key) ?? examine(project, setup);
  analyses.set(key, analysis);
  return analysis;
}

/** Programs whose texts are the same are one project: a workspace linted config by config is analysed once. */
const lintAnalyses = new WeakMap<Project, Map<string, Analysis>>();

/** What is known before the code is opened. */
interface Setup extends Omit<SetupFiles, "problems"> {
  readonly request: AnalyseRequest;
  readonly clock: Stopwatch<Phase>;
  readonly catalogue: Catalogue;
  readonly register: Register;
  readonly companies: Companies;
  /** Of configs, models and the register. */
  readonly problems: readonly DocumentProblem[];
  readonly today: Day;
}

function prepare(request: AnalyseRequest): Setup {
  const clock = new Stopwatch(phases, request.onPhase);
  clock.start("read");
  const folder = readFolder(request.root);
  const files = readSetupFiles(request.root, folder.paths, request.config ?? null);
  const { models, problems } = readUserModels(files.configs.configs);
  const register = readRegister(files.assessments, files.notices);
  const catalogue = catalogueWith(
    [...models, ...consentModels(files.configs.configs)],
    declaredVersions(folder),
  );
  return {
    ...files,
    request,
    clock,
    register,
    catalogue,
    companies: createCompanies(catalogue.packages),
    problems: [...files.configs.problems, ...files.problems, ...problems, ...register.problems],
    today: request.today ?? dayOf(new Date()),
  };
}

function examine(project: Project, setup: Setup): Analysis {
  const { clock, configs, register } = setup;
  const all = rolesUnder(configs, project.files);
  const files = all.filter((file) => file.role !== "test");

  clock.start("annotate");
  const annotations = readAnnotations(project, annotationInput(configs));

  const graphs = new Graphs(project, clock);
  const catalogue = asShown(setup.catalogue, graphs.showing(files), project.schemas);
  clock.start("solve");
  const resolver = createResolver(project, annotations);
  const solved = solve({
    files,
    graph: (file) => graphs.of(file),
    resolver,
    annotations,
    catalogue,
    sqlFiles: project.sqlFiles,
    stackFiles: project.stackFiles,
    companies: setup.companies,
    consent: consentPolicy({
      configs,
      register,
      companies: setup.companies,
      annotations,
      today: setup.today,
    }),
  });

  clock.start("check");
  const flows = auditedFlows(solved, files);
  const consent = auditedUses(solved, files);
  const deletions = auditedDeletions(solved, files);
  const verdicts = judge(
    {
      flows,
      ...consent,
      symbolExists: (key) => graphs.all().some((graph) => declares(graph, key)),
      annotations: auditedAnnotations(annotations, files),
      deletions,
      changes: solved.changes,
      uses: solved.uses,
      companiesImported: companiesOf(graphs.all(), catalogue),
    },
    project,
    files,
    setup,
  );
  clock.stop();
  const { unshown, ...found } = verdicts;
  return {
    ...found,
    flows,
    captures: consent.captures,
    judged: {
      staffReads: consent.staffReads.length,
      ageTests: consent.ageTests.length,
      openAnswers: consent.openAnswers.length,
    },
    annotations,
    files,
    leftOut: leftOutOf({ files: all, asked: setup.request.rules, unshown, configs }),
    today: setup.today,
    fields: [...annotations.fields.values()],
    blindSpots: [...solved.blindSpots, ...fileBlindSpots(project.problems, graphs.all())],
    configs: configs.configs,
    deletions,
    changes: solved.changes,
    assessments: register.assessments,
    companies: setup.companies,
    notices: register.notices,
    problems: project.problems,
    isSetupBroken: setup.problems.length > 0,
    digests: digestsOf(setup),
    milliseconds: clock.milliseconds,
    lowered: graphs.size,
    configOf: (file) => configs.configOf(file),
    textOf: textsOf(project, setup),
  };
}

function judge(found: CodeFacts, project: Project, files: readonly ProjectFile[], setup: Setup): Verdicts {
  const { configs, register, companies, today, request } = setup;
  const facts: Facts = {
    ...found,
    register,
    companies,
    documentProblems: setup.problems,
    projectProblems: project.problems,
    suppressions: suppressionsOf(project, files),
    configs: configs.configs,
    today,
    configOf: (file) => configs.configOf(file),
  };
  const findings = checks.flatMap((check) => check.find(facts));
  return rateFindings(
    findings.filter((finding) => isWanted(finding, request.rules)),
    facts,
  );
}

/** File graphs, each made when it is first asked for. */
class Graphs {
  private readonly graphs = new Map<FilePath, FileGraph | undefined>();

  constructor(
    private readonly project: Project,
    private readonly clock: Stopwatch<Phase>,
  ) {}

  get size(): number {
    return this.graphs.size;
  }

  all(): FileGraph[] {
    return [...this.graphs.values()].filter((graph) => graph !== undefined);
  }

  /** Files by their texts, of which a graph may never be made. */
  showing(files: readonly { readonly path: FilePath; readonly text: string }[]): ShowingFile[] {
    return files.map(({ path, text }) => ({ text, graph: () => this.of(path) }));
  }

  of(file: FilePath): FileGraph | undefined {
    if (!this.graphs.has(file))
      this.graphs.set(
        file,
        this.clock.within("lower", () => this.lower(file)),
      );
    return this.graphs.get(file);
  }

  private lower(file: FilePath): FileGraph | undefined {
    const sourceFile = this.project.sourceFile(file);
    return sourceFile === undefined ? undefined : lowerFile(this.project.ts, sourceFile, file);
  }
}

function isWanted({ rule, verdict }: Finding, rules: AnalyseRequest["rules"]): boolean {
  return (
    rules === undefined || rules.includes(rule) || (verdict === "possible" && rules.includes("cannot-tell"))
  );
}

/** Those without user models, by the versions that decide between models. */
const builtIn = new Map<string, Catalogue>();

/** User models come first, so that they hold before the catalogue's. */
function catalogueWith(
  models: ReturnType<typeof consentModels>,
  versions: ReturnType<typeof declaredVersions>,
): Catalogue {
  const shipped = readBuiltInModels();
  const versionOf = (module: string): string | null => versions.get(module) ?? null;
  if (models.length > 0) return createCatalogue([...models, ...shipped], { versionOf });
  // An alias may stand for many packages: `@sentry/*`.
  const deciding = shipped.flatMap((model) =>
    model.versions === null ? [] : [model.module, ...model.aliases].map((name) => nameOfPackage(name)),
  );
  const key = [...versions]
    .filter(([module]) => deciding.some((name) => nameOfPackage(module).startsWith(name)))
    .map(([module, version]) => `${module}@${version ?? ""}`)
    .sort()
    .join();
  let found = builtIn.get(key);
  if (found === undefined) builtIn.set(key, (found = createCatalogue(shipped, { versionOf })));
  return found;
}

/** `npm:pg`, `npm:@sentry/*`, `npm:hapi as server`: what the names that are meant begin with. */
function nameOfPackage(text: string): string {
  return text.replace(/^npm:/u, "").replace(/[*\s].*$/u, "");
}

/** Facts of every config hold in the whole folder. */
function annotationInput({ configs }: ConfigSet): AnnotationInput {
  const first = configs.find((config) => config.consent.functions.length > 0);
  return {
    fields: configs.flatMap((config) => config.fields),
    purposes: configs.flatMap((config) => config.purposes),
    consentFunctions: configs.flatMap((config) => config.consent.functions),
    ...(first?.file == null ? {} : { config: { file: first.file, line: 1, column: 1 } }),
  };
}

/** What the configs say about files; `rolesUnder` adds what nested configs say about theirs. */
function selectionOf(configs: ConfigSet, request: AnalyseRequest): FileSelection {
  const { include, exclude, tests } = configs.configOf("");
  return {
    include: include ?? undefined,
    exclude,
    tests: tests ?? undefined,
    includeTests: request.includeTests,
  };
}

/** Is there a function or class of this name in the file: `src/consent.ts#refuse`, `src/consent.ts#Consent.refuse`? */
function declares({ file, functions, classes, exports }: FileGraph, key: string): boolean {
  const hash = key.lastIndexOf("#");
  const symbol = key.slice(hash + 1);
  return (
    key.slice(0, hash).replace(/^\.\//u, "") === file &&
    (functions.some(({ path }) => path === symbol) ||
      classes.some(({ path }) => path === symbol) ||
      exports.some((each) => each.kind !== "all" && each.name === symbol))
  );
}

/** The companies whose packages the code imports. */
function companiesOf(graphs: readonly FileGraph[], catalogue: Catalogue): Set<string> {
  const specifiers = new Set(graphs.flatMap(({ imports }) => imports.map(({ specifier }) => specifier)));
  return new Set(
    [...specifiers]
      .filter((specifier) => !specifier.startsWith("."))
      .flatMap((specifier) => catalogue.find(moduleOfPackage(specifier)))
      .flatMap(({ company }) => (company === null ? [] : [company.name])),
  );
}

function suppressionsOf(project: Project, files: readonly ProjectFile[]): Suppression[] {
  return files.flatMap(({ path, role }) => {
    const sourceFile = role === "audited" ? project.sourceFile(path) : undefined;
    if (sourceFile === undefined) return [];
    return readSuppressions(readComments(project.ts, sourceFile, path, directiveWord));
  });
}

function digestsOf(setup: Setup): Analysis["digests"] {
  const configs = setup.configs.configs.filter((config) => config.file !== null);
  const register = [...setup.assessments, ...setup.notices];
  return {
    catalogue: catalogueDigest(setup.catalogue),
    config:
      configs.length === 0
        ? null
        : hashParts(configs.flatMap((config) => [config.file ?? "", config.digest])),
    register:
      register.length === 0 ? null : hashParts(register.flatMap((file) => [file.path, file.text ?? ""])),
  };
}

const catalogueDigests = new WeakMap<Catalogue, string>();

function catalogueDigest(catalogue: Catalogue): string {
  let digest = catalogueDigests.get(catalogue);
  if (digest === undefined) {
    catalogueDigests.set(
      catalogue,
      (digest = hashParts(catalogue.packages.map((model) => JSON.stringify(model)))),
    );
  }
  return digest;
}

function textsOf(project: Project, setup: Setup): (file: FilePath) => string | undefined {
  const register = new Map([...setup.assessments, ...setup.notices].map((file) => [file.path, file.text]));
  return (file) => project.file(file)?.text ?? register.get(file);
}
