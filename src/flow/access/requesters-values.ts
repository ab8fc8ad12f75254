/**
 * Values that only whoever asks can bring, or that the program knows of whoever asks: a session's cookie, its hash, the
 * subject of a token, `request.user.id`. What anybody may write into a request is none: an address, a body, a query.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { capturedFrom } from "../program/captured-from.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";
import { isCredentialName, isFetchingName, isIdentityName, isOfRequest } from "./authorization-words.js";
import { asksForOthers, isSelfName, readsCredentials, tellsWhoAsks } from "./requesters-words.js";

/** The calls that a run is looked at in, the innermost first. */
export interface Within {
  readonly site: CallSite;
  readonly outer: Within | null;
}

/** A value in a run, and below which names in it. */
export interface Asked {
  readonly node: FunctionNode;
  readonly value: ValueId;
  readonly path: readonly string[];
  readonly within: Within | null;
  readonly depth: number;
}

/** `nothing`: it is only there where nobody asks. */
export type Told = "own" | "nothing" | "other";

type Call = InstructionOf<"call">;

const deepest = 24;

export class RequestersValues {
  /** The ways of a value through loops and branches meet again and again. */
  private readonly told = new Map<FunctionNode, Map<string, Told>>();
  private readonly stored = new Map<FunctionNode, Map<ValueId, Map<string, ValueId[]>>>();

  constructor(
    private readonly pointsTo: PointsTo,
    /** Whether a call reads a store, and if so, rows that only whoever asks may be. */
    private readonly readsOwn: (site: CallSite, within: Within | null, depth: number) => boolean | null,
  ) {}

  isOwn(asked: Asked): boolean {
    return this.of(asked) === "own";
  }

  private of(asked: Asked): Told {
    if (asked.depth > deepest) return "other";
    let told = this.told.get(asked.node);
    if (told === undefined) this.told.set(asked.node, (told = new Map<string, Told>()));
    const key = keyOf(asked);
    let answer = told.get(key);
    if (answer === undefined) told.set(key, (answer = this.find(asked)));
    return answer;
  }

  private find(asked: Asked): Told {
    const { node, value, path, depth } = asked;
    const definition = node.definitions[originOf(node, value)];
    const at = (next: ValueId, names = path): Told =>
      this.of({ ...asked, value: next, path: names, depth: depth + 1 });
    if (definition?.kind === "phi") return all(definition.phi.inputs.map((input) => at(input.value)));
    const instruction = definition?.instruction;
    switch (instruction?.kind) {
      case "constant":
        return instruction.value === null || instruction.value === "" || instruction.type === "undefined"
          ? "nothing"
          : "other";
      case "await":
        return at(instruction.value);
      case "load": {
        const name = nameOf(this.pointsTo, node, instruction);
        return at(instruction.object, name === null ? path : [name, ...path]);
      }
      case "object-rest":
      case "iterate":
        return at(instruction.object);
      case "capture": {
        const from = capturedFrom(this.pointsTo, node, instruction.slot);
        return from === null ? "other" : this.of({ ...asked, ...from, within: null, depth: depth + 1 });
      }
      case "parameter":
        return this.ofParameter(asked, instruction.index);
      case "template":
        return some(instruction.values.map((each) => at(each, [])));
      case "binary":
        return instruction.operator === "+"
          ? some([at(instruction.left, []), at(instruction.right, [])])
          : "other";
      case "object":
        return this.ofObject(asked, originOf(node, value));
      case "call":
        return this.ofCall(asked, instruction);
      default:
        return "other";
    }
  }

  /** What a literal has under the first of the names. */
  private ofObject(asked: Asked, object: ValueId): Told {
    const { node, path, depth } = asked;
    const [name, ...rest] = path;
    if (name === undefined) return "other";
    const stored = this.storedIn(node).get(object)?.get(name) ?? [];
    return all(stored.map((value) => this.of({ ...asked, value, path: rest, depth: depth + 1 })));
  }

