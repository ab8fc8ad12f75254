/**
 * What the program says of values from outside by a type that it writes where it asks for them: as `c.req.json<Child>()`
 * gives it, and as the handler of `app.post<{ Body: Child }>("/children", ({ body }) => …)` is called with it.
 */
import type { DeclarationId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { InputRole } from "../../contracts/input-role.js";
import type { Address, Role } from "../../contracts/model.js";
import { declares, functionAddress } from "../models/function-addresses.js";
import { valuesAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf } from "../paths/value-places.js";
import { isIndex } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { heldInSlot } from "../program/captured-from.js";
import type { FunctionNode } from "../program/program.js";
import type { Tables } from "../stores/tables.js";
import type { WrittenType } from "./written-types.js";

interface TypedRole {
  readonly role: InputRole;
  readonly names: readonly string[];
}

/** A type that is written for a part of a value. */
interface ToldPart {
  readonly path: readonly string[];
  readonly written: WrittenType;
}

const deepest = 16;
const nothing: readonly ToldPart[] = [];

export class InputTypes {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly tables: Tables,
  ) {}

  /** What a call brings in that a type is written for, or the argument of which lists events. */
  inputsAt(site: CallSite): readonly TypedRole[] {
    if (site.instruction.kind !== "call" && site.instruction.kind !== "jsx") return [];
    // Of rows the model tells itself which columns come.
    return this.models
      .at(site)
      .flatMap(({ model, names }) =>
        model.roles.some(givesRows)
          ? []
          : model.roles.flatMap((role) =>
              role.kind === "input" && (role.event != null || this.typedBy(site, role) !== null)
                ? [{ role, names }]
                : [],
            ),
      );
  }

  /** The type that is written for what a call brings in. */
  writtenFor(site: CallSite, role: InputRole): WrittenType | null {
    if (role.event != null) return null;
    const typing = this.typedBy(site, role);
    if (typing === null) return null;
    const whole = role.nth == null ? this.tables.writtenAt(typing) : argumentAt(typing, role.nth);
    return whole === null || role.typed == null ? whole : this.tables.partOf(whole, role.typed);
  }

  /** The type of a value that is read from what came in; null: none is written, or the program says it nearer by. */
  of(node: FunctionNode, value: ValueId): WrittenType | null {
    return this.toldOf(node, value, 0).find(({ path }) => path.length === 0)?.written ?? null;
  }

  /** Where a property of such a value is declared. */
  declarationOf(node: FunctionNode, object: ValueId, property: string): DeclarationId | null {
    const written = this.of(node, object);
    return written === null ? null : (this.tables.declaredIn(written).get(property) ?? null);
  }

  /** What own code calls the type of such a value, or of the elements of a list. */
  keyOf(node: FunctionNode, value: ValueId): string | null {
    const written = this.of(node, value);
    return written === null ? null : this.tables.keyOf(written);
  }

  /** The properties that such a value has by its type. */
  namesOf(node: FunctionNode, value: ValueId): ReadonlySet<string> {
    const written = this.of(node, value);
    return new Set(written === null ? [] : this.tables.declaredIn(written).keys());
  }

  private toldOf(node: FunctionNode, value: ValueId, depth: number): readonly ToldPart[] {
    const definition = node.definitions[value];
    const again = (other: ValueId): readonly ToldPart[] => this.toldOf(node, other, depth + 1);
    if (definition === undefined || depth > deepest) return nothing;
    if (definition.kind === "phi") {
      // `body?.child` is that, or nothing.
      const [only, ...others] = definition.phi.inputs.filter((each) => !isNothing(node, each.value));
      return only === undefined || others.length > 0 ? nothing : again(only.value);
    }
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "parameter":
        return this.toldOfParameter(node, instruction.index);
      case "declare":
        return instruction.type === null ? again(instruction.value) : nothing;
      case "await":
        return again(instruction.value);
      case "iterate":
        return again(instruction.object);
      case "load": {
        const { property } = instruction;
        const isOfList = property.kind === "computed" || (property.kind === "name" && isIndex(property.name));
        if (isOfList) return again(instruction.object);
        return property.kind === "name" ? this.below(again(instruction.object), property.name) : nothing;
      }
      case "capture": {
        const held = heldInSlot(this.pointsTo, node, instruction.slot);
        return held === null ? nothing : this.toldOf(held.node, held.value, depth + 1);
      }
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        return site === undefined || site.edges.size > 0 ? nothing : this.toldOfCall(site);
      }
      default:
        return nothing;
    }
  }

  private below(told: readonly ToldPart[], name: string): readonly ToldPart[] {
    return told.flatMap(({ path: [first, ...more], written }): ToldPart[] => {
      if (first !== undefined) return first === name ? [{ path: more, written }] : [];
      const part = this.tables.partOf(written, name);
      return part === null ? [] : [{ path: [], written: part }];
    });
  }

  private toldOfParameter(node: FunctionNode, index: number): readonly ToldPart[] {
    if (node.graph.parameters[index]?.type != null) return nothing;
    const edges = this.pointsTo.callbacksOf(node);
    // Whoever else calls it may give it something else.
    if (this.pointsTo.callersOf(node).length > 0) return nothing;
    const told = edges.map(({ site, address }) =>
      this.inputsAt(site).flatMap(({ role }) => {
        const written = this.writtenFor(site, role);
        if (written === null) return [];
        return role.output.flatMap((output): ToldPart[] => {
          const path = pathBelow(output, address, node, index);
          return path === null ? [] : [{ path, written }];
        });
      }),
    );
    return told.length > 0 && told.every((each) => each.length > 0) ? told.flat() : nothing;
  }

  private toldOfCall(site: CallSite): readonly ToldPart[] {
    return this.inputsAt(site).flatMap(({ role }) => {
      const written = this.writtenFor(site, role);
      return written !== null && role.output.some(isWholeAnswer) ? [{ path: [], written }] : [];
    });
  }

  /** The call itself, or the one that made the object whose method it is, or what it is given: `useForm<Child>()`. */
  private typedBy(site: CallSite, { of, nth }: InputRole): CallSite | null {
    if (nth != null) return argumentAt(site, nth) === null ? null : site;
    if (hasTypeArguments(site)) return site;
    const given = of == null ? [] : valuesAt(this.pointsTo, site, of);
    for (const each of [...site.foreign, ...given]) {
      const made = each.kind === "foreign" ? each.site : null;
      const maker = made === null ? undefined : this.pointsTo.sites.get(made);
      if (maker !== undefined && maker !== site && hasTypeArguments(maker)) return maker;
    }
    return null;
  }
}

