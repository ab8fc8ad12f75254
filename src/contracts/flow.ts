/** What the solver hands to the checks: flows of a field to a sink, with their trace. */
import type { FilePath } from "../base/keys.js";
import type { Location } from "../base/location.js";
import type { FieldId } from "./annotation.js";
import type { Role } from "./model.js";
import type { CaptureKind, Operation as OperationKind, Purpose, RecipientRole } from "./vocabulary.js";

/** What happened to a value on its way. The first word is the kind; a weak one says why. */
export type Protection =
  | { readonly kind: "raw" }
  | { readonly kind: "encoded"; readonly by: string }
  /** `slow`: as passwords are hashed, so that trying all of a value's possibilities takes long. */
  | { readonly kind: "hashed"; readonly by: string; readonly slow: boolean }
  | { readonly kind: "weak"; readonly by: string; readonly reason: WeakReason }
  | { readonly kind: "encrypted"; readonly by: string }
  /** Keyed hash, password hash, tokenised, or masked by `@redacts`: safe to keep, still child data. */
  | { readonly kind: "pseudonymised"; readonly by: string };

export type WeakReason =
  | "algorithm"
  | "mode"
  | "hard-coded-key"
  /** A key that stands in the code is used where none is set from outside. */
  | "fallback-key"
  | "constant-iv"
  /** Made from what is encrypted. */
  | "derived-iv";

/** A function of the program as a note names it. */
export interface CalledFunction {
  readonly callee: string;
  /** Of one without a name: where it stands, and in which file if not in that of the step. 1-based. */
  readonly line?: number;
  readonly file?: FilePath;
  /** It is what a loop does in each round. */
  readonly isLoop?: true;
}

/** Why nobody can tell what a statement writes: its text is made while it runs, is no SQL, or calls a procedure. */
export type StatementDoubt = "unknown" | "unread" | "procedure";

export type StepNote =
  | { readonly kind: "reads"; readonly field: string }
  | { readonly kind: "holds"; readonly name: string; readonly field: string }
  | { readonly kind: "enters"; readonly field: string }
  | ({ readonly kind: "passed"; readonly parameter: string } & CalledFunction)
  | ({ readonly kind: "returned" } & CalledFunction)
  | { readonly kind: "stored"; readonly place: string }
  | { readonly kind: "loaded"; readonly place: string }
  | { readonly kind: "assigned"; readonly name: string }
  | ({ readonly kind: "captured"; readonly name: string } & CalledFunction)
  | { readonly kind: "thrown" }
  | { readonly kind: "caught" }
  | { readonly kind: "through"; readonly callee: string }
  | { readonly kind: "assumed-through"; readonly callee: string }
  | { readonly kind: "assumed-called"; readonly callee: string }
  | { readonly kind: "assumed-written"; readonly callee: string; readonly doubt: StatementDoubt }
  | { readonly kind: "protected"; readonly by: string; readonly as: Protection["kind"] }
  | { readonly kind: "revealed"; readonly by: string }
  /** On a way past the guard: where it begins, which side of a test it takes, which function it goes into. */
  | { readonly kind: "enters-at"; readonly outset: string }
  | { readonly kind: "assumed-entry"; readonly outset: string }
  | { readonly kind: "assumed-withdrawn"; readonly outset: string }
  | { readonly kind: "takes"; readonly side: "then" | "else" | "body" | "exit" | "handler" }
  | ({ readonly kind: "goes-into" } & CalledFunction)
  | { readonly kind: "sink"; readonly callee: string };

export interface TraceStep {
  readonly location: Location;
  readonly note: StepNote;
}

/** A call (or assignment) that a model gives a meaning to, reached by child data. */
export interface Sink {
  /** `device`: it is read from one, which is an operation of its own; `read`: from a store, by staff. */
  readonly role:
    Extract<Role["kind"], "store" | "sql" | "log" | "disclose" | "http" | "public"> | "device" | "read";
  /** `pg`, `node:fs`, `global`. */
  readonly package: string;
  /** `Client.query`. */
  readonly path: string;
  /** What the client speaks to, as far as that is told: see `Client`. */
  readonly engines?: readonly string[];
  /** As the code names it: `db.query`. */
  readonly callee: string;
  readonly medium: string | null;
  /** Folded target, `*` for what is unknown; null where none can be told. Of a disclosure: what is kept there. */
  readonly target: string | null;
  /** The storage that it lies in, where another package keeps it there: `localStorage` for a persisted state. */
  readonly within?: Pick<Sink, "package" | "path"> | null;
  /** Of what a company keeps: the call of its package that erases it, if there is one. */
  readonly erasedBy?: string | null;
  /** The company: of a disclosure, and of a store that a company keeps. */
  readonly recipient: string | null;
  /** What that company is to the operator, as its model says. */
  readonly recipientRole: RecipientRole | null;
  readonly purpose: Purpose | null;
  /** Of plain HTTP: the host, `*` if it cannot be told, "" for the program's own server. */
  readonly host: string | null;
  /** Of an address that cannot be told: the variable or setting that holds it. */
  readonly addressName: string | null;
  /** Server-side protection that the call asks for, as written, or null. */
  readonly protectedBy: string | null;
  readonly location: Location;
  /** Path of the declaration the sink stands in, for fingerprints. */
  readonly enclosing: string;
}

