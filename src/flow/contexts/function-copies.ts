/**
 * Functions that are looked at once for each call: makers of closures (`counter()`, `memo(load)`), so that what one
 * call's closures share is not what another call's closures share, makers of classes (mixins), functions that derive a
 * key of a secret (`keyOf(process.env.SECRET)`) or hand it on to one that does, functions that run those of a list
 * (`pipe(a, b)`), generators that are answered (`talk.next(reply)`), and functions that are handed names
 * (`bus.on("saved", …)`, `omit(child, "email")`, `queue.add({ topic: "mail" })`, `container.get(STORE)`), so that what
 * is kept under one name is not found under another; functions that count what they are given (`last(a, b)`), and those
 * that do the same for any table (`upsert(rows: Repository<T>)`). A copy
 * has the same graph and objects, closures, classes and variables of its own. What calls them otherwise than directly
 * meets the original.
 */
import type { Resolver } from "../../contracts/resolver.js";
import type { Catalogue } from "../../models/catalogue.js";
import type { Site } from "../points-to/abstract-value.js";
import { makesClient, makesPassage } from "./client-makers.js";
import { countedRest, countGiven } from "./counted-rests.js";
import { decidingParameters } from "./deciding-parameters.js";
import type { DecidingParameter } from "./deciding-parameters.js";
import { nameGiven } from "./given-names.js";
import type { NamingCall } from "./given-names.js";
import { handedOnNames } from "./handed-on-names.js";
import { GeneralHelpers } from "./general-helpers.js";
import { namesInLiteral } from "./overlays.js";
import { handsOutClass, handsOutClosure, handsOutHolder } from "./handed-out.js";
import { keepingMethods } from "./keeping-methods.js";
import type { FunctionNode, Program } from "../program/program.js";
import { KeyHelpers } from "../constants/key-helpers.js";
import { ModuleConstants } from "../constants/module-constants.js";
import { SecretMakers } from "../constants/secret-makers.js";
import { SecretParameters } from "../constants/secret-parameters.js";
import { isMethodOfOne } from "../program/program.js";
import { withoutFirst } from "../program/bound-parameters.js";
import { definitionOf } from "../paths/value-places.js";

/** Instructions of a function, with those inside it, that is still copied. */
const largest = 400;
/** The same for one that makes an object out of what it is given. */
const largestHolder = 60;
/** Copies of one function; later calls share the original. */
const mostCopies = 24;
/** Instructions of all copies, as a part of the program's, and at least. */
const share = 0.5;
const leastAllowed = 20_000;
/** A copy's calls are copied again to this depth. */
const deepest = 3;
/** Functions that hand a name on to each other, so that no chain of them fills the stack. */
const mostHanding = 24;

/** The call for which a function is looked at. */
interface CallPlace extends NamingCall {
  readonly id: Site;
}

interface Kinds {
  /**
   * It hands out closures that have captured something, runs the functions of a list that it is given, or keeps what
   * a function that it is given makes.
   */
  readonly makes: boolean;
  /** Parameters that are handed on as names. */
  readonly names: readonly DecidingParameter[];
  /** Parameters that are laid over other objects. */
  readonly overlays: readonly number[];
  /** The rest parameter of which it matters how many arguments it gathers. */
  readonly counted: number | null;
  readonly size: number;
}

export class FunctionCopies {
  private readonly kinds = new Map<number, Kinds | null>();
  private readonly bySite = new Map<string, FunctionNode>();
  private readonly counts = new Map<number, number>();
  /** By copy: the names of the literals that all its calls hand over, by parameter. */
  private readonly given = new Map<FunctionNode, ReadonlyMap<number, ReadonlySet<string>>>();
  /** By copy: the names for which it is, by parameter. */
  private readonly named = new Map<FunctionNode, ReadonlyMap<number, string>>();
  private readonly constants: ModuleConstants;
  readonly secrets: SecretParameters;
  /** What does for any table the same. */
  readonly general: GeneralHelpers;
  private readonly keyHelpers: KeyHelpers;
  private room: number;
  /** Functions that wait for what those that they call do with a name. */
  private handing = 0;

