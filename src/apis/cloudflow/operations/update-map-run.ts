import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { invalidArgument } from '../faults.ts';
import { mayChange } from '../inferred.ts';
import { findMapRun } from '../map-runs.ts';
import type { Input } from '../model/parameters.ts';
import { mapRunSettings } from '../views/map-run.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/UpdateMapRun */
export async function updateMapRun(cloudflow: Cloudflow, input: Input<'UpdateMapRun'>, call: Call) {
  const { execution, run } = await findMapRun(cloudflow, call, input);
  const refusal = mayChange(run);
  if (refusal !== undefined) throw refusal;
  const {
    Concurrency: concurrency,
    ToleratedFailedCount: count,
    ToleratedFailedPercentage: percentage,
  } = input;
  const { mapRunConcurrency: most } = cloudflow.limits;
  if (concurrency !== undefined && concurrency > most)
    throw invalidArgument('Concurrency', `must be at most ${most}`);
  cloudflow.kernel.apply(execution.identity, {
    kind: 'update-map-run',
    mapRun: run.name,
    ...(concurrency !== undefined && { concurrency }),
    ...(count !== undefined && { toleratedFailedCount: count }),
    ...(percentage !== undefined && { toleratedFailedPercentage: percentage }),
  });
  const changed = await findMapRun(cloudflow, call, input);
  return mapRunSettings(changed.run);
}
