import { BoundedMap } from '../lib/bounded-map.ts';
import { LineFiles } from './line-files.ts';
import type { LogGroups, LogStream } from './log-groups.ts';
import { removeOldStreams } from './retention.ts';
import { streamPath } from './stream-path.ts';

const DAY_MS = 86_400_000;
/** A process that dies loses what came within it. */
const GATHER_MS = 100;
const REMEMBERED = 1000;

export interface LogGroupsOptions {
  /** Made when the first line is written. */
  readonly directory: string;
  /** Days for which a stream is kept after its last line; 0 keeps all. */
  readonly days: number;
  readonly clock: LogClock;
  /** Tells of lines that are lost, and of streams that cannot be removed. */
  readonly report: (error: Error, about: object) => void;
}

export interface LogClock {
  now(): number;
  at(time: number, call: () => void): () => void;
}

/** Log streams as files of JSON lines; old ones are removed now and once a day. */
export function openLogGroups({ directory, days, clock, report }: LogGroupsOptions): LogGroups {
  const files = new LineFiles({ report, soon: (call) => clock.at(clock.now() + GATHER_MS, call) });
  const pathOf = rememberedPaths(directory);
  const stopSweeping = days === 0 ? () => undefined : sweepDaily({ directory, days, clock, report }, files);
  return {
    write: (stream, time, event) => {
      const first = { time };
      try {
        files.append(pathOf(stream), `${JSON.stringify({ ...first, ...event, time })}\n`);
      } catch (error) {
        report(error as Error, { ...stream, lines: 1 });
      }
    },
    read: async (stream) => (await files.read(pathOf(stream))).flatMap(readLine),
    flush: async () => files.flush(),
    close: async () => {
      await stopSweeping();
      files.flush();
    },
  };
}

/** A stream that is written to is written to again. */
function rememberedPaths(directory: string): (stream: LogStream) => string {
  const paths = new BoundedMap<string, string>(REMEMBERED);
  return ({ group, stream }) => {
    const name = `${group}\0${stream}`;
    const known = paths.get(name) ?? streamPath(directory, { group, stream });
    paths.set(name, known);
    return known;
  };
}

/** None for what a process that died has left of a line. */
function readLine(line: string): readonly object[] {
  try {
    return [JSON.parse(line) as object];
  } catch {
    return [];
  }
}

function sweepDaily({ directory, days, clock, report }: LogGroupsOptions, files: LineFiles) {
  let sweeping = Promise.resolve();
  let disarm = (): void => undefined;
  const sweep = (): void => {
    const before = clock.now() - days * DAY_MS;
    const isQuiet = (path: string): boolean => files.isQuiet(path);
    sweeping = removeOldStreams(directory, { before, isQuiet }).catch((error: Error) =>
      report(error, { directory }),
    );
    disarm = clock.at(clock.now() + DAY_MS, sweep);
  };
  sweep();
  return (): Promise<void> => {
    disarm();
    return sweeping;
  };
}
