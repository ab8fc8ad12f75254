/**
 * What names a queue, a topic or a key in a call by which something is put there or taken from there, also joined of
 * parts (`${prefix}.${topic}`) or in an object (`{ topic, messages }`): functions that are handed it are looked at once
 * for each name.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";

/** The names stand before what is handed over. */
const byKey = /\.(?:publish|bindQueue|bindExchange)$/u;
const byName =
  /\.(?:sendToQueue|publish|consume|assertQueue|subscribe|emit|on|once|add|send|sendEvent|process|work|define|schedule)$/u;
const members = /^(?:topic|queue|queueName|event|name|exchange|routingKey|subject)$/u;
/** In what a message or a consumer is made of: `new SendMessageCommand({ QueueUrl, MessageBody })`, `Consumer.create({ queueUrl, … })`. */
const addresses = /^(?:[qQ]ueueUrl|[tT]opicArn)$/u;

export function queueNames(
  node: FunctionNode,
  { receiver, name, arguments: list, new: isNew }: InstructionOf<"call">,
): readonly ValueId[] {
  if (list.some(({ spread }) => spread)) return [];
  const [first] = list;
  if (first !== undefined && list.length === 1 && (isNew || name.endsWith(".create")))
    return namedIn(node, first.value, addresses);
  if (receiver === null || isNew) return [];
  if (byKey.test(name)) return list.slice(0, 3).flatMap(({ value }) => partsOf(node, value));
  if (first === undefined || !byName.test(name)) return [];
  return [...partsOf(node, first.value), ...namedIn(node, first.value, members)];
}

function partsOf(node: FunctionNode, value: ValueId): readonly ValueId[] {
  const definition = definitionOf(node, value);
  if (definition?.kind === "template") return definition.values;
  return definition?.kind === "binary" && definition.operator === "+"
    ? [definition.left, definition.right].flatMap((each) => partsOf(node, each))
    : [value];
}

/** `{ topic, messages: [...] }` */
function namedIn(node: FunctionNode, value: ValueId, names: RegExp): readonly ValueId[] {
  const made = originOf(node, value);
  const definition = node.definitions[made];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "object") return [];
  return (node.uses[made] ?? []).flatMap((point) => {
    const store = node.code[point];
    return store?.kind === "store" &&
      store.object === made &&
      store.property.kind === "name" &&
      names.test(store.property.name)
      ? partsOf(node, store.value)
      : [];
  });
}
