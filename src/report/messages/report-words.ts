/** The words around the findings, in reports for people who lead: headings, columns, statements. */
import type { ReportDocument } from "../../contracts/report.js";

type Status = ReportDocument["articles"][number]["status"];
type Provenance = ReportDocument["provenance"];

/** What each article asks for, in a line. */
export type ArticleDuties = Readonly<
  Record<
    | (1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15)
    | (16 | 17 | 18 | 19 | 20 | 21 | 22 | 23 | 24 | 25 | 26 | 27 | 28 | 29),
    string
  >
>;

/** Entries × stores. */
export interface MatrixWords {
  readonly title: (entries: number, stores: number) => string;
  /** Behind a store that nothing erases. */
  readonly unerased: string;
  readonly legend: string;
  /** By kind of entry. */
  readonly kinds: Readonly<Record<string, string>>;
  /** What a cell says to who does not see its mark. */
  readonly cells: { readonly reached: string; readonly left: string; readonly none: string };
}

export interface ReportWords {
  readonly title: string;
  /** The law by its name. */
  readonly law: string;
  /** That it is evidence from code and no audit opinion, in full. */
  readonly nature: string;
  readonly skip: string;
  readonly headings: {
    readonly summary: string;
    readonly provenance: string;
    readonly articles: string;
    readonly dataMap: string;
    readonly fields: string;
    readonly stores: string;
    readonly recipients: string;
    readonly collections: string;
    readonly deletion: string;
    readonly findings: string;
    readonly blindSpots: string;
    readonly suppressed: string;
    readonly notExamined: string;
    readonly problems: string;
  };
  readonly counts: {
    readonly errors: (count: number) => string;
    readonly warnings: (count: number) => string;
    readonly places: (count: number) => string;
    readonly files: (count: number) => string;
    readonly lines: (count: number) => string;
    readonly fields: (count: number) => string;
    readonly stores: (count: number) => string;
    readonly recipients: (count: number) => string;
    readonly blindSpots: (count: number) => string;
    readonly suppressed: (count: number) => string;
  };
  readonly columns: {
    readonly article: string;
    readonly duty: string;
    readonly status: string;
    readonly findings: string;
    readonly evidence: string;
    readonly field: string;
    readonly fields: string;
    readonly category: string;
    readonly purposes: string;
    readonly retention: string;
    readonly place: string;
    readonly places: string;
    readonly store: string;
    readonly protection: string;
    readonly declared: string;
    readonly recipient: string;
    readonly entry: string;
    readonly kind: string;
    readonly rule: string;
    readonly what: string;
    readonly reason: string;
    readonly until: string;
    readonly flows: string;
  };
  readonly statuses: Readonly<Record<Status, string>>;
  readonly provenance: Readonly<Record<keyof Provenance, string>>;
  readonly yes: string;
  readonly no: string;
  readonly none: string;
  readonly unknown: string;
  readonly articleName: (article: number) => string;
  readonly articlesOf: (articles: readonly number[]) => string;
  readonly possible: string;
  readonly steps: (count: number) => string;
  readonly showAll: (count: number) => string;
  /** How many are left out here and stand in the JSON report. */
  readonly rest: (count: number) => string;
  readonly nothingFound: string;
  readonly noneOfThem: string;
  readonly noReason: string;
  readonly noEntries: string;
}
