/** Models in their parsed form: what packages, globals and own functions do with data. */
import type { Address, Stretch, Target } from "./address.js";
import type { Condition } from "./condition.js";
import type { Company } from "./company.js";
import type { EncryptRole } from "./encrypt-role.js";
import type { ObjectRole } from "./object-roles.js";
import type { RoutedRole } from "./routed-role.js";
import type { StreamRole } from "./stream-roles.js";
import type { CheckingRole } from "./checking-roles.js";
import type { RouteFact } from "./handler-words.js";
import type { InjectionRole } from "./injection-roles.js";
import type { InputRole } from "./input-role.js";
import type { Extension } from "./extension.js";
import type { HandlesRole } from "./handles-role.js";
import type { LoadsRole } from "./loads-role.js";
import type { SchemaRole, ShapedRole } from "./schema-role.js";
import type { PathSegment } from "./path-segment.js";
import type { QueueRole } from "./queue-roles.js";
import type { Seal } from "./seal.js";
import type { BlankRole, CopiesRole, DeleteRole, EraseRole } from "./erasing-roles.js";
import type { TableRole } from "./table-roles.js";
import type { TextRole } from "./text-roles.js";
import type { CaptureKind, Category, Medium, Operation, Purpose, RecipientRole } from "./vocabulary.js";

export type { Address, AddressRoot, AddressStep, Stretch, Target } from "./address.js";
export type { DemandsRole, ExaminesRole } from "./checking-roles.js";
export type { Condition } from "./condition.js";
export type { PathSegment } from "./path-segment.js";
export type { Continuation, Count, HandlerScope, PathMatch, RouteFact, ToldPlace } from "./handler-words.js";

/** Where a model was written, for errors: file and 1-based line. */
export interface ModelPlace {
  readonly file: string;
  readonly line: number;
}

