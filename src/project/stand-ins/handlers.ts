/** Types of functions that are given typed data, so that a parameter without a type of its own has the one it is given. */
export const graphqlStandIn = `
export interface GraphQLFieldResolver<S, C, A = any, R = unknown> { (source: S, args: A, context: C, info: any): R }
`;

export const graphqlToolsStandIn = `
export interface IFieldResolver<S, C, A = any, R = any> { (source: S, args: A, context: C, info: any): R }
`;

export const lambdaStandIn = `
export interface Handler<E = any, R = any> { (event: E, context: any, callback: any): any }
export interface AppSyncResolverEvent<A = any, S = any> { arguments: A; source: S; identity: any; request: any; info: any; prev: any; stash: any }
export interface AppSyncResolverHandler<A = any, R = any, S = any> { (event: AppSyncResolverEvent<A, S>, context: any, callback: any): any }
`;
