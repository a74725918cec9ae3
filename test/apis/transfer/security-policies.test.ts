import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SECURITY_POLICIES } from '../../../src/apis/transfer/resources/security-policies.ts';
import { RawSsh } from '../../support/raw-ssh.ts';
import { keyPair, serveSftp } from '../../support/sftp-server.ts';

const hostKeys = (['rsa', 'ecdsa256', 'ecdsa384', 'ecdsa521', 'ed25519'] as const).map(
  (type) => keyPair(type).private,
);
/** The draft of Kyber is not what became ML-KEM. */
const isMissing = (name: string): boolean => /-kyber-.*-d00@|^umac-/.test(name);

describe('security policies', () => {
  for (const policy of SECURITY_POLICIES.filter(({ isForConnectors }) => !isForConnectors)) {
    it(`${policy.name} is offered without what is not implemented`, async () => {
      const algorithms = { ...policy, hostKeys: policy.hostKeyAlgorithms };
      await using served = await serveSftp({ settings: { hostKeys, algorithms } });
      using client = await RawSsh.connect(served);
      const [exchanges, types, ...rest] = await client.propose(['none of them']);
      const implemented = (list: readonly string[]) => list.filter((name) => !isMissing(name));
      assert.deepEqual(exchanges, [...implemented(policy.keyExchanges), 'kex-strict-s-v00@openssh.com']);
      assert.deepEqual(types, policy.hostKeyAlgorithms);
      const [ciphers, macs] = [policy.ciphers, policy.macs].map(implemented);
      assert.deepEqual(rest, [ciphers, ciphers, macs, macs]);
    });
  }
});
