import { NoSuchExecution } from '../../../kernel/errors.ts';
import type { Identity } from '../../../kernel/machine.ts';
import { HttpError, type HttpRequest, type HttpRoute } from '../../http-route.ts';
import { knownParameters } from '../parameters.ts';
import { awaitChange } from './await-change.ts';
import { findVisible, homeOf, type OwnApiOptions } from './visible.ts';

/** A comment now and then shows both sides that the other is still there. */
const KEEP_ALIVE_MS = 15_000;
const PAGE = 500;

/** The history live, as server-sent events; it ends behind the closing event and resumes behind `Last-Event-ID`. */
export const executionEvents = (options: OwnApiOptions): HttpRoute => ({
  method: 'GET',
  path: '/api/v1/executions/:id/events',
  access: 'signed',
  handle: async (request) => {
    knownParameters(request.query, []);
    const seen = lastEventId(request);
    const { systems, kernel } = options;
    const { identity } = await findVisible(request, {
      systems,
      kernel,
      action: 'orrery:GetExecutionHistory',
    });
    return {
      contentType: 'text/event-stream; charset=utf-8',
      body: follow(options, { identity, seen, signal: request.signal }),
    };
  },
});

function lastEventId({ headers }: HttpRequest): number {
  const text = headers['last-event-id'] ?? '0';
  if (typeof text === 'string' && /^\d{1,9}$/.test(text)) return Number(text);
  throw new HttpError(400, 'bad-parameter', 'Last-Event-ID must be the id of an event');
}

interface Following {
  readonly identity: Identity;
  /** Id of the last event that the client has. */
  readonly seen: number;
  readonly signal: AbortSignal;
}

async function* follow(options: OwnApiOptions, following: Following): AsyncGenerator<string> {
  const { kernel, clock } = options;
  const { identity, signal } = following;
  const { id } = identity;
  let { seen } = following;
  yield 'retry: 1000\n\n';
  try {
    while (!signal.aborted) {
      const deadline = clock.now() + KEEP_ALIVE_MS;
      const found = await awaitChange(
        { kernel, clock, id, deadline, signal },
        ({ eventCount }) => eventCount > seen,
      );
      await kernel.durable();
      if (found.eventCount <= seen) yield ': still here\n\n';
      for (; seen < found.eventCount; seen = Math.min(seen + PAGE, found.eventCount))
        yield await pageText(options, identity, {
          from: seen + 1,
          to: Math.min(seen + PAGE, found.eventCount),
        });
      if (found.summary.endedAt !== undefined) return;
    }
  } catch (error) {
    // Forgotten meanwhile: there is nothing more to come.
    if (!(error instanceof NoSuchExecution)) throw error;
  }
}

async function pageText(
  { kernel, systems }: OwnApiOptions,
  identity: Identity,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<string> {
  const { readEvent } = homeOf(systems, identity).system.executions;
  const texts = await kernel.history(identity.id, from, to);
  return texts
    .map((text, index) => readEvent(text, from + index))
    .map((event) => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');
}