  /** What a function stores under names, by the object and then by the name. */
  private storedIn(node: FunctionNode): ReadonlyMap<ValueId, ReadonlyMap<string, readonly ValueId[]>> {
    let stored = this.stored.get(node);
    if (stored !== undefined) return stored;
    this.stored.set(node, (stored = new Map<ValueId, Map<string, ValueId[]>>()));
    for (const each of node.code) {
      if (each.kind !== "store" || each.property.kind !== "name") continue;
      const object = originOf(node, each.object);
      const ofObject = stored.get(object) ?? new Map<string, ValueId[]>();
      const values = ofObject.get(each.property.name) ?? [];
      values.push(each.value);
      stored.set(object, ofObject.set(each.property.name, values));
    }
    return stored;
  }

  /** In the run that is meant it is what that call gives; else what each caller does. */
  private ofParameter(asked: Asked, index: number): Told {
    const { node, path, within, depth } = asked;
    const edges = this.pointsTo.callersOf(node);
    const meant = within === null ? [] : edges.filter(({ site }) => isSame(site, within.site));
    const callers = meant.length > 0 ? meant : edges;
    if (callers.length > 0)
      return all(
        callers.map((edge) => {
          const given = argumentsFor(edge, index);
          const outer = meant.length > 0 ? (within?.outer ?? null) : null;
          return given.length === 0
            ? "nothing"
            : all(
                given.map(({ value }) =>
                  this.of({ node: edge.site.caller, value, path, within: outer, depth: depth + 1 }),
                ),
              );
        }),
      );
    // Of a list's callback: `rows.map((row) => row.userId)`.
    for (const { site } of this.pointsTo.callbacksOf(node)) {
      const { instruction, caller } = site;
      const isList = [...site.foreign].some(({ module }) => module === "lib");
      if (isList && instruction.kind === "call" && instruction.receiver !== null)
        return this.of({ node: caller, value: instruction.receiver, path, within: null, depth: depth + 1 });
    }
    const { name } = node.graph.parameters.find((each) => each.index === index) ?? {};
    return path.length > 0 && isToldBy(name == null ? path : [name, ...path]) ? "own" : "other";
  }

  private ofCall(asked: Asked, call: Call): Told {
    const { node, path, within, depth } = asked;
    const site = this.pointsTo.findSite(node, node.code.indexOf(call));
    if (site === undefined || asksForOthers(lastOf(call.name))) return "other";
    if (site.edges.size === 0 && path.length > 0 && this.isAskedWho(node, call))
      return isSelf(path, call.name) ? "own" : "other";
    const reads = this.readsOwn(site, within, depth + 1);
    if (reads !== null) return reads && isSelf(path, call.name) ? "own" : "other";
    if (site.edges.size > 0) {
      const results = [...site.edges.values()].map(({ callee }) => {
        const given = callee.graph.blocks.flatMap(({ end }) =>
          end.kind === "return" && end.value !== null ? [end.value] : [],
        );
        const run = { node: callee, path, within: { site, outer: within }, depth: depth + 1 };
        return all(given.map((value) => this.of({ ...run, value })));
      });
      const told = all(results);
      return told === "other" && path.length === 0 ? this.ofOperands(asked, call) : told;
    }
    if (this.isCredential(node, call, path)) return "own";
    return isSelf(path, call.name) ? this.ofOperands(asked, call) : "other";
  }

  /** `getServerSession()`, `auth()`: who asks, and not somebody whom the request names. */
  private isAskedWho(node: FunctionNode, call: Call): boolean {
    return (
      isFetchingName(call.name) ||
      (tellsWhoAsks(lastOf(call.name)) &&
        !call.arguments.some(({ value }) =>
          wordsOf(this.pointsTo, node, value).some(
            (word) => isOfRequest(word) && !/^(?:headers?|cookies)$/u.test(word),
          ),
        ))
    );
  }

  /** `hash(token)`, `token.slice(7)`, `verify(token, secret)`: made of it. */
  private ofOperands(asked: Asked, { receiver, arguments: list }: Call): Told {
    const operands = [...(receiver === null ? [] : [receiver]), ...list.map(({ value }) => value)];
    return some(operands.map((value) => this.of({ ...asked, value, path: [], depth: asked.depth + 1 })));
  }

