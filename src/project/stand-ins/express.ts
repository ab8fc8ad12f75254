/** The generic types of web frameworks' and brokers' requests, so that a typed body keeps its type. */
export const expressStandIn = `
declare global { namespace Express { interface Request {} interface Response {} interface Locals {} interface User {} } }
export interface Request<P = any, A = any, B = any, Q = any, L = any> extends Express.Request { params: P; body: B; query: Q; user?: Express.User }
export interface Response<A = any, L = any> extends Express.Response { locals: L & Express.Locals; req: Request }
export type NextFunction = (error?: any) => void;
export interface RequestHandler<P = any, A = any, B = any, Q = any, L = any> { (request: Request<P, A, B, Q, L>, response: Response<A, L>, next: NextFunction): any }
export interface ErrorRequestHandler<P = any, A = any, B = any, Q = any, L = any> { (error: any, request: Request<P, A, B, Q, L>, response: Response<A, L>, next: NextFunction): any }
export type Handler = RequestHandler;
`;

export const fastifyStandIn = `
type Part<R, K> = K extends keyof R ? R[K] : any;
export interface FastifyRequest<R = any, S = any> { body: Part<R, "Body">; query: Part<R, "Querystring">; params: Part<R, "Params">; headers: any }
`;

export const moleculerStandIn = `
export interface Context<P = any, M = any, L = any> { params: P; meta: M; locals: L; [member: string]: any }
`;
