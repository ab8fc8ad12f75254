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

export const grpcStandIn = `
export interface sendUnaryData<R = any> { (error: any, value?: R | null, trailer?: any, flags?: number): void }
export interface ServerUnaryCall<Q = any, R = any> { request: Q; metadata: any; cancelled: boolean; getPeer(): string }
export interface ServerWritableStream<Q = any, R = any> { request: Q; metadata: any; cancelled: boolean; [member: string]: any }
export interface handleUnaryCall<Q = any, R = any> { (call: ServerUnaryCall<Q, R>, callback: sendUnaryData<R>): void }
export interface handleServerStreamingCall<Q = any, R = any> { (call: ServerWritableStream<Q, R>): void }
`;
