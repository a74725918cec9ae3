import { type HttpRoute, jsonAnswer } from '../http-route.ts';

export interface Readiness {
  readonly ok: boolean;
  /** Why not. */
  readonly reason?: string;
}

/** Can requests be served now? 503 with the reason when not. */
export const readyz = (ready: () => Readiness): HttpRoute => ({
  method: 'GET',
  path: '/readyz',
  access: 'open',
  handle: async () => {
    const readiness = ready();
    return jsonAnswer(readiness, readiness.ok ? 200 : 503);
  },
});
