import type { EffectRequest } from '../../../kernel/machine.ts';
import { mapChildCall } from './map-children.ts';
import type { State } from './state.ts';

/** Calls that run. */
export function effects(state: State): readonly EffectRequest[] {
  const found: EffectRequest[] = [];
  for (const key in state.effects) {
    const effect = state.effects[key];
    if (effect === undefined) continue;
    const request =
      effect.kind === 'map-child'
        ? { key, kind: 'flow', input: mapChildCall(state, effect.step, effect.place) }
        : { key, kind: effect.kind, input: effect.input };
    found.push(request);
  }
  return found;
}
