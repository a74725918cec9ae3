import { systemClock } from '../../kernel/clock.ts';
import { signGet } from '../../wire/signatures/sign-get.ts';
import { Misuse } from '../command.ts';
import type { Connection } from './connection.ts';

const SCOPE = { region: 'us-east-1', service: 'orrery' };

/** Parameters of a query; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** The answer to `GET /api/v1/<path>`; throws `Misuse`, `NotFound`, `Unreachable` or an error with the server's words. */
export type Get = <Answer>(path: string, query?: Query) => Promise<Answer>;

/** Nobody answers, or only that it cannot at the moment: worth another try. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export class NotFound extends Error {
  override readonly name = 'NotFound';
}

export function createClient({ endpoint, credentials }: Connection): Get {
  return async <Answer>(path: string, query: Query = {}) => {
    const url = new URL(`api/v1/${path}`, endpoint.href.endsWith('/') ? endpoint : `${endpoint.href}/`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers =
      credentials === undefined ? {} : signGet(url, { ...credentials, ...SCOPE }, systemClock.now());
    const { status, text } = await send(url, headers);
    if (status === 200) return JSON.parse(text) as Answer;
    throw refusal(status, text, credentials !== undefined);
  };
}

async function send(url: URL, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { headers, redirect: 'error' });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? ('code' in cause ? cause.code : cause.message) : cause;
    throw new Unreachable(`cannot reach ${url.origin} (--endpoint): ${reason}`, { cause: error });
  }
}

const KEYLESS =
  'no key: set ORRERY_ACCESS_KEY_ID and ORRERY_SECRET_ACCESS_KEY, or name the data directory with --data';

function refusal(status: number, text: string, isSigned: boolean): Error {
  const message = messageOf(text) ?? `the server answered with status ${status}`;
  if (status === 404) return new NotFound(message);
  if (status >= 502 && status <= 504) return new Unreachable(message);
  if (status === 403 && !isSigned) return new Error(KEYLESS);
  return text.includes('"bad-parameter"') ? new Misuse(message) : new Error(message);
}

function messageOf(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly message?: string } };
    return error?.message;
  } catch {
    return undefined;
  }
}
