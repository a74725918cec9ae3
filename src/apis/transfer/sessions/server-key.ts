import type { World } from '../world.ts';

/** A server of some world. */
export interface ServerKey extends World {
  readonly id: string;
}
