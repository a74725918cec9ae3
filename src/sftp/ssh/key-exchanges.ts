import { chooseGroup } from './group-exchange.ts';
import { HYBRIDS } from './hybrid-exchanges.ts';
import type { KeyExchange } from './key-exchange.ts';

/** Those that ssh2 does not serve, by their names. */
export const KEY_EXCHANGES: ReadonlyMap<string, KeyExchange> = new Map<string, KeyExchange>([
  ...HYBRIDS,
  ['diffie-hellman-group-exchange-sha256', { kind: 'group', hash: 'sha256', choose: chooseGroup }],
]);
