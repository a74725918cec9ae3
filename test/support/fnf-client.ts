// @ts-expect-error The package has no types.
import Client from '@alicloud/fnf-2019-03-15';

export interface FnfOptions {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** `timeout` is in milliseconds; 3,000 unless given. */
type Call = (
  parameters: Readonly<Record<string, unknown>>,
  options?: { timeout?: number },
) => Promise<Record<string, unknown>>;

type Operation =
  | 'createFlow'
  | 'createSchedule'
  | 'deleteFlow'
  | 'deleteSchedule'
  | 'describeExecution'
  | 'describeFlow'
  | 'describeSchedule'
  | 'getExecutionHistory'
  | 'listExecutions'
  | 'listFlows'
  | 'listSchedules'
  | 'reportTaskFailed'
  | 'reportTaskSucceeded'
  | 'startExecution'
  | 'stopExecution'
  | 'updateFlow'
  | 'updateSchedule';

/** CloudFlow's operations as the vendor's client has them, which knows no later ones. */
export type FnfClient = Readonly<Record<Operation, Call>>;

export const fnfClient = (options: FnfOptions): FnfClient => new Client(options);
