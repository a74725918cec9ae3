import type { ClosedLoop, Measured, Span } from './closed-loop.ts';
import type { Tally } from './tally.ts';

export interface LoadResult extends Measured {
  /** Everything that was not as it must be; empty in a clean run. */
  readonly problems: readonly string[];
}

/** Executions that one server is kept busy with. */
export interface Load {
  /** Keeps the server busy that long; nothing is open when it resolves. What is measured adds up. */
  run(span: Span): Promise<void>;
  /** Checks what the server has answered and lets go of it. */
  end(): Promise<LoadResult>;
}

/** The load of callers whose answers have been checked as they came. */
export function loadBy(
  callers: readonly { close(): void }[],
  { run, measured }: ClosedLoop,
  problems: Tally,
): Load {
  const end = async () => {
    for (const caller of callers) caller.close();
    return { ...measured(), problems: problems.lines() };
  };
  return { run, end };
}

/** One span of one load. */
export async function runWhole(load: Load, span: Span): Promise<LoadResult> {
  await load.run(span);
  return load.end();
}

const sliceSeconds = 2;
const afterEachPause = 0.5;

/** A result for each load, in their order. */
type ResultsOf<Loads extends readonly Load[]> = { readonly [At in keyof Loads]: LoadResult };

/** Loads by turns in short slices, so that whatever else the machine does meets all of them; each is warmed up first. */
export async function runByTurns<const Loads extends readonly Load[]>(
  loads: Loads,
  { warmupSeconds, seconds }: Span,
): Promise<ResultsOf<Loads>> {
  const slices = Math.ceil(seconds / sliceSeconds);
  for (let slice = 0; slice < slices; slice += 1) {
    const span = {
      warmupSeconds: slice === 0 ? warmupSeconds : afterEachPause,
      seconds: seconds / slices,
    };
    for (const load of slice % 2 === 0 ? loads : loads.toReversed()) await load.run(span);
  }
  return (await Promise.all(loads.map((load) => load.end()))) as ResultsOf<Loads>;
}
