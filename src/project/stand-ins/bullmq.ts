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
export type SandboxedJob<D = any, R = any> = Job<D, R>;
`;