  constructor(
    private readonly program: Program,
    resolver: Pick<Resolver, "moduleOf">,
    private readonly catalogue: Catalogue,
    /** Makes the constraints of a function that is new. */
    private readonly add: (node: FunctionNode) => void,
  ) {
    const all = program.functions.reduce((sum, node) => sum + node.code.length, 0);
    this.secrets = new SecretParameters(program, catalogue, resolver);
    this.general = new GeneralHelpers(program, resolver, catalogue);
    this.constants = new ModuleConstants(program, resolver);
    this.keyHelpers = new KeyHelpers(this.secrets, new SecretMakers(program, this.secrets));
    this.room = Math.max(leastAllowed, all * share);
  }

  /** The function that a direct call runs: the callee, or its copy for this call. */
  targetOf(site: CallPlace, callee: FunctionNode): FunctionNode {
    // A method that one object runs is copied as the method itself is.
    const method = isMethodOfOne(callee) ? (callee.copy?.root ?? callee) : callee;
    // What a copy makes is copied again; itself it is no value that is called.
    if (method.copy?.members.get(method.copy.root.graph.id) === method) {
      this.given.delete(callee);
      return callee;
    }
    const kinds = this.kindsOf(method);
    if (kinds === null) return callee;
    const running = this.running(site.caller, callee);
    if (running !== null) {
      this.weaken(running, site, kinds);
      return running;
    }
    const key = this.keyOf(site, callee, kinds);
    if (key === null) return callee;
    let found = this.bySite.get(key);
    if (found === undefined) {
      found = this.make(site, callee, kinds);
      this.bySite.set(key, found);
    }
    return found;
  }

  /** The names that a parameter of a copy certainly has: all its calls hand over literals with them. */
  namesGiven(node: FunctionNode, index: number): ReadonlySet<string> | undefined {
    return this.given.get(node)?.get(index);
  }

  /** It is a copy for what is handed over as this parameter. */
  isNamed(node: FunctionNode, index: number): boolean {
    return this.named.get(node)?.has(index) === true;
  }

  /** Something in the program calls it, and runs a copy. */
  isCopied(node: FunctionNode): boolean {
    return (this.counts.get(node.index) ?? 0) > 0;
  }

  /** Each call that names it has a copy of its own. */
  isCopiedByCall(callee: FunctionNode): boolean {
    return this.kindsOf(callee)?.makes === true;
  }

  /** Calls that hand it names may run copies of it. */
  isCopiedByName(node: FunctionNode): boolean {
    return node.copy === null && (this.kindsOf(node)?.names.length ?? 0) > 0;
  }

  /** The function once for each round of a fold; null where there is no room. */
  rounds(callee: FunctionNode, caller: FunctionNode, count: number): readonly FunctionNode[] | null {
    const size = this.program.familyOf(callee).reduce((sum, node) => sum + node.code.length, 0);
    if (size > largest || size * count > this.room || (caller.copy?.depth ?? 0) >= deepest) return null;
    this.room -= size * count;
    this.counts.set(callee.index, (this.counts.get(callee.index) ?? 0) + count);
    return Array.from({ length: count }, () => {
      const [copy = callee, ...inside] = this.program.copy(callee, caller);
      for (const each of [copy, ...inside]) this.add(each);
      return copy;
    });
  }

  /** The function as a library calls it once it is bound to so many arguments; null where there is no room. */
  bound(callee: FunctionNode, { id, caller }: CallPlace, count: number): FunctionNode | null {
    const key = `${id}!${String(count)}>${String(callee.index)}`;
    const known = this.bySite.get(key);
    if (known !== undefined) return known;
    const size = this.program.familyOf(callee).reduce((sum, node) => sum + node.code.length, 0);
    // One that binds itself again (`setTimeout(poll.bind(null, round + 1))`) does so in each copy.
    const depth = Math.max(callee.copy?.depth ?? 0, caller.copy?.depth ?? 0);
    if (size > largest || size > this.room || depth >= deepest) return null;
    this.room -= size;
    const self = callee.copy?.self ?? null;
    const copies = this.program.copy(callee, caller, self, withoutFirst(callee.graph, count));
    const [copy = callee] = copies;
    this.bySite.set(key, copy);
    for (const each of copies) this.add(each);
    return copy;
  }

