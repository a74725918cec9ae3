import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paginateListSecurityPolicies } from '@aws-sdk/client-transfer';
import { openWorld, refuses } from './transfer-client.ts';

test('every policy that is listed can be described', async (t) => {
  const { client } = await openWorld(t);
  const names: string[] = [];
  for await (const page of paginateListSecurityPolicies({ client, pageSize: 4 }, {}))
    names.push(...(page.SecurityPolicyNames ?? []));
  assert.equal(names.length, 21);
  assert.equal(new Set(names).size, 21);
  for (const name of names) {
    const { SecurityPolicy: policy } = await client.describeSecurityPolicy({ SecurityPolicyName: name });
    assert.equal(policy?.SecurityPolicyName, name);
    assert.equal(policy?.Fips, name.includes('FIPS'));
    const isForConnectors = name.startsWith('TransferSFTPConnector');
    assert.equal(policy?.Type, isForConnectors ? 'CONNECTOR' : 'SERVER');
    assert.equal(policy?.SshHostKeyAlgorithms !== undefined, isForConnectors);
    assert.equal(policy?.TlsCiphers !== undefined, !isForConnectors);
    for (const list of [policy?.SshCiphers, policy?.SshKexs, policy?.SshMacs]) {
      assert.ok(list !== undefined && list.length > 0);
      assert.equal(new Set(list).size, list.length);
    }
    if (policy?.Fips)
      assert.ok(
        ![...(policy.SshKexs ?? []), ...(policy.SshCiphers ?? [])].some((one) =>
          /25519-sha256@lib|^curve|chacha/.test(one),
        ),
      );
  }
  await refuses(
    client.describeSecurityPolicy({ SecurityPolicyName: 'TransferSecurityPolicy-1999-12' }),
    'ResourceNotFoundException',
    { resource: ['SecurityPolicy', 'TransferSecurityPolicy-1999-12'] },
  );
});

test('the default policy has the lists that the vendor documents', async (t) => {
  const { client } = await openWorld(t);
  const { SecurityPolicy: policy } = await client.describeSecurityPolicy({
    SecurityPolicyName: 'TransferSecurityPolicy-2024-01',
  });
  assert.deepEqual(policy, {
    Fips: false,
    Protocols: ['SFTP', 'FTPS'],
    SecurityPolicyName: 'TransferSecurityPolicy-2024-01',
    SshCiphers: [
      'aes128-gcm@openssh.com',
      'aes256-gcm@openssh.com',
      'aes128-ctr',
      'aes256-ctr',
      'aes192-ctr',
    ],
    SshKexs: [
      'ecdh-nistp384-kyber-768r3-sha384-d00@openquantumsafe.org',
      'x25519-kyber-512r3-sha256-d00@amazon.com',
      'ecdh-nistp256-kyber-512r3-sha256-d00@openquantumsafe.org',
      'ecdh-nistp521-kyber-1024r3-sha512-d00@openquantumsafe.org',
      'ecdh-sha2-nistp256',
      'ecdh-sha2-nistp384',
      'ecdh-sha2-nistp521',
      'curve25519-sha256',
      'curve25519-sha256@libssh.org',
      'diffie-hellman-group18-sha512',
      'diffie-hellman-group16-sha512',
      'diffie-hellman-group-exchange-sha256',
    ],
    SshMacs: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com'],
    TlsCiphers: [
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
    ],
    Type: 'SERVER',
  });
});

test('policies of 2025 and later have hybrids of ML-KEM, first of all', async (t) => {
  const { client } = await openWorld(t);
  const first = async (name: string) => {
    const input = { SecurityPolicyName: `TransferSecurityPolicy-${name}` };
    return (await client.describeSecurityPolicy(input)).SecurityPolicy?.SshKexs?.[0];
  };
  for (const name of ['2025-03', 'FIPS-2025-03', 'AS2Restricted-2025-07', 'SshAuditCompliant-2025-02'])
    assert.equal(await first(name), 'mlkem768x25519-sha256', name);
});
