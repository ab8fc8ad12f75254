/** What BullMQ's types say of jobs, so that the data of a job keeps its type. */
export const bullmqStandIn = `
export declare class Job<D = any, R = any, N = any> {
  #identity: [D, R, N];
  data: D;
  returnvalue: R;
  name: N;
  readonly id: any;
  readonly opts: any;
  readonly failedReason: any;
  readonly progress: any;
  readonly attemptsMade: number;
  readonly timestamp: number;
  readonly queueName: string;
  [member: string]: any;
}
export type Processor<D = any, R = any, N = any> = (job: Job<D, R, N>, token?: string) => Promise<R>;
export declare class Worker<D = any, R = any, N = any> {
  #identity: [D, R, N];
  constructor(name: any, processor?: string | URL | Processor<D, R, N> | null, options?: any);
  on(event: any, listener: (job: Job<D, R, N>, ...more: any[]) => any): this;
  once(event: any, listener: (job: Job<D, R, N>, ...more: any[]) => any): this;
  [member: string]: any;
}
export declare class WorkerPro<D = any, R = any, N = any> extends Worker<D, R, N> {}
export type SandboxedJob<D = any, R = any> = Job<D, R>;
`;
