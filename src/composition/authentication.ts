import type { Config, KeyConfig } from '../config.ts';
import { compilePolicies } from '../policy/policy.ts';
import {
  type Authentication,
  authenticateByKey,
  authenticateNobody,
  type Principal,
} from '../server/authenticate.ts';
import { NonceLog } from '../server/nonce-log.ts';
import type { ServeOptions } from './serve-options.ts';

/** What an in-memory store forgets, its nonces may be forgotten with. */
export function openNonces({ config, store, clock, log }: ServeOptions): NonceLog | undefined {
  const isKept = config.auth && config.store.kind === 'sqlite' && store === undefined;
  return isKept ? new NonceLog({ directory: config.data, clock, log }) : undefined;
}

export function authenticator(config: Config, nonces: NonceLog | undefined): Authentication {
  if (!config.auth) return authenticateNobody(config.account, config.region);
  return authenticateByKey(
    config.keys.map((key) => principal(key, config.account)),
    config.region,
    nonces,
  );
}

function principal(key: KeyConfig, defaultAccount: string): Principal {
  const { id, secret, sessionToken, account = defaultAccount, policies } = key;
  const arn = `arn:aws:iam::${account}:user/${id}`;
  const allows = compilePolicies(policies);
  return {
    id,
    secret,
    account,
    arn,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(allows !== undefined && { allows }),
  };
}
