import type { CallFunction } from '../../../functions/call-function.ts';
import type { DestinationRules } from '../../../http-client/destinations.ts';
import { createHttpClient } from '../../../http-client/http-client.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { EffectRunner } from '../../../kernel/effects.ts';
import type { SendMessage } from '../../../queues/message-queues.ts';
import type { TaskEffect } from '../machine/effects.ts';
import { apiStep } from './call-api.ts';
import { functionStep } from './function.ts';
import { CALLBACK_HEADER, httpStep } from './http-request.ts';
import { deniedErrorName } from './inferred.ts';
import { messageStep } from './message.ts';
import type { OwnOperation, StartFlow } from './own-operations.ts';
import { apiPermission, functionPermission, messagePermission } from './permissions.ts';
import { startFlowStep } from './start-flow.ts';
import { type MayDo, underRole } from './under-role.ts';
import { withErrorNames } from './with-error-names.ts';

/** The part of the configuration that concerns tasks: `cloudflow:`. */
export interface TaskSettings {
  readonly http: DestinationRules;
  /** Adapters of other products; names in any letter case. */
  readonly products: Readonly<Record<string, { readonly url: string }>>;
  /** Queues by topic. */
  readonly topics: Readonly<Record<string, readonly string[]>>;
}

export interface CloudflowEffectsOptions {
  readonly callFunction: CallFunction;
  readonly sendMessage: SendMessage;
  readonly startFlow: StartFlow;
  /** Operations that tasks may ask for by name. */
  readonly operations: Readonly<Record<string, OwnOperation>>;
  readonly settings: TaskSettings;
  /** Every setting under `limits:` by its name. */
  readonly limits: Readonly<Record<string, number>>;
  readonly clock: Clock;
  /** The account that a scope of executions belongs to. */
  readonly accountOf: (scope: string) => string;
  readonly mayDo: MayDo;
}

const ANYWHERE: DestinationRules = { allow: [], deny: [] };

/** Who does what tasks ask for. */
export function cloudflowEffects(options: CloudflowEffectsOptions): Record<TaskEffect['kind'], EffectRunner> {
  const { callFunction, sendMessage, startFlow, operations, settings, limits, clock, accountOf, mayDo } =
    options;
  const answerBytes = limits['cloudflow.httpAnswerBytes'] ?? 0;
  const secretHeaders = [CALLBACK_HEADER];
  return {
    function: withErrorNames(
      underRole<'function'>(functionStep(callFunction), {
        mayDo,
        permissionOf: functionPermission,
        errorOf: () => deniedErrorName('FC'),
      }),
    ),
    http: withErrorNames(
      httpStep({
        sendHttp: createHttpClient({ rules: settings.http, answerBytes, secretHeaders }),
        clock,
        mostMilliseconds: limits['cloudflow.httpMilliseconds'] ?? 0,
      }),
    ),
    message: withErrorNames(
      underRole<'message'>(messageStep({ sendMessage, clock, topics: settings.topics, accountOf }), {
        mayDo,
        permissionOf: messagePermission,
        errorOf: () => deniedErrorName('MNS'),
      }),
    ),
    flow: withErrorNames(startFlowStep(startFlow, clock)),
    api: withErrorNames(
      underRole<'api'>(
        apiStep({
          operations,
          products: inLowerCase(settings.products),
          sendHttp: createHttpClient({ rules: ANYWHERE, answerBytes }),
          clock,
        }),
        { mayDo, permissionOf: apiPermission, errorOf: ({ product }) => deniedErrorName(product) },
      ),
    ),
  };
}

const inLowerCase = <T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [name.toLowerCase(), value]));
