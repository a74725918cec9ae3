import { Unavailable } from '../../kernel/errors.ts';
import { showClosed } from '../../kernel/execution-reader.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Identity } from '../../kernel/machine.ts';
import type { LogGroups, LogStream } from '../../logs/log-groups.ts';
import { type Execution, stateOf } from './execution.ts';
import { executionStream } from './log-streams.ts';
import type { Event } from './machine/events.ts';
import type { Facts } from './machine/facts.ts';
import { factsOf } from './machine/state.ts';
import { API } from './names.ts';
import { writeRecord } from './resources/records.ts';
import { logEntry } from './views/log-entry.ts';

/** What ended longer ago than this has been handed to its stream. */
const UNSURE_MS = 10_000;
/** While executions end, what has reached its file is noted this often. */
const NOTED_EVERY_MS = 10_000;
const NOTES = 'transfer-execution-log';
const NOTE = 'complete';
const PAGE = 500;

export interface ExecutionLogHost {
  readonly kernel: Kernel;
  readonly logs: LogGroups;
  readonly now: () => number;
  /** Something failed that must not. */
  readonly report: (error: unknown) => void;
}

/** Streams of executions that ended before then are complete. */
interface Note {
  readonly until: number;
}

interface Followed {
  readonly id: string;
  readonly stream: LogStream;
  /** Events that are in the stream. */
  written: number;
  isBusy: boolean;
  hasMore: boolean;
  unwatch: () => void;
}

/** Writes the history of each execution to a log stream of its own, event by event once they are durable. */
export class ExecutionLog {
  readonly #host: ExecutionLogHost;
  /** Executions whose end is not written yet, by id. */
  readonly #open = new Map<string, Followed>();
  #notedAt = Number.NEGATIVE_INFINITY;

  constructor(host: ExecutionLogHost) {
    this.#host = host;
  }

  /** An execution that has just begun. */
  follow(identity: Identity, facts: Facts): void {
    this.#watch(newFollowed(identity, facts));
  }

  /** After a start: goes on with what runs, and makes up for what the end of the process kept from being written. */
  async resume(): Promise<void> {
    const { kernel, now } = this.#host;
    const begunAt = now();
    const since = kernel.records.get<Note>(NOTES, NOTE)?.document.until ?? 0;
    for (const { api, scope } of await kernel.scopes()) {
      if (api !== API) continue;
      for (const execution of [...kernel.openIn(API, scope)]) await this.#told(this.#resume(execution));
      await this.#completeClosed(scope, since);
    }
    void this.#note(begunAt);
  }

  async #resume({ identity, state }: Execution): Promise<void> {
    const followed = newFollowed(identity, factsOf(stateOf({ state })));
    // It may have ended meanwhile; then its last event takes it off again.
    this.#watch(followed);
    followed.isBusy = true;
    followed.written = (await this.#host.logs.read(followed.stream)).length;
    followed.isBusy = false;
    await this.#write(followed);
  }

  /** Those of a workflow that ended when nothing says that their streams are complete. */
  async #completeClosed(scope: string, since: number): Promise<void> {
    const { kernel, now } = this.#host;
    const query = {
      ...{ api: API, scope, now: now(), since, limit: PAGE },
      ...({ timeOf: 'ended', order: 'newest' } as const),
    };
    let page = await kernel.listClosed(query);
    for (let end = page.at(-1); end !== undefined; end = page.at(-1)) {
      for (const closed of page) await this.#told(this.#complete(showClosed(closed)));
      page = await kernel.listClosed({ ...query, after: { time: end.summary.endedAt, id: end.id } });
    }
  }

  async #complete({ identity, state, eventCount }: Execution): Promise<void> {
    if (this.#open.has(identity.id)) return;
    const followed = newFollowed(identity, factsOf(stateOf({ state })));
    followed.written = (await this.#host.logs.read(followed.stream)).length;
    if (followed.written < eventCount) await this.#write(followed);
  }

  /** A stream that cannot be read keeps neither the others nor the start of the service. */
  async #told(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#host.report(error);
    }
  }

  #watch(followed: Followed): void {
    const unwatch = this.#host.kernel.watchers.watch(followed.id, () => void this.#write(followed));
    this.#open.set(followed.id, followed);
    followed.unwatch = () => {
      unwatch();
      this.#open.delete(followed.id);
    };
  }

  async #write(followed: Followed): Promise<void> {
    followed.hasMore = true;
    if (followed.isBusy) return;
    followed.isBusy = true;
    try {
      while (followed.hasMore) {
        followed.hasMore = false;
        await this.#writeNew(followed);
      }
    } catch (error) {
      // What is lost was not written; when it has happened again it is told again.
      if (!(error instanceof Unavailable)) this.#host.report(error);
    } finally {
      followed.isBusy = false;
    }
  }

  async #writeNew(followed: Followed): Promise<void> {
    const { kernel, logs } = this.#host;
    // Asked for in one breath, so that what was read is among what becomes durable.
    const reading = kernel.history(followed.id, followed.written + 1, Number.MAX_SAFE_INTEGER);
    const [texts] = await Promise.all([reading, kernel.durable()]);
    for (const text of texts) {
      const event = JSON.parse(text) as Event;
      logs.write(followed.stream, event.at, logEntry(event));
      followed.written += 1;
      if (isLast(event)) this.#end(followed);
    }
  }

  #end(followed: Followed): void {
    followed.unwatch();
    const now = this.#host.now();
    if (now - this.#notedAt >= NOTED_EVERY_MS) void this.#note(now);
  }

  /** Once what was written until `time` is in its files, no later start looks at it again. */
  async #note(time: number): Promise<void> {
    this.#notedAt = time;
    const { kernel, logs, report } = this.#host;
    try {
      await logs.flush();
      const document: Note = { until: time - UNSURE_MS };
      writeRecord({ kernel }, NOTES, { id: NOTE, document });
    } catch (error) {
      // What is not noted is looked at again.
      if (!(error instanceof Unavailable)) report(error);
    }
  }
}

function newFollowed({ id, name }: Identity, facts: Facts): Followed {
  const stream = executionStream(name, facts);
  return { id, stream, written: 0, isBusy: false, hasMore: false, unwatch: () => undefined };
}

function isLast({ type }: Event): boolean {
  return type === 'ExecutionCompleted' || type === 'ExecutionErrored' || type === 'ExecutionThrottled';
}
