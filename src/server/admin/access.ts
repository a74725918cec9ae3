import type { Call } from '../../apis/api.ts';
import { HttpError, type HttpRequest } from '../http-route.ts';

/** What a caller of Orrery's own API may be allowed to do. */
export type OwnAction =
  | 'orrery:ListExecutions'
  | 'orrery:GetExecution'
  | 'orrery:GetExecutionHistory'
  | 'orrery:SendMessage'
  | 'orrery:ReceiveMessage'
  | 'orrery:DeleteMessage'
  | 'orrery:ChangeMessageVisibility';

export const mayDo = (call: Call, action: OwnAction, resource: string): boolean =>
  call.allows({ action, resource, context: {} });

export const refusal = (action: OwnAction, resource: string): HttpError =>
  new HttpError(
    403,
    'AccessDeniedException',
    `Not authorized to perform: ${action} on resource: ${resource}`,
  );

/** The caller of a route that is open to signed requests only. */
export function callerOf({ call }: HttpRequest): Call {
  if (call === undefined) throw new Error('the route must be signed');
  return call;
}
