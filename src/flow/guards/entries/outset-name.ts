/** How a reader calls the place where the program is entered: `POST /children`, `enrol`, the file of a module. */
import type { InstructionOf } from "../../../contracts/file-graph.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { foldedConstant } from "../evidence/folded-constant.js";
import { definitionOf } from "../../paths/value-places.js";
import type { Chains } from "../handlers/chains.js";
import { joinPaths } from "../handlers/route-paths.js";
import type { Outset } from "../open-way.js";
import { keyOfValue, nameOfResult } from "./kept-under.js";
import { askedBy } from "./asked-by.js";

const mostVerbs = 10;
const verbs = /^(?:get|post|put|patch|delete|all|head|options)$/u;

export function nameOfOutset(outset: Outset, chains: Chains): string {
  const { kind, node, site, name: given } = outset;
  if (given !== undefined) return given;
  if (kind === "module") return node.file;
  if (site?.instruction.kind === "jsx") return nameOfProp(chains.pointsTo, site, site.instruction, node);
  if (site?.instruction.kind !== "call") return node.graph.path ?? node.graph.name;
  const { name, arguments: list } = site.instruction;
  const method = name.slice(name.lastIndexOf(".") + 1);
  const first = list[0] === undefined ? null : foldedConstant(chains.pointsTo, site.caller, list[0].value);
  const address = typeof first?.value === "string" ? first.value : null;
  if (verbs.test(method) && address !== null)
    return `${method.toUpperCase()} ${chains.wholePath(site, node)}`;
  const route = chains.routeOf(site, node);
  if (route?.methods != null) return `${route.methods.join("/")} ${chains.wholePath(site, node)}`;
  const behind = verbs.test(method) ? routeBefore(chains.pointsTo, site) : null;
  if (behind !== null) {
    const whole = chains.wholePath(site, node);
    return `${method.toUpperCase()} ${isOfAddress(chains, site) ? whole : joinPaths(whole, behind)}`;
  }
  if (address !== null) return `${name}("${address}")`;
  const word = askedBy(chains, site, outset.address);
  if (word !== null) return word;
  // The member of what is handed over says more than what comes of that: `new Server({ resolvers: { … } })`.
  if (outset.address.includes(".") && isNamed(node)) return keyOf(outset, site, "key") ?? node.graph.name;
  return nameByKeys(outset, site, chains) ?? keyOf(outset, site, "any") ?? name;
}

/** `Mutation.enrol`, of what stands in a tree of handlers under names that are known. */
function nameByKeys({ node }: Outset, site: CallSite, { registrations }: Chains): string | null {
  const own = registrations
    .at(site)
    .filter(
      ({ role, handlers }) => role.keys !== null && handlers.some(({ values }) => values.includes(node)),
    );
  const [path] = own.flatMap(({ paths }) => paths ?? []);
  return path === undefined || path.includes(":") ? null : path.slice(1).replaceAll("/", ".");
}

function isNamed({ graph }: FunctionNode): boolean {
  return graph.name !== "anonymous";
}

/** What is registered there is for one address only, which is the end of its whole path. */
function isOfAddress(chains: Chains, site: CallSite): boolean {
  const [place] = chains.registrations.at(site)[0]?.places ?? [];
  const [mount, ...others] = place === undefined ? [] : chains.mountsOf(place.chain);
  return mount?.kind === "mount" && mount.isWhole && others.length === 0;
}

/** `router.route("/children/:id").get(show).put(change)` */
function routeBefore(pointsTo: PointsTo, { caller, instruction }: CallSite): string | null {
  let receiver = instruction.kind === "call" ? instruction.receiver : null;
  for (let calls = 0; receiver !== null && calls < mostVerbs; calls++) {
    const call = definitionOf(caller, receiver);
    if (call?.kind !== "call") return null;
    const [first] = call.arguments;
    if (/(?:^|\.)route$/u.test(call.name) && first !== undefined) {
      const path = foldedConstant(pointsTo, caller, first.value)?.value;
      return typeof path === "string" ? path : null;
    }
    receiver = call.receiver;
  }
  return null;
}

/** The name under which what the call gives is kept: `deletePupil: procedure.mutation(…)`. */
function keyOf({ isJob }: Outset, { caller, instruction }: CallSite, kept: "key" | "any"): string | null {
  if (!("out" in instruction)) return null;
  return kept === "any" && isJob !== true
    ? nameOfResult(caller, instruction.out)
    : keyOfValue(caller, instruction.out);
}

/** `the form's onSubmit`, `the Button's onClick` */
function nameOfProp(
  pointsTo: PointsTo,
  { caller }: CallSite,
  { tag, props }: InstructionOf<"jsx">,
  node: FunctionNode,
): string {
  const fields = [...pointsTo.valuesOf(caller, props)]
    .flatMap((object) => [...pointsTo.fieldsOf(object)])
    .filter(([name]) => name !== "*");
  const own = fields.find(([, { values }]) =>
    [...values].some((each) => each.kind === "function" && each.function === node),
  );
  // A function that a package made of it: `handleSubmit(save)`.
  const made = fields.find(([, { values }]) =>
    [...values].some((each) => each.kind === "foreign" && pointsTo.channelOf(each.id) !== undefined),
  );
  const [name] = own ?? made ?? [];
  return name === undefined ? `the ${tag}` : `the ${tag}'s ${name}`;
}
