/**
 * Values from outside whose type the program writes where it asks for them: `c.req.json<Child>()`, and in the handler
 * that a route is given, `app.post<{ Body: Child }>("/children", ({ body }) => …)`.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { rootPlaces, writtenPaths } from "../models/address-facts.js";
import { declares, functionAddress } from "../models/function-addresses.js";
import { valuesAt } from "../models/address-values.js";
import { foldValues } from "../constants/constants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { RowColumns } from "../stores/row-columns.js";
import type { Seeds } from "./seeds.js";
import type { SiteModels } from "../models/site-models.js";
import type { Table, Tables } from "../stores/tables.js";

type InputRole = Extract<Role, { kind: "input" }>;

export class TypedInputs {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly tables: Tables,
    private readonly columns: RowColumns,
    private readonly seeds: Seeds,
  ) {}

  /** What a call gives back. */
  seedResult(site: CallSite): void {
    for (const { role, names } of this.inputsAt(site))
      for (const output of role.output) {
        const table = output.root.kind === "return" ? this.tableOf(site, role) : null;
        if (table === null) continue;
        for (const place of rootPlaces(site, output))
          for (const path of writtenPaths(this.pointsTo, site, output.steps, names))
            this.begin(
              site.caller,
              site.point,
              place.base,
              [...place.prefix, ...path, ...this.elements(site, role)],
              table,
            );
      }
  }

  /** What a handler is called with. */
  seedParameter(node: FunctionNode, point: number, index: number, out: ValueId): void {
    for (const { site, address } of this.pointsTo.callbacksOf(node))
      for (const { role } of this.inputsAt(site))
        for (const output of role.output) {
          const path = pathBelow(output, address, node, index);
          const table =
            path === null ? null : (this.listenedAt(site, role, index) ?? this.tableOf(site, role));
          if (path !== null && table !== null)
            this.begin(node, point, out, [...path, ...this.elements(site, role)], table);
        }
  }

  /** Of a list that the type says, what is told lies in its elements. */
  private elements(site: CallSite, role: InputRole): readonly string[] {
    const typing = role.typed != null || role.event != null ? null : this.typedBy(site, role);
    return typing !== null && this.tables.isListAt(typing) ? ["[]"] : [];
  }

  private inputsAt(site: CallSite): { readonly role: InputRole; readonly names: readonly string[] }[] {
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

  /** The call itself, or the one that made the object whose method it is, or what it is given: `useForm<Child>()`. */
  private typedBy(site: CallSite, { of }: InputRole): CallSite | null {
    if (hasTypeArguments(site)) return site;
    const given = of == null ? [] : valuesAt(this.pointsTo, site, of);
    for (const each of [...site.foreign, ...given]) {
      const made = each.kind === "foreign" ? each.site : null;
      const maker = made === null ? undefined : this.pointsTo.sites.get(made);
      if (maker !== undefined && maker !== site && hasTypeArguments(maker)) return maker;
    }
    return null;
  }

  private listenedAt(site: CallSite, { event }: InputRole, index: number): Table | null {
    if (event == null) return null;
    const [name, ...others] = foldValues(this.pointsTo, valuesAt(this.pointsTo, site, event));
    return name === undefined || others.length > 0 ? null : this.tables.ofListener(site, name, index);
  }

  private tableOf(site: CallSite, role: InputRole): Table | null {
    const { typed, event } = role;
    if (event != null) return null;
    const typing = this.typedBy(site, role);
    const whole = typing === null ? null : this.tables.atCall(typing, null);
    return typed == null ? whole : (whole?.related(typed)?.table ?? null);
  }

  private begin(
    node: FunctionNode,
    point: number,
    base: ValueId,
    path: readonly string[],
    table: Table,
  ): void {
    for (const column of this.columns.of(table, { objects: [], isOpen: false, related: [], left: [] }, null))
      this.seeds.begin(
        node,
        point,
        base,
        [...path, ...column.path],
        column.field,
        node.code[point]?.at ?? [0, 0],
        {
          kind: "enters",
          field: this.seeds.nameOf(column.field),
        },
      );
  }
}

function givesRows(role: Role): boolean {
  return role.kind === "rows" || (role.kind === "sql" && (role.rows != null || role.row != null));
}

function hasTypeArguments({ instruction }: CallSite): boolean {
  return instruction.kind === "call" && instruction.typeArguments.length > 0;
}

/** The properties below a parameter of the function at an address, if the output is there. */
function pathBelow(
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
