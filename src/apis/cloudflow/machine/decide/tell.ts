import type { Callback, TaskOutcome } from '../commands.ts';
import type { Failure } from '../failure.ts';
import type { Body } from '../messages.ts';
import type { CloudflowTurn, Run } from './run.ts';

/** Tells the execution whose task waits for the end of this one. */
export function reportEnd(turn: CloudflowTurn, callback: Callback, outcome: TaskOutcome): void {
  const { identity } = turn;
  const { scope, executionName: name, executionId: id, taskEventId } = callback;
  const body: Body = { kind: 'child-ended', taskEventId, executionName: identity.name, outcome };
  turn.send({ to: { api: identity.api, scope, name, id }, body });
}

interface Child {
  /** The step that waits for it. */
  readonly of: number;
  readonly flowName: string;
  readonly executionName: string;
}

/** Waits for an execution no more: ends it if this task has started it; one that others have started goes on. */
export function abandonChild({ turn, installation }: Run, child: Child, { error, cause }: Failure): void {
  const { api, scope } = turn.identity;
  const to = { api, scope: installation.scopeOfFlow(scope, child.flowName), name: child.executionName };
  const body: Body = { kind: 'abandon', taskEventId: child.of, error, cause };
  turn.send({ to, body });
}