  /** `cookies().get("sid")?.value`, `getCookie(c, "session")`, `parse(header)["session"]`, `c.get("user").id` */
  private isCredential(node: FunctionNode, call: Call, path: readonly string[]): boolean {
    const method = lastOf(call.name);
    if (/^(?:getSignedCookie|unsignCookie)$/u.test(method)) return true;
    const words = [
      ...call.name.split("."),
      ...(call.receiver === null ? [] : wordsOf(this.pointsTo, node, call.receiver)),
    ];
    const texts = call.arguments.flatMap(({ value }) => {
      const text = foldedConstant(this.pointsTo, node, value)?.value;
      return typeof text === "string" ? [text] : [];
    });
    if (method === "get" && path.length > 0 && texts.some(isIdentityName)) return !words.some(isOfRequest);
    if (!/^(?:get|header|getHeader|getCookies?|cookies?|parseCookies?|parse|getAll)$/u.test(method))
      return false;
    return readsCredentials(words) && [...texts, ...path].some(isCredentialName);
  }
}

/** What is asked of a function's value. How deep it stands counts, too: the way on ends at a depth. */
function keyOf({ value, path, within, depth }: Asked): string {
  const calls: string[] = [];
  for (let each = within; each !== null; each = each.outer) calls.push(each.site.id);
  return JSON.stringify([value, depth, calls, path]);
}

/** All that it may be, where it is there, is the requester's. */
export function all(told: readonly Told[]): Told {
  const there = told.filter((each) => each !== "nothing");
  if (there.length === 0) return "nothing";
  return there.every((each) => each === "own") ? "own" : "other";
}

function some(told: readonly Told[]): Told {
  return told.includes("own") ? "own" : "other";
}

/** `request.user.id`, `ctx.session.userId`, `headers.authorization`; not `body.user.id`. */
function isToldBy(path: readonly string[]): boolean {
  for (const [index, name] of path.entries()) {
    if (/^signedCookies$/u.test(name)) return true;
    if (/^(?:headers?|cookies)$/u.test(name)) return isCredentialName(path[index + 1] ?? "");
    if (isOfRequest(name) || /^(?:json|payload|data|url)$/u.test(name)) return false;
    if (isIdentityName(name) && path.length > 1 && !path.slice(index + 1).some(isIdentityName))
      return isSelf(path.slice(index + 1), name);
  }
  return false;
}

/** What somebody is known by, and not what many have in common: `user.id`, `session.pupilId`; not `user.classId`. */
function isSelf(path: readonly string[], of: string): boolean {
  const name = path.at(-1);
  if (name === undefined || isIdentityName(name) || isSelfName(name)) return true;
  const owner = path.slice(0, -1).findLast(isIdentityName) ?? of;
  return /id$/iu.test(name) && /session|login|token|auth|claims|payload|jwt|verify/iu.test(owner);
}

/** The words by which a value is read: `req`, `headers`. */
function wordsOf(pointsTo: PointsTo, node: FunctionNode, start: ValueId): readonly string[] {
  const words: string[] = [];
  let value: ValueId | null = start;
  for (let hops = 0; value !== null && hops < 8; hops++) {
    const instruction: Instruction | null = definitionOf(node, value);
    value = null;
    if (instruction === null) break;
    if (instruction.kind === "load") {
      words.push(nameOf(pointsTo, node, instruction) ?? "");
      value = instruction.object;
    } else if (instruction.kind === "await") ({ value } = instruction);
    else if (instruction.kind === "call") {
      words.push(...instruction.name.split("."));
      value = instruction.receiver;
    } else if (instruction.kind === "parameter")
      words.push(node.graph.parameters.find(({ index }) => index === instruction.index)?.name ?? "");
  }
  return words;
}

function nameOf(pointsTo: PointsTo, node: FunctionNode, { property }: InstructionOf<"load">): string | null {
  if (property.kind === "name") return /^\d+$/u.test(property.name) ? null : property.name;
  const folded = property.kind === "computed" ? foldedConstant(pointsTo, node, property.value)?.value : null;
  return typeof folded === "string" ? folded : null;
}

function isSame(one: CallSite, other: CallSite): boolean {
  return one === other || (one.caller === other.caller && one.point === other.point);
}

export function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
