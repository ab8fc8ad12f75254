/** Names of methods of packages that keep the function they are handed, to run it later: listeners, subscribers. */
import type { Address, AddressStep, PathModel, Role } from "../../contracts/model.js";
import { isModelsOwn } from "../../contracts/models-own.js";
import type { Catalogue } from "../../models/catalogue.js";

const byCatalogue = new WeakMap<Catalogue, ReadonlySet<string>>();

export function keepingMethods(catalogue: Catalogue): ReadonlySet<string> {
  let names = byCatalogue.get(catalogue);
  if (names === undefined) {
    names = new Set(catalogue.packages.flatMap(({ paths }) => keepingNames(paths)));
    byCatalogue.set(catalogue, names);
  }
  return names;
}

function keepingNames(paths: readonly PathModel[]): readonly string[] {
  const run = new Set(paths.flatMap(({ roles }) => roles.flatMap(targetsOf).flatMap(namesRun)));
  return paths.flatMap(({ path, roles }) => {
    const last = path.at(-1);
    return path.length > 1 && last?.kind === "name" && roles.some((role) => keepsArgument(role, run))
      ? [last.name]
      : [];
  });
}

/** An argument comes to lie in the object under a name whose functions are run. */
function keepsArgument(role: Role, run: ReadonlySet<string>): boolean {
  return (
    role.kind === "flow" &&
    role.from.some(({ root, steps }) => root.kind === "argument" && steps.length === 0) &&
    role.to.some(
      ({ root, steps: [first] }) => root.kind === "this" && first !== undefined && isOf(run, first),
    )
  );
}

function targetsOf(role: Role): readonly Address[] {
  return role.kind === "flow" ? role.to : [];
}

/** `this.listeners_[arg0].param0`: what lies there is run with something. */
function namesRun({ steps }: Address): readonly string[] {
  const isRun = steps.some(({ kind }) => kind === "parameter");
  return isRun
    ? steps.flatMap((step) => (step.kind === "property" && isModelsOwn(step.name) ? [step.name] : []))
    : [];
}

function isOf(names: ReadonlySet<string>, step: AddressStep): boolean {
  return step.kind === "property" && names.has(step.name);
}
