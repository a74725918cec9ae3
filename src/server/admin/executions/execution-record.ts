import type { ExecutionDetails, ExecutionSnapshot } from '../../../apis/api.ts';
import { NoSuchExecution } from '../../../kernel/errors.ts';
import type { Status } from '../../../kernel/machine.ts';
import { type Home, homeOf, type ReadExecutions, type System } from './visible.ts';

/** An execution of any system, open or closed. Times are ISO 8601; null stands for nothing. */
export interface ExecutionRecord extends Omit<ExecutionDetails, 'subject'> {
  readonly id: string;
  readonly system: string;
  readonly account: string;
  readonly region: string;
  readonly scope: string;
  readonly name: string;
  readonly subject: string | null;
  /** `name/version` where the system's types have versions. */
  readonly type: string;
  readonly status: Status;
  readonly vendorStatus: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly tags: readonly string[];
  readonly version: number;
}

/** The state is read before the promise is returned. */
export async function executionRecord(
  snapshot: ExecutionSnapshot,
  { system, world }: Home,
): Promise<ExecutionRecord> {
  const { identity, summary, version } = snapshot;
  const { run, subject = null, ...details } = await system.executions.describe(snapshot);
  const { type, typeVersion, endedAt } = summary;
  return {
    id: identity.id,
    system: system.name,
    account: world.account,
    region: world.region,
    scope: world.name,
    name: identity.name,
    run,
    subject,
    type: typeVersion === undefined ? type : `${type}/${typeVersion}`,
    status: summary.status,
    vendorStatus: summary.vendorStatus,
    startedAt: new Date(identity.startedAt).toISOString(),
    endedAt: endedAt === undefined ? null : new Date(endedAt).toISOString(),
    ...details,
    tags: summary.tags,
    version,
  };
}

/** The record as of now, held until all it tells is durable; throws `NoSuchExecution`. */
export async function currentRecord(
  kernel: ReadExecutions,
  systems: readonly System[],
  id: string,
): Promise<ExecutionRecord> {
  const found = await kernel.find(id);
  const home = homeOf(systems, found.identity);
  const isClosed = found.summary.endedAt !== undefined;
  try {
    // What a promise brings may have changed on the way: an open execution is looked at where it stands.
    const record = executionRecord(isClosed ? found : kernel.findOpen(found.identity), home);
    return (await Promise.all([record, kernel.durable()]))[0];
  } catch (error) {
    if (isClosed || !(error instanceof NoSuchExecution)) throw error;
    return currentRecord(kernel, systems, id);
  }
}
