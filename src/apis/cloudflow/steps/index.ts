import type { Storage } from '../../../files/storage.ts';
import type { CallFunction } from '../../../functions/call-function.ts';
import type { DestinationRules } from '../../../http-client/destinations.ts';
import { createHttpClient } from '../../../http-client/http-client.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { EffectRunner } from '../../../kernel/effects.ts';
import type { SendMessage } from '../../../queues/message-queues.ts';
import type { ApiCall, TaskEffect } from '../machine/effects.ts';
import { type AcceptInvocation, asyncFunctionStep } from './async-function.ts';
import { apiStep } from './call-api.ts';
import { functionStep } from './function.ts';
import { CALLBACK_HEADER, httpStep } from './http-request.ts';
import { deniedErrorName } from './inferred.ts';
import { messageStep } from './message.ts';
import type { OwnOperation, StartFlow } from './own-operations.ts';
import { apiPermission, functionPermission, messagePermission } from './permissions.ts';
import { startFlowStep } from './start-flow.ts';
import type { FindChild } from './storage/ended-child.ts';
import { readItemsStep } from './storage/read-items.ts';
import { writeResultsStep } from './storage/write-results.ts';
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
  readonly hasFunction: (resource: string) => boolean;
  readonly acceptInvocation: AcceptInvocation;
  readonly sendMessage: SendMessage;
  readonly startFlow: StartFlow;
  /** Operations that tasks may ask for by name. */
  readonly operations: Readonly<Record<string, OwnOperation>>;
  /** Buckets; resolves once they may be used. */
  readonly storage: Promise<Storage>;
  readonly findChild: FindChild;
  readonly settings: TaskSettings;
  /** Every setting under `limits:` by its name. */
  readonly limits: Readonly<Record<string, number>>;
  readonly clock: Clock;
  /** The account that a scope of executions belongs to. */
  readonly accountOf: (scope: string) => string;
  /** Absent where roles do not count. */
  readonly mayDo?: MayDo;
}

const ANYWHERE: DestinationRules = { allow: [], deny: [] };

type Steps = Record<TaskEffect['kind'], EffectRunner>;

/** Who does what tasks ask for, as far as the role of their flow allows. */
export function cloudflowEffects(options: CloudflowEffectsOptions): Steps {
  const { mayDo } = options;
  const steps = createSteps(options);
  const denied = (product: string) => () => deniedErrorName(product);
  const invoking = { mayDo, permissionOf: functionPermission, errorOf: denied('FC') };
  const sending = { mayDo, permissionOf: messagePermission, errorOf: denied('MNS') };
  const calling = {
    mayDo,
    permissionOf: apiPermission,
    errorOf: ({ product }: ApiCall) => deniedErrorName(product),
  };
  return {
    function: withErrorNames(underRole<'function'>(steps.function, invoking)),
    'async-function': withErrorNames(underRole<'async-function'>(steps['async-function'], invoking)),
    http: withErrorNames(steps.http),
    message: withErrorNames(underRole<'message'>(steps.message, sending)),
    // Executions of flows are asked of the role where they are started.
    flow: withErrorNames(steps.flow),
    api: withErrorNames(underRole<'api'>(steps.api, calling)),
    // Which objects these use shows only while they work.
    'read-items': withErrorNames(steps['read-items']),
    'write-results': withErrorNames(steps['write-results']),
  };
}

function createSteps(options: CloudflowEffectsOptions): Steps {
  const { callFunction, sendMessage, startFlow, operations, settings, limits, clock, accountOf } = options;
  const answerBytes = limits['cloudflow.httpAnswerBytes'] ?? 0;
  const secretHeaders = [CALLBACK_HEADER];
  return {
    function: functionStep(callFunction),
    'async-function': asyncFunctionStep(options),
    http: httpStep({
      sendHttp: createHttpClient({ rules: settings.http, answerBytes, secretHeaders }),
      clock,
      mostMilliseconds: limits['cloudflow.httpMilliseconds'] ?? 0,
    }),
    message: messageStep({ sendMessage, clock, topics: settings.topics, accountOf }),
    flow: startFlowStep(startFlow, clock),
    api: apiStep({
      operations,
      products: inLowerCase(settings.products),
      sendHttp: createHttpClient({ rules: ANYWHERE, answerBytes }),
      clock,
    }),
    'read-items': readItemsStep(options),
    'write-results': writeResultsStep(options),
  };
}

/** Who makes the calls that were accepted to be made on their own. */
export function invocationEffects(callFunction: CallFunction): Record<'function', EffectRunner> {
  return { function: withErrorNames(functionStep(callFunction)) };
}

const inLowerCase = <T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [name.toLowerCase(), value]));
