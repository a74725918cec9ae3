import { DecryptingThread } from '../../openpgp/thread.ts';
import { PageTokens } from '../../wire/page-tokens.ts';
import type { AwsApi, Call, ExecutionViews, Operation } from '../api.ts';
import { createCreationTimes } from './creation-times.ts';
import { invalidNextToken, transferFault } from './faults.ts';
import { transferLimitsFrom } from './limits.ts';
import { transferModel } from './model/shapes.gen.ts';
import { API } from './names.ts';
import { operations } from './operations.ts';
import { requestPermission } from './permissions.ts';
import type { Transfer } from './transfer.ts';
import { executionViews } from './views/execution-views.ts';
import { createWorkflowRuns } from './workflow-runs.ts';

/** For how long the thread that decrypts is kept for the next message. */
const DECRYPTING_IDLE = 30_000;

export interface TransferOptions
  extends Omit<Transfer, 'limits' | 'creationTime' | 'pageTokens' | 'workflowRuns' | 'decrypting'> {
  /** Seals tokens; the same for the lifetime of the store. */
  readonly tokenKey: Buffer;
  /** Every setting under `limits:` by its name. */
  readonly limits: Readonly<Record<string, number>>;
  /** Something failed that must not. */
  readonly report: (error: unknown) => void;
}

/** What the operations, sessions and steps of this API work with. */
export function openTransfer({ tokenKey, limits, report, ...parts }: TransferOptions): Transfer {
  const { kernel, clock, logs, settings } = parts;
  const { throttle } = settings;
  return {
    ...parts,
    limits: transferLimitsFrom(limits),
    creationTime: createCreationTimes(clock),
    pageTokens: new PageTokens(tokenKey, () => clock.now(), invalidNextToken),
    workflowRuns: createWorkflowRuns({ kernel, clock, logs, tokenKey, throttle, report }),
    decrypting: new DecryptingThread((end) => clock.at(clock.now() + DECRYPTING_IDLE, end)),
  };
}

/** AWS Transfer Family, API version 2018-11-05: https://docs.aws.amazon.com/transfer/latest/APIReference/ */
export function createTransfer(transfer: Transfer): AwsApi & { readonly executions: ExecutionViews } {
  return {
    name: API,
    protocol: 'aws-json-1.1',
    model: transferModel,
    targetPrefixes: ['TransferService'],
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, served(transfer, operation)]),
    ),
    permission: (operation, input, call) => requestPermission(transfer, { operation, input }, call),
    fault: transferFault,
    executions: executionViews(transfer.clock),
  };
}

/** No answer, be it a fault, leaves before all that it may rest on is durable. */
function served(transfer: Transfer, operation: (typeof operations)[keyof typeof operations]): Operation {
  const run = operation as (transfer: Transfer, input: unknown, call: Call) => object | undefined;
  return async (input, call) => {
    try {
      return await run(transfer, input, call);
    } finally {
      await transfer.kernel.durable();
    }
  };
}
