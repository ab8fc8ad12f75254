/**
 * What the listeners of an event are called with, by the type that lists the events: `{ say: (remark: Remark) => void }`,
 * `{ say: [remark: Remark] }`, `{ say: Remark }`, `Record<string, (remark: Remark) => void>`.
 */
import type { TypeReference } from "../../contracts/type-reference.js";
import type { Program } from "../program/program.js";
import type { WrittenType, WrittenTypes } from "../sources/written-types.js";
import { transparentTypes } from "../sources/transparent-types.js";

const deepest = 6;

export class EventTypes {
  constructor(
    private readonly types: WrittenTypes,
    private readonly program: Program,
  ) {}

  /** The type of one argument of an event's listeners. */
  ofListener(events: WrittenType, event: string, index: number): WrittenType | null {
    const listed = this.member(events, event, 0);
    if (listed === null) return null;
    const told = this.unnamed(listed, 0);
    switch (told.type.kind) {
      case "function":
        return at(told, told.type.parameters?.[index]);
      case "tuple":
        return at(told, told.type.elements[index]);
      default:
        return index === 0 ? listed : null;
    }
  }

  private member({ file, type }: WrittenType, name: string, depth: number): WrittenType | null {
    if (depth > deepest) return null;
    switch (type.kind) {
      case "object": {
        const found = type.members.find((each) => each.name === name)?.type;
        return found == null ? null : { file, type: found };
      }
      case "intersection":
      case "union":
        return this.firstOf(file, type.members, name, depth);
      case "named": {
        const [first, second] = type.arguments;
        if (type.name === "Record") return at({ file, type }, second);
        if (transparentTypes.has(type.name) && first !== undefined)
          return this.member({ file, type: first }, name, depth + 1);
        for (const declared of this.declared(file, type.name)) {
          const found =
            this.member(declared, name, depth + 1) ??
            this.firstOf(declared.file, declared.above, name, depth);
          if (found !== null) return found;
        }
        return null;
      }
      default:
        return null;
    }
  }

  private firstOf(
    file: string,
    types: readonly TypeReference[],
    name: string,
    depth: number,
  ): WrittenType | null {
    for (const type of types) {
      const found = this.member({ file, type }, name, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  /** `type Say = (remark: Remark) => void` */
  private unnamed(written: WrittenType, depth: number): WrittenType {
    const { file, type } = written;
    if (type.kind !== "named" || depth > deepest) return written;
    const [only] = this.declared(file, type.name).filter(({ type: { kind } }) => kind !== "object");
    return only === undefined ? written : this.unnamed(only, depth + 1);
  }

  private declared(
    file: string,
    name: string,
  ): readonly (WrittenType & { readonly above: readonly TypeReference[] })[] {
    return this.types.declarationsOf(file, name).flatMap((key) => {
      const hash = key.indexOf("#");
      const home = key.slice("file:".length, hash);
      const declared = key.startsWith("file:")
        ? this.program.graphOf(home)?.types.find((each) => each.name === key.slice(hash + 1))
        : undefined;
      return declared === undefined ? [] : [{ file: home, type: declared.type, above: declared.extends }];
    });
  }
}

function at({ file }: WrittenType, type: TypeReference | undefined): WrittenType | null {
  return type === undefined ? null : { file, type };
}