export type Role =
  | {
      readonly kind: "store";
      readonly medium: Medium;
      readonly data: readonly Address[];
      readonly target: Target | null;
      /** Server-side protection: the option whose presence (with one of `values`, if given) encrypts at rest. */
      readonly protectedBy: readonly {
        readonly address: Address;
        readonly values: readonly string[] | null;
      }[];
      readonly extended?: Extension | null;
      /** Columns that the client itself encrypts. */
      readonly seals?: readonly Seal[];
      /** The storage of another package or of the platform that it lies in: the first of them at which something stands. */
      readonly within?: readonly Address[];
      /** Names of properties that are left out. */
      readonly except?: Address | null;
      /** Entity whose columns the data's properties are (`name0` → Prisma model `Child`). */
      readonly entity: Target | null;
      readonly expires: Address | null;
      /** The written type argument's properties are tables, each by its name. */
      readonly typed?: "row" | "tables";
      /** Those of `data` that are only written where the row was not there before. */
      readonly creates?: readonly Address[];
      /** Those of `data` that are put to what is there, which stays: `$push`, `$inc`. */
      readonly adds?: readonly Address[];
      /** The data is what goes into one column, whose name stands here, in the `part` of the row. */
      readonly column?: Address | null;
      readonly part?: Address | null;
      /** Of related rows in the data only the key is written, unless their property says that they are. */
      readonly flat?: boolean;
      /** Methods that write the object which comes back, where it is handed to one of them. */
      readonly handedTo?: readonly string[];
      /** Methods of parts of the row by which they are taken out of it. */
      readonly takenOutBy?: readonly string[];
      /** The store is a tree, and names in the data may be paths below the target: of these types its root is. */
      readonly below?: readonly string[];
      /** `undefined` under a name takes out what was there; elsewhere it leaves it. */
      readonly unsets?: boolean;
      /** Events before which functions are run that were hooked to the table: what they leave in the row is stored. */
      readonly fires?: readonly string[];
      /** Those that are fired instead where what stands at `rows` (none: the data itself) was read before. */
      readonly changes?: { readonly rows: readonly Address[]; readonly fires: readonly string[] } | null;
      /** Words under a relation in the data by which related rows are deleted, and words that related rows stand below. */
      readonly removes?: {
        readonly words: readonly string[];
        readonly through: readonly string[];
        readonly softened: NonNullable<DeleteRole["softened"]> | null;
      } | null;
      /** As of `delete`. */
      readonly lazy?: boolean;
      readonly sentBy?: readonly string[];
    }
  /** SQL text with its values: what is stored, read or deleted is read from the statement. */
  | {
      readonly kind: "sql";
      readonly medium: Medium;
      readonly text: Address;
      readonly values: Address | null;
      /** Where the rows that the statement reads or returns come out. */
      readonly rows?: Address | null;
      /** Where its only row comes out. */
      readonly row?: Address | null;
      /** It is only run where somebody waits for what the call gives, or hands that on. */
      readonly lazy?: boolean;
      /** What is written with a type argument whose properties are the tables. */
      readonly tables?: Address | null;
    }
  | DeleteRole
  /** What own code is given as its environment: an object whose keys are the names, or one name and its value. */
  | {
      readonly kind: "settings";
      readonly of: Address | null;
      readonly name: Address | null;
      readonly value: Address | null;
    }
  | EraseRole
  | CopiesRole
  | BlankRole
  | {
      readonly kind: "disclose";
      /** Empty: nobody but whom `by` tells. */
      readonly recipient: string;
      readonly purpose: Purpose | null;
      readonly data: readonly Address[];
      /** What the recipient is to the operator; null: as the package's company says. */
      readonly as: RecipientRole | null;
      /** What tells the recipient, if anything there does: an object of a provider's package, a provider's name. */
      readonly by?: readonly Address[];
      /** What the company keeps it as, until it is told to erase that: `contacts`, a list's name. */
      readonly keeps?: Target | null;
      /** The call of the same package that erases it. */
      readonly erasedBy?: string | null;
    }
  | {
      readonly kind: "http";
      /** The first of them at which something stands. */
      readonly url: readonly Address[];
      /** What a relative `url` is relative to: the first of them at which something stands, of the client or its parent. */
      readonly base: readonly Address[];
      /** Options that name the host by itself, without a scheme. */
      readonly host: readonly Address[];
      /** Where it is said how is asked (`POST`), where that is neither the call's name nor an option `method`. */
      readonly method: readonly Address[];
      /** What answers there, as the program tells: if it makes that itself, an address that cannot be told is its own. */
      readonly own: readonly Address[];
      readonly data: readonly Address[];
    }
  | {
      readonly kind: "log";
      readonly data: readonly Address[];
      /** A list of paths that the logger masks (pino's `redact`). */
      readonly except: Address | null;
      /** An object of functions: what is logged under a name is written as its function makes it (`serializers`). */
      readonly through: Address | null;
    }
  | { readonly kind: "public"; readonly data: readonly Address[] }
  | EncryptRole
  /** A function that stands before a call hands on to it what the call stores. */
  | { readonly kind: "resumes"; readonly data: Address }
  /** Bytes of chance, made anew at each call. */
  | { readonly kind: "random"; readonly output: readonly Address[] }
  | { readonly kind: "decrypt"; readonly input: readonly Address[]; readonly output: readonly Address[] }
  | InputRole
  | {
      readonly kind: "consent";
      readonly effect: "tests" | "asserts";
      readonly operations: readonly Operation[];
    }
  | {
      readonly kind: "flow";
      readonly from: readonly Address[];
      readonly to: readonly Address[];
      /** What is withheld where objects are written out does not go along. */ readonly withholds?: boolean;
      /** A class: only the properties that it shows go along. */
      readonly shownBy?: Address | null;
      /** A schema: only the keys that it lets through go along. */
      readonly keptBy?: Address | null;
      /** A list of names: only what stands under these goes along, at every depth. */
      readonly namedBy?: Address | null;
      /** An object of options: only what stands under its keys that are on goes along, or what does not. */
      readonly chosenBy?: Address | null;
      readonly leftBy?: Address | null;
      /** A pattern: only what it takes out (`picks_`) goes along, by itself or under its name (`as_`). */
      readonly pickedBy?: Address | null;
      /** A truth value comes out turned round. */ readonly negated?: boolean;
      /** The elements that move, by their positions, and where the first of them goes. */
      readonly places?: Stretch | null;
    }
  /** The decorated property (of a class: each that is not shown) is left out where objects are written out. */
  | { readonly kind: "withheld" | "shown" }
  /** What handlers give back is written out without what is withheld: of those decorated, or of all. */
  | { readonly kind: "withholds"; readonly scope: "own" | "entries" }
  /** The result carries nothing of the arguments (counts, comparisons, generated values). */
  | { readonly kind: "none" }
  /** Calls a function value it was given, with nothing but what `flow` says. */
  | {
      readonly kind: "calls";
      readonly function: Address;
      readonly entry: boolean;
      /** The entry is part of what registers it (a listener of one connection): what holds there holds in it. */
      readonly inside: boolean;
      /** It is run by itself, later and again: what was agreed to may have been withdrawn since. */
      readonly job: boolean;
      /** Only where something puts a job of its name. */
      readonly asked?: boolean;
      /** Only functions that have it, or whose file has. */
      readonly directive: string | null;
      /** It is not called where what stands there is true. */
      readonly unless: Address | null;
      /** It is called by what stands inside the element and `sends` it, if anything does. */
      readonly sent: boolean;
      /** The word by which somebody asks for it: `erase <id>` of a command line. */
      readonly name?: Address | null;
    }
  /** The element sends the form that it stands in, unless what stands at the address is true. */
  | { readonly kind: "sends"; readonly unless: Address }
  /** What looks at values: a call that only returns where one is truthy, an examination, an object to be asked. */
  | CheckingRole
  /** A point in time: the present, another one, one in a calendar year, or so much later or earlier than one. */
  | {
      readonly kind: "moment";
      readonly of: "now" | Address | null;
      readonly year: Address | null;
      /** Where it is there, month and day are told too. */
      readonly day: Address | null;
      readonly plus: Address | null;
      readonly minus: Address | null;
      readonly unit: TimeUnit | Address;
      readonly output: readonly Address[];
    }
  /** How much time lies between two points, or is in a stretch of time, in whole units or with fractions. */
  | {
      readonly kind: "elapsed";
      readonly of: Address | null;
      /** The unit of a stretch that is told by its length; none stands there: milliseconds, or an object of units. */
      readonly in?: Address | null;
      readonly from: "now" | Address | null;
      readonly to: "now" | Address | null;
      readonly unit: TimeUnit | Address;
      /** `calendar`: of those that have begun since the first one's beginning; `sign`: only which end is the later one. */
      readonly counted: "whole" | "exact" | "calendar" | "sign";
      readonly output: Address;
    }
  /** The calendar year, month or day of a point in time. */
  | {
      readonly kind: "calendar";
      readonly of: Address;
      readonly unit: "year" | "month" | "day";
      readonly output: Address;
    }
  /** Says how two points in time lie to each other. */
  | {
      readonly kind: "compares";
      readonly operator: string;
      readonly left: Address;
      readonly right: "now" | Address;
    }
  | HandlesRole
  /** An object that runs handlers becomes part of another one, whose earlier handlers run before. */
  | {
      readonly kind: "mounts";
      readonly chain: readonly Address[];
      readonly in: Address;
      readonly path: Address | null;
      /** Only requests to the address itself come there, none to what lies below it. */
      readonly whole: boolean;
    }
  | LoadsRole
  /** What is registered on `chain` is registered on `of`, for addresses below the path. */
  | { readonly kind: "prefix"; readonly chain: Address; readonly of: Address; readonly path: Address }
  /** What is read is what the registration of the route tells of the request. */
  | {
      readonly kind: "route";
      readonly fact: RouteFact;
      /** The name of the directive that is asked for. */
      readonly name: Address | null;
    }
  /** The request is answered: by the call itself, or by a handler that returns what comes back. */
  /** Whoever asked gets it as the answer; of a handler, what it gives back (`arg0.result`). */
  | { readonly kind: "responds"; readonly data: readonly Address[] }
  | { readonly kind: "answers"; readonly by: "call" | "return" }
  /** What runs handlers is made of another such thing, and begins with what that runs. */
  | { readonly kind: "derives"; readonly chain: Address; readonly from: Address }
  /** What handlers that are given here reject with comes to nobody: only what they throw at once is an error. */
  | { readonly kind: "escapes"; readonly what: "rejections" }
  | InjectionRole
  /** What the object runs is settled: what is registered on it later is run for nothing. */
  | { readonly kind: "starts"; readonly chain: Address }
  /** What is decorated carries a value under a key; null: under the decorator itself. */
  | { readonly kind: "tags"; readonly key: Address | null; readonly value: Address }
  /** The result is what the first of the things in `of` carries under a key. */
  | { readonly kind: "tagged"; readonly key: Address; readonly of: Address }
  /** What comes back stands for the entry that is run, for its class, or for the address of the request. */
  | { readonly kind: "means"; readonly what: "entry" | "class" | "path" }
  | { readonly kind: "covers"; readonly paths: Address }
  | RoutedRole
  | StreamRole
  | ObjectRole
  /** The result is the function with a callback behind its arguments: what that gets second comes back, first is thrown. */
  | { readonly kind: "promisifies"; readonly function: Address }
  /** Empties what is at the address: later reads do not see what was there. */
  | { readonly kind: "clear"; readonly target: Address; readonly places?: Stretch | null }
  | { readonly kind: "child-data"; readonly output: readonly Address[]; readonly category: Category }
  /** What comes back: a type of this package (`Logger`), of the library (`lib#Array`), or the same as an address. */
  | {
      readonly kind: "type";
      readonly output: Address;
      readonly type: string | Address;
      readonly arguments: readonly Address[];
      /** The object whose properties what is made has, too. */
      readonly inherits?: Address | null;
      /** Not the class at the address, but an object of it that somebody else makes. */
      readonly instance?: boolean;
    }
  | SchemaRole
  /**
   * Calls a function for each property of `from` (at every depth, if `deep`) with its name at `key` and its value at
   * `value`; what it returns stands in the property's place in `to`.
   */
  | {
      readonly kind: "visits";
      readonly from: Address;
      readonly key: Address;
      readonly value: Address;
      readonly to: Address;
      readonly deep: boolean;
    }
  /** The parameter `by` of a function is a copy of what stands at `of`; what the function leaves there goes to `to`. */
  | { readonly kind: "drafts"; readonly of: Address; readonly by: Address; readonly to: Address }
  /** Of what goes to the parameter `by` of a function, only that goes elsewhere too for which the function says yes. */
  | { readonly kind: "selects"; readonly by: Address }
  | ShapedRole
  /** The call may throw the data, or an object that has it under a name. */
  | { readonly kind: "throws"; readonly data: readonly Address[]; readonly as: string | null }
  | TextRole
  | TableRole
  | { readonly kind: "retention"; readonly period: Address; readonly unit: TimeUnit }
  | QueueRole
  /** The job that is put is done so long after. */
  | { readonly kind: "delays"; readonly period: Address; readonly unit: TimeUnit }
  /** Of a call that returns, of what it gives if that is there, or of what it gives as a handler. */
  | {
      readonly kind: "authorize";
      readonly effect: "asserts" | "tests" | "handles";
      readonly unless: readonly (readonly Condition[])[];
    }
  | { readonly kind: "record" }
  /** A handler that lets nobody through. */
  | { readonly kind: "refuses" }
  | {
      readonly kind: "fact";
      readonly fact: string;
      readonly subject: Address | null;
      readonly value: Address | null;
    }
  | {
      readonly kind: "captures";
      readonly recipient: string;
      /** What it takes by itself, for the message. */
      readonly what: CaptureKind;
      /** Options of which one set keeps children's data out, if all of the set hold. */
      readonly unless: readonly (readonly Condition[])[];
    };

