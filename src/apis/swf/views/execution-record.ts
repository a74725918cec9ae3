import type { ExecutionDetails, ExecutionReference, ExecutionSnapshot, Waiting } from '../../api.ts';
import { stateOf } from '../executions.ts';
import { type HistoryEvent, timeOf } from '../machine/events.ts';
import type { Child, SwfState } from '../machine/state.ts';
import type { Swf } from '../swf.ts';
import { outcomeOf } from './outcome.ts';
import { type Start, type Wait, waitsOf } from './waits.ts';

/** Reading who has a task costs a look into the history: not for each of a thousand. */
const MOST_LOOKED_UP = 20;

/** What Orrery's own API tells of an execution; everything is taken from the state before the first wait. */
export async function describeExecution(swf: Swf, snapshot: ExecutionSnapshot): Promise<ExecutionDetails> {
  const state = stateOf(snapshot);
  const { identity, eventCount } = snapshot;
  const present = { now: swf.now(), pollers: (queue: string) => swf.kernel.pollers(queue) };
  const shown = {
    run: identity.id,
    progress: { done: eventCount, total: null, unit: 'events' },
    open: openOf(state),
    parent: parentOf(state),
  };
  const readEvent = eventReader(swf, identity.id);
  const [first, last, waitingFor, children] = await Promise.all([
    readEvent(1),
    state.close === null ? undefined : readEvent(eventCount),
    tellAll(waitsOf(state, present), readEvent),
    Promise.all(Object.values(state.children).map((child, place) => childOf(child, place, readEvent))),
  ]);
  const input = (first?.workflowExecutionStartedEventAttributes as { input?: string } | undefined)?.input;
  return { ...shown, input: input ?? null, ...outcomeOf(last), waitingFor, children };
}

type ReadEvent = (id: number) => Promise<HistoryEvent | undefined>;

function eventReader({ kernel }: Swf, runId: string): ReadEvent {
  return async (id) => {
    const [text] = await kernel.history(runId, id, id);
    return text === undefined ? undefined : (JSON.parse(text) as HistoryEvent);
  };
}

function openOf({ open }: SwfState): ExecutionDetails['open'] {
  const { decisions, activities, timers, children } = open;
  return { decisions, activities, timers, children };
}

function parentOf({ parent }: SwfState): ExecutionReference | null {
  return parent === null ? null : { id: parent.runId, name: parent.workflowId };
}

/** The state does not keep a child's run; the event of its start does. */
async function childOf(child: Child, place: number, readEvent: ReadEvent): Promise<ExecutionReference> {
  const { workflowId, startedEventId } = child;
  const isLookedUp = startedEventId !== 0 && place < MOST_LOOKED_UP;
  const event = isLookedUp ? await readEvent(startedEventId) : undefined;
  const attributes = event?.childWorkflowExecutionStartedEventAttributes as
    | { readonly workflowExecution: { readonly runId: string } }
    | undefined;
  return { id: attributes?.workflowExecution.runId ?? null, name: workflowId };
}

function tellAll(waits: readonly Wait[], readEvent: ReadEvent): Promise<Waiting[]> {
  let lookedUp = 0;
  return Promise.all(
    waits.map(async (wait) => {
      const { startedEventId = 0 } = wait;
      if (startedEventId === 0 || lookedUp === MOST_LOOKED_UP) return tell(wait, undefined);
      lookedUp += 1;
      return tell(wait, startOf(await readEvent(startedEventId)));
    }),
  );
}

function startOf(event: HistoryEvent | undefined): Start | undefined {
  if (event === undefined) return undefined;
  const attributes = (event.decisionTaskStartedEventAttributes ?? event.activityTaskStartedEventAttributes) as
    | { readonly identity?: string }
    | undefined;
  return { at: timeOf(event), identity: attributes?.identity };
}

function tell(wait: Wait, start: Start | undefined): Waiting {
  const since = wait.since ?? start?.at;
  return {
    text: wait.text(start),
    kind: wait.kind,
    name: wait.name,
    since: since === undefined ? null : new Date(since).toISOString(),
    due: wait.due === null ? null : new Date(wait.due).toISOString(),
  };
}
