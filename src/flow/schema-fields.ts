/** The marked keys of a schema value (`z.object({ … })` and what is made from it), read from its object literals. */
import type { AnnotationTable, FieldId } from "../contracts/annotation.js";
import { declarationId } from "../contracts/annotation.js";
import type { AbstractValue } from "./abstract-value.js";
import { valuesAt } from "./address-values.js";
import type { PointsTo } from "./points-to.js";
import { selectModels } from "./select-models.js";

export interface SchemaField {
  readonly path: readonly string[];
  readonly field: FieldId;
}

const deepest = 5;

export function schemaFields(
  pointsTo: PointsTo,
  annotations: AnnotationTable,
  values: Iterable<AbstractValue>,
  depth = 0,
): readonly SchemaField[] {
  const found = new Map<string, SchemaField>();
  for (const value of values)
    for (const each of fieldsOf(pointsTo, annotations, value, depth))
      found.set(`${each.path.join(".")}|${each.field}`, each);
  return [...found.values()];
}

function fieldsOf(
  pointsTo: PointsTo,
  annotations: AnnotationTable,
  value: AbstractValue,
  depth: number,
): readonly SchemaField[] {
  if (depth > deepest) return [];
  if (value.kind === "object") return literalFields(pointsTo, annotations, value.site, depth);
  if (value.kind !== "foreign" || value.site === null) return [];
  const made = pointsTo.sites.get(value.site);
  if (made === undefined) return [];
  const found: SchemaField[] = [];
  for (const callee of made.foreign) {
    for (const { model, names } of selectModels(pointsTo, made, callee)) {
      for (const role of model.roles) {
        if (role.kind !== "schema") continue;
        const inner = role.fields.flatMap((address) =>
          schemaFields(pointsTo, annotations, valuesAt(pointsTo, made, address, names), depth + 1),
        );
        found.push(
          ...inner.map((each) =>
            role.wraps === "array" ? { path: ["[]", ...each.path], field: each.field } : each,
          ),
        );
      }
    }
  }
  return found;
}

function literalFields(
  pointsTo: PointsTo,
  annotations: AnnotationTable,
  site: string,
  depth: number,
): readonly SchemaField[] {
  const [owner, point] = site.split(":").map(Number);
  const node = owner === undefined ? undefined : pointsTo.program.functions[owner];
  const made = point === undefined ? undefined : node?.code[point];
  if (node === undefined || made?.kind !== "object") return [];
  const found: SchemaField[] = [];
  for (const use of node.uses[made.out] ?? []) {
    const store = node.code[use];
    if (store?.kind === "copy-properties" && store.target === made.out)
      found.push(...schemaFields(pointsTo, annotations, pointsTo.valuesOf(node, store.source), depth + 1));
    if (store?.kind !== "store" || store.object !== made.out || store.property.kind !== "name") continue;
    const { name } = store.property;
    const field = annotations.byDeclaration.get(declarationId(node.file, store.nameAt[0]));
    if (field !== undefined) found.push({ path: [name], field });
    else
      for (const inner of schemaFields(
        pointsTo,
        annotations,
        pointsTo.valuesOf(node, store.value),
        depth + 1,
      ))
        found.push({ path: [name, ...inner.path], field: inner.field });
  }
  return found;
}