  /**
   * All calls run copies: nothing ever runs this one. Of a function that lays over what it is given, or counts it,
   * whoever calls it from outside hands over what they like.
   */
  isReplaced(node: FunctionNode, hasCallers: boolean): boolean {
    if (hasCallers || !this.isCopied(node)) return false;
    const kinds = this.kindsOf(node);
    return kinds === null || (kinds.overlays.length === 0 && kinds.counted === null);
  }

  /** A function that calls itself with something else: what all its calls hand over is less. */
  private weaken(copy: FunctionNode, site: CallPlace, kinds: Kinds): void {
    const before = this.given.get(copy);
    if (before === undefined) return;
    const also = overlaidAt(site, kinds);
    const kept = new Map<number, ReadonlySet<string>>();
    for (const [index, names] of before)
      if (site.caller === copy && parameterAt(site, index) === index) kept.set(index, names);
      else kept.set(index, new Set([...names].filter((name) => also.get(index)?.has(name))));
    this.given.set(copy, kept);
  }

  /** A function that calls itself stays in the copy it is in. */
  private running(caller: FunctionNode, callee: FunctionNode): FunctionNode | null {
    for (let scope: FunctionNode | undefined = caller; scope !== undefined; scope = this.parentOf(scope))
      if (scope === callee) return callee;
    for (let copy = caller.copy; copy !== null; copy = copy.madeIn.copy)
      if (copy.root === callee) return copy.members.get(callee.graph.id) ?? null;
    return null;
  }

  private parentOf(node: FunctionNode): FunctionNode | undefined {
    return node.graph.parent === null ? undefined : this.program.functionIn(node, node.graph.parent);
  }

  private keyOf(site: CallPlace, callee: FunctionNode, kinds: Kinds): string | null {
    if (kinds.makes) return `${site.id}>${String(callee.index)}`;
    const { instruction } = site;
    if (instruction.kind !== "call") return null;
    const given = this.namesAt(site, kinds);
    const overlaid = [...overlaidAt(site, kinds)].map(([index, names]) => [index, [...names].sort()]);
    const count = kinds.counted === null ? null : countGiven(instruction, kinds.counted);
    return given.every((each) => each === undefined) && overlaid.length === 0 && count === null
      ? null
      : `${JSON.stringify([given, overlaid, count])}>${String(callee.index)}`;
  }

  /** By parameter that is a name: what stands at the call, or the name for which its caller is a copy. */
  private namesAt(site: CallPlace, { names }: Kinds): readonly (string | undefined)[] {
    return names.map(
      (parameter) =>
        nameGiven(this.constants, site, parameter) ??
        (parameter.isRest || parameter.member !== null
          ? undefined
          : this.named.get(site.caller)?.get(parameterAt(site, parameter.index))),
    );
  }

  private make(site: CallPlace, callee: FunctionNode, kinds: Kinds): FunctionNode {
    const { makes, names, size } = kinds;
    const overlaid = overlaidAt(site, kinds);
    const count = this.counts.get(callee.index) ?? 0;
    this.counts.set(callee.index, count + 1);
    // A maker's first call has the original to itself; one with a name leaves it to calls without.
    if (
      (count === 0 && makes && names.length === 0 && overlaid.size === 0) ||
      count > mostCopies ||
      size > this.room
    )
      return callee;
    if ((site.caller.copy?.depth ?? 0) >= deepest) return callee;
    this.room -= size;
    const copies = this.program.copy(callee, site.caller);
    const [copy = callee] = copies;
    if (overlaid.size > 0) this.given.set(copy, overlaid);
    this.named.set(
      copy,
      new Map(
        this.namesAt(site, kinds).flatMap((text, position) => {
          const parameter = names[position];
          return text === undefined || parameter?.isRest !== false || parameter.member !== null
            ? []
            : [[parameter.index, text]];
        }),
      ),
    );
    for (const each of copies) this.add(each);
    return copy;
  }