export type RoleKind = Role["kind"];

/** Units that stretches of time are told in. */
export type TimeUnit = "year" | "month" | "week" | "day" | "hour" | "minute" | "second" | "millisecond";

export interface PathModel {
  readonly path: readonly PathSegment[];
  /** As written. */
  readonly text: string;
  /** How it is reached: a call (or `new`), a property that is assigned, a JSX element's prop, a decorator, a file convention. */
  readonly form: "call" | "assign" | "read" | "jsx" | "decorator" | "convention" | "type";
  readonly when: readonly Condition[];
  readonly roles: readonly Role[];
  readonly place: ModelPlace;
}

export interface PackageModel {
  /** `npm:pg`, `node:fs`, `global`, `lib`, or `file:src/lib/kv.ts`. */
  readonly module: string;
  /** Other modules that it holds for, and how a path there maps (`firebase/firestore`). */
  readonly aliases: readonly string[];
  /** Semver range of the package, or null for all. */
  readonly versions: string | null;
  readonly company: Company | null;
  readonly paths: readonly PathModel[];
  /** What it speaks to: two clients of one engine may reach the same store. None: that is not told. */
  readonly engines?: readonly string[];
  /** What else it speaks to where the program has such an option, name, import or setting: `type: "mongodb"`. */
  readonly enginesShown?: readonly { readonly engine: string; readonly by: string }[];
  /** Types of it whose members meet columns as they lie in the database, past what definitions make of them. */
  readonly direct?: readonly string[];
  /** Types of it whose members have done it when they return. */
  readonly synchronous?: readonly string[];
  /** Types whose members are also those of other types: `Buffer` → `lib#Uint8Array`, `Pool` → `Client`. */
  readonly extends?: Readonly<Record<string, readonly string[]>>;
  readonly place: ModelPlace;
}
