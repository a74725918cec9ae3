import type { Delivery, Identity, Undelivered } from '../../../kernel/machine.ts';
import type { ExternalTarget, UnreachedTarget } from './attributes/external.ts';
import type { ChildOutcome, ChildStartFailed, Start, SwfCommand } from './commands.ts';
import type { ChildPolicy, Text, VersionedType, WorkflowExecution } from './values.ts';

/** What one execution tells another. Requests carry what their refusal must repeat, so that nobody has to keep it. */
export interface MessageBodies {
  'start-child': {
    readonly start: Omit<Start, 'parent'>;
    readonly initiatedEventId: number;
    readonly decisionTaskCompletedEventId: number;
    readonly workflowId: string;
    readonly control?: Text;
  };
  'child-started': { readonly initiatedEventId: number };
  'child-start-failed': Omit<ChildStartFailed, 'type'>;
  'child-closed': {
    readonly initiatedEventId: number;
    readonly workflowType: VersionedType;
    readonly outcome: ChildOutcome;
  };
  signal: {
    readonly signalName: string;
    readonly input?: Text;
    readonly initiatedEventId: number;
    readonly target: ExternalTarget;
  };
  'external-signaled': { readonly initiatedEventId: number };
  'signal-failed': { readonly target: UnreachedTarget };
  cancel: { readonly initiatedEventId: number; readonly target: ExternalTarget };
  'cancel-delivered': { readonly initiatedEventId: number };
  'cancel-failed': { readonly target: UnreachedTarget };
  'apply-child-policy': { readonly policy: ChildPolicy; readonly initiatedEventId: number };
}

type BodyType = keyof MessageBodies;

export type Body = { [T in BodyType]: { readonly type: T } & MessageBodies[T] }[BodyType];

type Receivers = {
  readonly [T in BodyType]: (body: MessageBodies[T], from: WorkflowExecution) => SwfCommand;
};

const receivers: Receivers = {
  'start-child': ({ start, initiatedEventId }, from) => ({ ...start, parent: { ...from, initiatedEventId } }),
  'child-started': ({ initiatedEventId }, execution) => ({
    type: 'child-started',
    initiatedEventId,
    execution,
  }),
  'child-start-failed': (body) => ({ ...body, type: 'child-start-failed' }),
  'child-closed': (body, execution) => ({ ...body, type: 'child-closed', execution }),
  signal: ({ signalName, input, initiatedEventId }, execution) => ({
    type: 'signal',
    signalName,
    input,
    sender: { execution, initiatedEventId },
  }),
  'external-signaled': ({ initiatedEventId }, execution) => ({
    type: 'external-signaled',
    initiatedEventId,
    execution,
  }),
  'signal-failed': ({ target }) => ({ type: 'signal-failed', target }),
  cancel: ({ initiatedEventId }, execution) => ({
    type: 'request-cancel',
    sender: { execution, initiatedEventId },
  }),
  'cancel-delivered': ({ initiatedEventId }, execution) => ({
    type: 'cancel-delivered',
    initiatedEventId,
    execution,
  }),
  'cancel-failed': ({ target }) => ({ type: 'cancel-failed', target }),
  'apply-child-policy': ({ policy, initiatedEventId }, from) => ({
    type: 'apply-child-policy',
    policy,
    parent: { ...from, initiatedEventId },
  }),
};

export function receive(body: unknown, from: Identity): Delivery<SwfCommand> {
  const message = body as Body;
  const receiver = receivers[message.type] as (body: Body, from: WorkflowExecution) => SwfCommand;
  const command = receiver(message, { workflowId: from.name, runId: from.id });
  return { start: message.type === 'start-child', command };
}

/** Reports and policies that arrive too late are forgotten; requests are answered by their failure. */
export function bounce(body: unknown, _why: Undelivered): Body | undefined {
  const message = body as Body;
  switch (message.type) {
    case 'start-child': {
      const { initiatedEventId, decisionTaskCompletedEventId, workflowId, control } = message;
      const { workflowType } = message.start;
      const cause = 'WORKFLOW_ALREADY_RUNNING';
      return {
        type: 'child-start-failed',
        initiatedEventId,
        decisionTaskCompletedEventId,
        workflowId,
        workflowType,
        control,
        cause,
      };
    }
    case 'signal':
      return { type: 'signal-failed', target: unreached(message) };
    case 'cancel':
      return { type: 'cancel-failed', target: unreached(message) };
    default:
      return undefined;
  }
}

function unreached(message: { target: ExternalTarget; initiatedEventId: number }): UnreachedTarget {
  const { target, initiatedEventId } = message;
  return { ...target, initiatedEventId, cause: 'UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION' };
}