  private kindsOf(callee: FunctionNode): Kinds | null {
    let kinds = this.kinds.get(callee.slotKey);
    if (kinds === undefined) {
      // A function that hands names on to itself decides nothing by that.
      this.kinds.set(callee.slotKey, null);
      kinds = this.classify(this.program.functionOf(callee.file, callee.graph.id) ?? callee);
      this.kinds.set(callee.slotKey, kinds);
    }
    return kinds;
  }

  private withHandedOn(
    callee: FunctionNode,
    own: readonly DecidingParameter[],
  ): readonly DecidingParameter[] {
    if (this.handing >= mostHanding) return own;
    this.handing++;
    const handedOn = handedOnNames(
      this.program,
      this.constants,
      callee,
      (each) => this.kindsOf(each)?.names ?? [],
    );
    this.handing--;
    const known = new Set(own.flatMap(({ index, member }) => (member === null ? [index] : [])));
    return [...own, ...handedOn.filter(({ index }) => !known.has(index))];
  }

  private classify(callee: FunctionNode): Kinds | null {
    const inside = this.program.familyOf(callee);
    const size = inside.reduce((sum, node) => sum + node.code.length, 0);
    const hasClasses = inside.some((node) => node.code.some((each) => each.kind === "class"));
    const makesClass = hasClasses && handsOutClass(this.program, callee);
    if (size > largest || (hasClasses && !makesClass) || callee.graph.kind === "module") return null;
    const deciding = decidingParameters(this.program, callee, inside, (index) =>
      this.general.isClient(callee, index),
    );
    const { overlays, runsList, keepsMade } = deciding;
    const names = this.withHandedOn(callee, deciding.names);
    const isHolder = size <= largestHolder && handsOutHolder(this.program, callee);
    const makes =
      makesClass ||
      runsList ||
      keepsMade ||
      isHolder ||
      hearsAnswers(callee) ||
      handsOutClosure(this.program, callee, keepingMethods(this.catalogue)) ||
      this.keyHelpers.is(callee) ||
      this.general.is(callee) ||
      makesClient(this.program, this.secrets.calls, callee) ||
      makesPassage(this.program, this.secrets.calls, callee);
    const counted = countedRest(callee);
    return makes || names.length > 0 || overlays.length > 0 || counted !== null
      ? { makes, names, overlays, counted, size }
      : null;
  }
}

/** A generator that looks at what `next(answer)` gives it, or lets another one look: what one of them hears is not what the others hear. */
function hearsAnswers({ graph, code, uses }: FunctionNode): boolean {
  return (
    graph.generator &&
    code.some((each) => each.kind === "yield" && (each.delegate || (uses[each.out] ?? []).length > 0))
  );
}

/** The parameter of its own that a function hands on as an argument; -1 for any other value. */
function parameterAt({ caller, instruction }: CallPlace, index: number): number {
  if (instruction.kind !== "call" || instruction.arguments.some(({ spread }) => spread)) return -1;
  const argument = instruction.arguments[index];
  const definition = argument === undefined ? null : definitionOf(caller, argument.value);
  return definition?.kind === "parameter" ? definition.index : -1;
}

/** The names of the literals that a call hands over to be laid over something, by parameter. */
function overlaidAt(
  { caller, instruction }: CallPlace,
  { overlays }: Kinds,
): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, ReadonlySet<string>>();
  if (instruction.kind !== "call" || instruction.arguments.some(({ spread }) => spread)) return found;
  for (const index of overlays) {
    const argument = instruction.arguments[index];
    const names = argument === undefined ? null : namesInLiteral(caller, argument.value);
    if (names !== null && names.size > 0) found.set(index, names);
  }
  return found;
}
