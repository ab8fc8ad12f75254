/**
 * Places that models alone write and read, such as the `listeners_` of an emitter. The mark behind their names is in no
 * identifier, so that a program's own `name_` stays a property like any other.
 */
const mark = "_\u2020";

/** The name of a place, as a model writes it: it ends in `_`. */
export function modelsOwnName(written: string): string {
  return `${written.slice(0, -1)}${mark}`;
}

/** The word in it: `failed`. */
export function modelsOwnWord(name: string): string {
  return isModelsOwn(name) ? name.slice(0, -mark.length) : name;
}

export function isModelsOwn(name: string): boolean {
  return name.endsWith(mark);
}

/**
 * Of an object: the function of a proxy of it that is told of whatever is written there. It is asked of each object
 * that is written to, so it is not listed with the object's properties.
 */
export const writer = modelsOwnName("writer_");

/** Of what a call makes: what stands for arguments that are left out there. */
export const unnamed = modelsOwnName("unnamed_");

/** Of a token, a class or a text: what a container hands out for it. */
export const bound = modelsOwnName("bound_");

/** Where that function is told of what. */
export const trapped = { target: 0, key: 1, value: 2, proxy: 3 } as const;

/** The operand of a call that copies properties into it (`Object.assign(profile, changes)`): its setters run. */
export const assignedArgument = 0;

/** The same, or an entry of such a place by its key. */
export function isOfModelsOwn(name: string): boolean {
  return isModelsOwn(name) || name.includes(`${mark}=`);
}
