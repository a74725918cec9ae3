import type { Transfer } from '@aws-sdk/client-transfer';
import type { CallFunction } from '../../src/functions/call-function.ts';

/** The event of a custom step, as its function gets it. */
export interface CustomEvent {
  readonly token: string;
  readonly serviceMetadata: {
    readonly executionDetails: { readonly workflowId: string; readonly executionId: string };
    readonly transferDetails: Readonly<Record<string, string>>;
  };
  readonly fileLocation: Readonly<Record<string, unknown>>;
}

export interface FunctionCalls {
  readonly callFunction: CallFunction;
  /** Events in the order of the calls. */
  readonly events: readonly CustomEvent[];
  /** The event of the call of that number, counted from 0, once it has come. */
  event(number: number): Promise<CustomEvent>;
}

/** A function that returns at once and leaves the answer to the test. */
export function functionCalls(): FunctionCalls {
  const events: CustomEvent[] = [];
  const waiting: PromiseWithResolvers<CustomEvent>[] = [];
  const at = (number: number): PromiseWithResolvers<CustomEvent> => {
    waiting[number] ??= Promise.withResolvers<CustomEvent>();
    return waiting[number];
  };
  return {
    events,
    event: (number) => at(number).promise,
    callFunction: async (_name, text) => {
      const event = JSON.parse(text) as CustomEvent;
      events.push(event);
      at(events.length - 1).resolve(event);
      return 'null';
    },
  };
}

/** What a function does to answer: a request like any other. */
export async function answerStep(
  client: Transfer,
  { token, serviceMetadata }: CustomEvent,
  status: 'SUCCESS' | 'FAILURE',
  wrongToken = token,
): Promise<number | undefined> {
  const { workflowId: WorkflowId, executionId: ExecutionId } = serviceMetadata.executionDetails;
  const { $metadata } = await client.sendWorkflowStepState({
    WorkflowId,
    ExecutionId,
    Token: wrongToken,
    Status: status,
  });
  return $metadata.httpStatusCode;
}
