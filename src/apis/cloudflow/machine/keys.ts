/** Key of the effect of a task's attempt; attempts count from 1. */
export function effectKey(step: number, attempt: number): string {
  return `t${step}.${attempt}`;
}

/** Key of the effect that starts a child execution of a map run. */
export function mapChildKey(step: number, attempt: number, place: number): string {
  return `m${step}.${attempt}.${place}`;
}

export interface EffectPlace {
  readonly step: number;
  readonly attempt: number;
  /** Set for a child execution of a map run. */
  readonly child?: number;
}

export function readEffectKey(key: string): EffectPlace {
  const [step = 0, attempt = 0, child] = key.slice(1).split('.').map(Number);
  return child === undefined ? { step, attempt } : { step, attempt, child };
}
