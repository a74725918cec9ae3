import type { EffectOutcome } from '../../../../kernel/machine.ts';
import { readEffectKey } from '../keys.ts';
import { finishMapChildCall } from './map-run.ts';
import type { Run } from './run.ts';
import { finishCall } from './task.ts';

/** An outcome that comes after its attempt was over is nobody's. */
export function finishEffect(run: Run, key: string, outcome: EffectOutcome): void {
  const place = readEffectKey(key);
  if (run.state.effects[key] === undefined) return;
  if (place.child !== undefined) finishMapChildCall(run, place, outcome);
  else finishCall(run, place.step, outcome);
}