function isNothing(node: FunctionNode, value: ValueId): boolean {
  const made = definitionOf(node, value);
  return made?.kind === "constant" && made.value == null;
}

function argumentAt({ instruction, caller }: CallSite, nth: number): WrittenType | null {
  const type = instruction.kind === "call" ? instruction.typeArguments[nth - 1] : undefined;
  return type === undefined ? null : { file: caller.file, type };
}

function givesRows(role: Role): boolean {
  return role.kind === "rows" || (role.kind === "sql" && (role.rows != null || role.row != null));
}

function hasTypeArguments({ instruction }: CallSite): boolean {
  return instruction.kind === "call" && instruction.typeArguments.length > 0;
}

function isWholeAnswer({ root, steps }: Address): boolean {
  return root.kind === "return" && steps.length === 0;
}

/** The properties below a parameter of the function at an address, if the output is there. */
export function pathBelow(
  output: Address,
  address: string,
  node: FunctionNode,
  index: number,
): readonly string[] | null {
  const at = output.steps.findIndex((step) => step.kind === "parameter");
  const step = output.steps[at];
  if (step?.kind !== "parameter" || step.index !== index || !declares(node, step)) return null;
  if (functionAddress(output, at) !== address) return null;
  const rest = output.steps.slice(at + 1);
  const names = rest.flatMap((each) => (each.kind === "property" ? [each.name] : []));
  return names.length === rest.length ? names : null;
}
