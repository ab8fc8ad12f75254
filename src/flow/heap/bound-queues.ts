/**
 * Queues that are bound to exchanges: what is published in an exchange under a key comes into those queues whose binding
 * fits, and into those of further exchanges that are bound to it.
 */
import { mayBeSameText } from "../../base/text-patterns.js";
import type { Address, Role } from "../../contracts/model.js";
import { foldValues } from "../constants/constants.js";
import { valuesAt } from "../models/address-values.js";
import { decoratingModels } from "../models/decorating-models.js";
import { SiteModels } from "../models/site-models.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { heldKeys } from "./held-places.js";

/** A name or a key; in one that is not told, `*` stands for what nobody knows. */
interface Told {
  readonly text: string;
  readonly isTold: boolean;
}

interface Binding {
  readonly exchanges: readonly Told[];
  readonly keys: readonly Told[];
  /** Places of the queues that are bound. */
  readonly queues: readonly string[];
  /** Exchanges that are. */
  readonly into: readonly Told[];
}

/** Lets the graph of values be asked which queues are bound. */
export function bindQueues(pointsTo: PointsTo): void {
  let known: Bindings | null = null;
  pointsTo.boundQueues = {
    under: (exchanges, keys) =>
      (known ??= new Bindings(pointsTo)).under(toldTexts(pointsTo, exchanges), toldTexts(pointsTo, keys)),
    keysInto: (queue) => (known ??= new Bindings(pointsTo)).keysInto(queue),
  };
}

class Bindings {
  private readonly bindings: Binding[] = [];
  /** How exchanges hand on, by their names. */
  private readonly ways = new Map<string, Set<string>>();

  constructor(private readonly pointsTo: PointsTo) {
    const models = new SiteModels(pointsTo);
    for (const site of pointsTo.sites.values()) {
      if (site.foreign.size === 0) continue;
      for (const { model, names } of models.at(site))
        for (const role of model.roles) this.add(site, role, names);
      for (const { model, names, at, decorated } of decoratingModels(pointsTo, site))
        for (const role of model.roles) this.add(at, role, names, decorated);
    }
  }

  /** Places of the queues into which something comes that is published so. */
  under(exchanges: readonly Told[], keys: readonly Told[]): readonly string[] {
    const found = new Set<string>();
    const seen = new Set<Binding>();
    const follow = (from: readonly Told[]): void => {
      for (const binding of this.bindings)
        if (!seen.has(binding) && from.some((each) => this.isHandedOn(binding, each, keys))) {
          seen.add(binding);
          for (const queue of binding.queues) found.add(queue);
          follow(binding.into);
        }
    };
    follow(exchanges);
    return [...found];
  }

  keysInto(queue: string): readonly string[] {
    const own = this.bindings.filter(({ queues }) => queues.includes(queue));
    return own.flatMap(({ keys }) => keys.map(({ text }) => text));
  }

  private add(
    site: CallSite,
    role: Role,
    names: readonly string[],
    decorated: AbstractValue | null = null,
  ): void {
    const { pointsTo } = this;
    const at = (address: Address): readonly Told[] =>
      toldTexts(pointsTo, valuesAt(pointsTo, site, address, names));
    if (role.kind === "hands-on")
      for (const { text } of at(role.exchange)) {
        const ways = this.ways.get(text) ?? new Set();
        this.ways.set(text, ways);
        for (const how of at(role.how)) ways.add(how.text);
      }
    if (role.kind === "binds")
      this.bindings.push({
        exchanges: at(role.exchange),
        keys: at(role.key),
        queues: role.queue === null ? [] : heldKeys(pointsTo, site, role.queue, names, decorated),
        into: role.into === null ? [] : at(role.into),
      });
  }

  private isHandedOn({ exchanges, keys: patterns }: Binding, exchange: Told, keys: readonly Told[]): boolean {
    return exchanges.some((bound) => {
      const isKnown = bound.isTold && exchange.isTold;
      if (!isKnown && !mayBeSameText(bound.text, exchange.text)) return false;
      if (isKnown && bound.text !== exchange.text) return false;
      const ways = isKnown ? this.ways.get(exchange.text) : undefined;
      // What the headers of a message must say is not compared.
      if (ways?.has("fanout") === true || ways?.has("headers") === true) return true;
      const isByWords = ways?.has("topic") === true || ways === undefined || ways.size === 0;
      return patterns.some((pattern) =>
        keys.some((key) => {
          // Where neither is told, any key would lead from any exchange into any queue.
          if (!isKnown && !(pattern.isTold && key.isTold)) return false;
          return isByWords ? fits(pattern, key) : isSame(pattern, key);
        }),
      );
    });
  }
}

function toldTexts(pointsTo: PointsTo, values: readonly AbstractValue[]): readonly Told[] {
  const constants = values.flatMap((each) =>
    each.kind === "constant" && typeof each.value === "string" ? [{ text: each.value, isTold: true }] : [],
  );
  const others = values.filter((each) => each.kind !== "constant");
  if (others.length === 0 && constants.length > 0) return constants;
  const folded = foldValues(pointsTo, others).map((text) => ({ text, isTold: !text.includes("*") }));
  return [...constants, ...folded];
}

function isSame(a: Told, b: Told): boolean {
  return a.isTold && b.isTold ? a.text === b.text : mayBeSameText(a.text, b.text);
}

/** The words of a key fit a pattern in which `*` stands for one word and `#` for any number of them. */
function fits(pattern: Told, key: Told): boolean {
  if (pattern.isTold && key.isTold) return fitsWords(pattern.text.split("."), key.text.split("."));
  // Of a key that is not told, `*` may be several words.
  const any = pattern.isTold ? pattern.text.replaceAll(/\.?#|>$/gu, "*") : pattern.text;
  return mayBeSameText(any, key.text);
}

function fitsWords(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return words.length === 0;
  // In NATS, all further words.
  if (first === ">") return words.length > 0;
  if (first === "#")
    return fitsWords(rest, words) || (words.length > 0 && fitsWords(pattern, words.slice(1)));
  const [word, ...others] = words;
  return word !== undefined && (first === "*" || first === word) && fitsWords(rest, others);
}
