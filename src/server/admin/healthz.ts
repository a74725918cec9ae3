import { type HttpRoute, jsonAnswer } from '../http-route.ts';

/** Is the process alive? */
export const healthz: HttpRoute = {
  method: 'GET',
  path: '/healthz',
  access: 'open',
  handle: async () => jsonAnswer({ ok: true }),
};
