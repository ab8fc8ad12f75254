/** Paths to columns within rows, as operators and expressions write them. */

/** What stands in a path for one of a list: `kids.$[kid].name`, `kids.*.name`. */
const place = /^(?:\d+|\$.*|\*|\[\])$/u;

/** Without what stands for one of a list: `kids.$.name` is `kids.name`. */
export function namesInPath(path: string): readonly string[] {
  return path
    .replaceAll(/\[[^\]]*\]/gu, ".*.")
    .split(".")
    .filter((name) => name !== "" && !place.test(name));
}