export interface Flow {
  readonly field: FieldId;
  readonly sink: Sink;
  /** What it is called where it is stored, as written: `displayName` for `GuestUser.name` that is kept there. */
  readonly columns: readonly string[];
  /** Put there by the database, from where it was stored before. */
  readonly isCopy?: true;
  readonly protection: Protection;
  /** From the read or entry to the sink, shortest first found in a deterministic order. */
  readonly trace: readonly TraceStep[];
  /** Other read locations of the same field that reach the same sink. */
  readonly otherSources: readonly Location[];
  /** Steps that were assumed; none: proven. */
  readonly assumptions: readonly StepNote[];
}

/** Where an unguarded way begins. */
export interface Outset {
  /** A handler that a framework calls, a module that is run, a function that nothing calls. */
  readonly kind: "handler" | "module" | "unknown";
  /** `POST /children`, `enrol`, the file of a module. */
  readonly name: string;
  readonly location: Location;
}

/** Why a guard that stands near the way did not take effect. */
export type IneffectiveReason =
  | "not-awaited"
  | "not-tested"
  | "by-callback"
  | "swallowed"
  | "outvoted"
  | "too-late"
  | "one-branch"
  | "other-side"
  | "in-loop"
  | "in-callback"
  | "other-operation"
  | "other-subject"
  | "other-scope";

export interface IneffectiveGuard {
  readonly name: string;
  readonly reason: IneffectiveReason;
  readonly location: Location;
  /** The only addresses that it stands before (`other-scope`), the line at which its error is caught (`swallowed`). */
  readonly place?: string;
}

/** A function that is marked with `@guardianConsent`, where its name stands. */
interface MarkedGuard {
  readonly name: string;
  readonly location: Location;
}

/** One that does not ask to which version of the notice a guardian consented, or always for the same ones. */
export interface UnversionedGuard extends MarkedGuard {
  /** The versions that it asks for. */
  readonly asked: readonly string[];
}

/** One that asks nobody. */
export interface HollowGuard extends MarkedGuard {
  /** It answers with a literal, or with what the request says of itself. */
  readonly by: "literal" | "request";
}

/** A function that is marked with `@encrypts`, and gives back what it is given in a state that does not protect. */
export interface HollowSealer {
  readonly name: string;
  readonly protection: Protection;
  readonly location: Location;
}

/** A use of child data that needs a guardian's consent, reached on a way on which it was not checked. */
/** What the law, the register and the config ask for at a sink. */
export interface ConsentPolicy {
  needsConsent(kind: OperationKind, sink: Sink, field: FieldId): boolean;
  /** Consent may be withdrawn: what runs by itself later has to ask again. */
  mayBeWithdrawn(kind: OperationKind, sink: Sink, field: FieldId): boolean;
}

export interface Operation {
  readonly kind: OperationKind;
  /** It may have been agreed to once; a job does it again and does not ask whether that still holds. */
  readonly isAgain: boolean;
  readonly field: FieldId;
  readonly sink: Sink;
  readonly outset: Outset;
  /** Other places that it is reached from unguarded, by name. */
  readonly otherOutsets: readonly string[];
  /** From where the data is read or enters, over the way that skips the guard, to the operation. */
  readonly trace: readonly TraceStep[];
  readonly assumptions: readonly StepNote[];
  readonly protection: Protection;
  readonly ineffective: readonly IneffectiveGuard[];
  readonly offered: OfferedGuard | null;
}

/** A guard of the program that would do for an operation. */
export interface OfferedGuard {
  readonly name: string;
  /** How many others use it. */
  readonly uses: number;
  /** What is counted: routes, entries of any kind, or where no entry is known to go through it, its calls. */
  readonly by: "routes" | "entries" | "places";
}

/** Why a test of an age lets children pass for others. */
export type AgeFault =
  /** Too low a limit. */
  | "limit"
  /** Those below a least age are taken for others than children. */
  | "young"
  /** The age itself may be told as more than it is. */
  | "rounding"
  /** What is missing or no number comes out as no child. */
  | "missing"
  /** The same, where the type says that there is a number and nothing has looked. */
  | "unchecked"
  /** Its limit is set somewhere else than in code. */
  | "unread"
  /** A number of the code stands for an age, where something else than the age decides so. */
  | "assumed";

/** A test of an age that lets children through to an operation that needs consent. */
export interface AgeTest {
  readonly fault: AgeFault;
  /** The age of the youngest who pass, in years. */
  readonly youngest: number;
  readonly location: Location;
  /** Path of the function that it stands in, for fingerprints. */
  readonly enclosing: string;
}

/** A call that starts an SDK which takes data by itself, without the options that would keep children's out. */
export interface Capture {
  readonly what: CaptureKind;
  readonly recipient: string;
  readonly recipientRole: RecipientRole;
  /** As the code names it: `posthog.init`. */
  readonly callee: string;
  /** Options that would keep it out, as they are written: `autocapture: false`. */
  readonly options: readonly string[];
  readonly location: Location;
  /** Path of the declaration that it stands in, for fingerprints. */
  readonly enclosing: string;
}

export type BlindSpotKind =
  | "unmodelled-package"
  | "dynamic-call"
  | "dynamic-property"
  | "unresolved-callee"
  | "budget"
  | "not-analysed"
  | "parse-error"
  | "unresolved-import";

export interface BlindSpot {
  readonly kind: BlindSpotKind;
  readonly location: Location;
  readonly field: string | null;
  /** What it was: the package, the callee, the file's trouble. */
  readonly subject: string;
  /** How many flows touch it; the ranking. */
  readonly weight: number;
}
