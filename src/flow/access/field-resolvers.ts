/**
 * Methods that give one field of what an operation gave: `@ResolveField() author(@Parent() essay)`. Nobody gets at them
 * but through an operation, so they are as open as the operations are that their class has.
 */
import type { Chains } from "../guards/handlers/chains.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { AuthorizedRoutes } from "./authorized-routes.js";

const ofField = /^(?:ResolveField|ResolveProperty|FieldResolver)$/u;

export class FieldResolvers {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly chains: Chains,
    private readonly routes: AuthorizedRoutes,
  ) {}

  /** It is one, and every operation of its class asks who somebody is. */
  isBehindAuthorized(node: FunctionNode): boolean {
    if (!this.isField(node)) return false;
    const home = this.pointsTo.program.homeClass(node);
    const members = (home?.graph.members ?? []).flatMap(({ function: id }) => {
      const member = home === undefined || id === null ? undefined : this.pointsTo.program.memberOf(home, id);
      return member === undefined ? [] : [member];
    });
    return members.every(
      (member) =>
        this.chains.entries.of(member).length === 0 ||
        this.isField(member) ||
        this.routes.isAuthorized(member),
    );
  }

  private isField(node: FunctionNode): boolean {
    const entries = this.chains.entries.of(node);
    return (
      entries.length > 0 &&
      entries.every(({ decorations }) =>
        decorations.some(({ site }) => [...site.foreign].some(({ path }) => ofField.test(path.at(-1) ?? ""))),
      )
    );
  }
}
