import { createHash } from 'node:crypto';
import type { Listeners, Transfer } from '../../src/apis/transfer/transfer.ts';
import type { TransferParts } from '../../src/composition/serve-options.ts';
import { createHttpClient } from '../../src/http-client/http-client.ts';
import type { SecretBox } from '../../src/secrets/secret-box.ts';

type Place = Parameters<Listeners['follow']>[0];
type State = ReturnType<Listeners['stateOf']>;

/** Listeners that listen nowhere: tests say how servers fare. */
export interface SilentListeners extends Listeners {
  /** Servers that were to be followed, in that order. */
  readonly followed: Place[];
  readonly states: Map<string, State>;
  readonly addresses: Map<string, string>;
}

/** Every server is ONLINE, until `states` says otherwise. */
export function silentListeners(): SilentListeners {
  const followed: Place[] = [];
  const states = new Map<string, State>();
  const addresses = new Map<string, string>();
  return {
    followed,
    states,
    addresses,
    follow: (place) => followed.push(place),
    stateOf: (id) => states.get(id) ?? 'ONLINE',
    addressOf: (id) => addresses.get(id),
  };
}

/** Seals nothing against people, but as strictly against other purposes. */
const openBox: SecretBox = {
  seal: (text, purpose) => `${digest(purpose)}.${Buffer.from(text).toString('base64')}`,
  open: (sealed, purpose) => {
    const [of, text = ''] = sealed.split('.');
    if (of !== digest(purpose)) throw new Error('sealed for another purpose');
    return Buffer.from(text, 'base64').toString();
  },
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const nothing = async (): Promise<void> => undefined;

/** Everything that AWS Transfer Family needs and control-plane tests do not look at. */
export function transferParts(given: Partial<TransferParts> = {}): TransferParts {
  return {
    settings: { sftp: { host: '127.0.0.1', ports: { first: 2222, last: 2299 } }, ...REST },
    storage: {
      bucket: () => undefined,
      fileSystem: () => undefined,
      buckets: () => [],
      fileSystems: () => [],
      sweep: nothing,
      close: nothing,
    },
    logs: { write: () => undefined, read: async () => [], flush: nothing, close: nothing },
    secrets: { arnOf: async () => undefined, read: async () => undefined },
    box: openBox,
    sendHttp: createHttpClient({
      rules: { allow: [], deny: [] },
      answerBytes: 0,
      secretHeaders: ['password'],
    }),
    policiesOf: () => undefined,
    listeners: silentListeners(),
    ...given,
  };
}

const REST: Pick<Transfer['settings'], 'throttle' | 'endedExecutions' | 'temporarySuffixes'> = {
  throttle: 'none',
  endedExecutions: 'visible',
  temporarySuffixes: [],
};
