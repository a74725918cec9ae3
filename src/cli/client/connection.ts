import { join, resolve } from 'node:path';
import { type Credentials, readCredentials } from '../../config/credentials.ts';
import { Misuse, type Option } from '../command.ts';

/** Where the server is and how requests to it are signed; without a key they are not. */
export interface Connection {
  readonly endpoint: URL;
  readonly credentials: Credentials | undefined;
}

export const CONNECTION_OPTIONS: readonly Option[] = [
  {
    flags: '--endpoint <URL>',
    meaning: 'server (default http://127.0.0.1:7400)',
    variable: 'ORRERY_ENDPOINT',
  },
  {
    flags: '--data <DIR>',
    meaning: 'where the file `credentials` is (default ./orrery-data)',
    variable: 'ORRERY_DATA',
  },
];

type Environment = Readonly<Record<string, string | undefined>>;

/** The key of the environment goes before that of the data directory. */
export function connectionOf(
  options: Readonly<Record<string, string | boolean | undefined>>,
  environment: Environment,
): Connection {
  const endpoint = URL.parse(String(options.endpoint ?? 'http://127.0.0.1:7400'));
  if (endpoint === null || !/^https?:$/.test(endpoint.protocol))
    throw new Misuse(`${options.endpoint} is not an http or https URL`);
  const data = resolve(String(options.data ?? 'orrery-data'));
  return {
    endpoint,
    credentials: environmentKey(environment) ?? readCredentials(join(data, 'credentials')),
  };
}

function environmentKey(environment: Environment): Credentials | undefined {
  const { ORRERY_ACCESS_KEY_ID: id, ORRERY_SECRET_ACCESS_KEY: secret } = environment;
  if (!id && !secret) return undefined;
  if (!id || !secret)
    throw new Misuse('ORRERY_ACCESS_KEY_ID and ORRERY_SECRET_ACCESS_KEY must be set together');
  return { id, secret };
}
