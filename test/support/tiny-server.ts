import type { TestContext } from 'node:test';
import type { Api, Call, JsonText } from '../../src/apis/api.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { limitValues } from '../../src/limits.ts';
import { type Authentication, authenticateByKey, type Principal } from '../../src/server/authenticate.ts';
import type { HttpRoute } from '../../src/server/http-route.ts';
import { serverLimitsFrom } from '../../src/server/limits.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import { coralFault } from '../../src/wire/errors.ts';
import type { OperationShape, StructureShape } from '../../src/wire/shape.ts';
import { openConnection, type RawConnection, type RawResponse, requestText } from './raw-http.ts';
import { sign } from './sign.ts';

const ACCOUNT = '000000000000';
const REGION = 'eu-north-1';
export const NOW = Date.UTC(2026, 10, 20, 13, 48, 0);
export const KEY = { id: 'AKIDOPS', secret: 'a secret' };
const GUEST: Principal = {
  id: 'AKIDGUEST',
  secret: 'another',
  account: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:user/guest`,
  allows: ({ action, context }) => action === 'tiny:Echo' && context['tiny:text'] === 'hello',
};

const input: StructureShape = {
  kind: 'structure',
  required: ['text'],
  members: { text: { shape: () => ({ kind: 'string', min: 1, max: 600_000 }) } },
};

type Served = (input: { readonly text: string }, call: Call) => Promise<object | JsonText | undefined>;

/** A vendor's API with operations of the test's own, each taking a `text`. */
export function tinyApi(operations: Readonly<Record<string, Served>>): Api {
  const shapes = Object.keys(operations).map((name): [string, OperationShape] => [
    name,
    { name, method: 'POST', uri: '/', input, hasOutput: true },
  ]);
  return {
    name: 'tiny',
    protocol: 'aws-json-1.0',
    model: { apiVersion: '1', signingName: 'tiny', operations: Object.fromEntries(shapes) },
    targetPrefixes: ['TinyService', 'com.example.TinyService'],
    operations,
    permission: (operation, { text }, call) => ({
      action: `tiny:${operation}`,
      resource: `arn:aws:tiny:${call.region}:${call.account}:thing`,
      context: { 'tiny:text': String(text) },
    }),
    fault: coralFault,
  };
}

export interface TinyOptions {
  /** One, or several. */
  readonly api?: Api | readonly Api[];
  readonly routes?: readonly HttpRoute[];
  readonly limits?: Readonly<Record<string, number>>;
  readonly authentication?: Authentication;
  /** One that stands still unless given. */
  readonly clock?: Clock;
  readonly ready?: () => { ok: boolean; reason?: string };
}

export interface Logged {
  readonly details: object;
  readonly message: string;
}

export interface TinyServer {
  readonly listening: Listening;
  readonly logged: readonly Logged[];
  connect(): Promise<RawConnection>;
  /** Sends one signed request on a connection of its own. */
  call(operation: string, body: string, change?: Change): Promise<RawResponse>;
}

export interface Change {
  readonly headers?: Record<string, string>;
  readonly key?: { readonly id: string; readonly secret: string };
}

/** Says `NOW` for ever, yet wakes whoever waits when real time has passed. */
export const STANDING_CLOCK: Clock = {
  now: () => NOW,
  at: (time, call) => systemClock.at(systemClock.now() + time - NOW, call),
};

/** A listener on a free port, stopped when the test ends. Signatures are checked at `NOW`. */
export async function startTinyServer(test: TestContext, options: TinyOptions = {}): Promise<TinyServer> {
  const logged: Logged[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (details: object, message: string) => logged.push({ details, message }),
  };
  let requests = 0;
  const listening = await listen({
    host: '127.0.0.1',
    port: 0,
    apis: [options.api ?? tinyApi({ Echo: async ({ text }) => ({ text }) })].flat(),
    routes: options.routes ?? [],
    authentication:
      options.authentication ??
      authenticateByKey(
        [{ ...KEY, account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/ops` }, GUEST],
        REGION,
      ),
    ready: options.ready ?? (() => ({ ok: true })),
    gauges: [{ name: 'tiny_things', help: 'Things.', read: () => 3 }],
    limits: serverLimitsFrom(limitValues(options.limits ?? {})),
    clock: options.clock ?? STANDING_CLOCK,
    newRequestId: () => `request-${++requests}`,
    log,
  });
  test.after(() => listening.stop());
  const connectAndClose = async (): Promise<RawConnection> => {
    const connection = await openConnection(listening.port);
    test.after(() => connection.socket.destroy());
    return connection;
  };
  return {
    listening,
    logged,
    connect: connectAndClose,
    call: async (operation, body, change) => {
      const connection = await connectAndClose();
      connection.send(callText(operation, body, change));
      const response = await connection.receive();
      connection.socket.destroy();
      return response;
    },
  };
}

/** The bytes of a signed call. */
export function callText(operation: string, body: string, { headers = {}, key = KEY }: Change = {}): string {
  const unsigned = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `TinyService.${operation}`,
    ...headers,
  };
  return requestText('POST', '/', {
    headers: sign({ headers: unsigned, body }, { ...key, service: 'tiny', time: NOW }),
    body,
  });
}
