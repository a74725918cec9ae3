import { readFileSync } from 'node:fs';
// @ts-expect-error The package has no types.
import Client from '@alicloud/fnf-2019-03-15';

const {
  ORRERY_ENDPOINT: endpoint = 'http://127.0.0.1:7400',
  ORRERY_ACCESS_KEY_ID: accessKeyId = writtenKey('aws_access_key_id'),
  ORRERY_SECRET_ACCESS_KEY: accessKeySecret = writtenKey('aws_secret_access_key'),
} = process.env;

export interface Execution {
  readonly Name: string;
  readonly Status: string;
  /** JSON text; empty unless the execution has succeeded. */
  readonly Output: string;
}

export interface HistoryEvent {
  readonly StepName: string;
  readonly Type: string;
  /** JSON text. */
  readonly EventDetail: string;
  readonly Time: string;
}

type Operation<Answer> = (parameters: object, options?: { readonly timeout: number }) => Promise<Answer>;

interface Fnf {
  readonly createFlow: Operation<unknown>;
  readonly updateFlow: Operation<unknown>;
  readonly startExecution: Operation<Execution>;
  readonly describeExecution: Operation<Execution>;
  readonly getExecutionHistory: Operation<{ readonly Events: readonly HistoryEvent[] }>;
}

/** Alibaba's client as it is; only its endpoint says that Orrery answers. */
export const fnf: Fnf = new Client({ endpoint, accessKeyId, accessKeySecret });

/** A key that the server's first start has made. */
function writtenKey(name: string): string | undefined {
  const file = `${process.env.ORRERY_DATA ?? 'orrery-data'}/credentials`;
  return new RegExp(`^${name} *= *(.+)$`, 'm').exec(readFileSync(file, 'utf8'))?.[1];
}
