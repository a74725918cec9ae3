import type { ExecutionDetails, ExecutionSnapshot } from '../../api.ts';
import { stateOf } from '../execution.ts';
import { factsOf, type State } from '../machine/state.ts';
import type { FileLocation, Upload } from '../upload.ts';
import { timeText } from './times.ts';
import { tellWaits } from './waits.ts';

/** What Orrery's own API tells of an execution: the way of a file from its upload on. */
export async function describeExecution(snapshot: ExecutionSnapshot, now: number): Promise<ExecutionDetails> {
  const state = stateOf(snapshot);
  const failed = state.ended.find(({ error }) => error !== undefined);
  const isRunning = state.endedAt === null;
  const { upload } = factsOf(state);
  return {
    run: snapshot.identity.name,
    subject: subjectOf(upload),
    input: uploadFacts(upload),
    output: state.status === 'COMPLETED' && state.previous !== null ? shownFile(state.previous) : null,
    error: failed?.error === undefined ? null : failed.error,
    progress: progressOf(state),
    open: { decisions: 0, activities: isRunning && state.current !== null ? 1 : 0, timers: 0, children: 0 },
    waitingFor: tellWaits(state, now),
    parent: null,
    children: [],
  };
}

const subjectOf = ({ file, userName }: Upload): string =>
  `${file.kind === 'bucket' ? file.key : file.path} from ${userName}`;

/** Who uploaded what from where. */
function uploadFacts(upload: Upload): object {
  const { serverId, userName, sessionId, sourceIp, file, size, startedAt, endedAt, isPartial } = upload;
  const checksum = file.kind === 'bucket' ? file.etag : upload.checksum;
  return {
    server: serverId,
    user: userName,
    session: sessionId,
    sourceIp,
    file: shownFile(file),
    size,
    ...(checksum !== undefined && { checksum }),
    startedAt: timeText(startedAt),
    endedAt: timeText(endedAt),
    isPartial,
    ...(upload.posixProfile !== undefined && { posixProfile: upload.posixProfile }),
  };
}

export function shownFile(file: FileLocation): object {
  const { kind: _kind, ...place } = file;
  return place;
}

/** Bytes of a step that has been at work for a while, else steps; how many there are to be is known until one fails. */
function progressOf(state: State): ExecutionDetails['progress'] {
  const { current, ended, status } = state;
  if (current?.progress) return { ...current.progress, unit: 'bytes' };
  const { steps, handlers } = factsOf(state);
  const tried = ended.filter(({ list }) => list === 'Steps').length;
  const total =
    status === 'HANDLING_EXCEPTION'
      ? tried + handlers.length
      : status === 'EXCEPTION'
        ? ended.length
        : steps.length;
  return { done: ended.length, total, unit: 'steps' };
}
