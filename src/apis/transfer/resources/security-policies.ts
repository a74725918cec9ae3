import { unknown } from '../faults.ts';
import type { DescribedSecurityPolicy, SecurityPolicyProtocol } from '../model/types.gen.ts';

/** Algorithms by SSH's names for them, in the order of preference. */
export interface SecurityPolicy {
  readonly name: string;
  readonly isFips: boolean;
  readonly isForConnectors: boolean;
  readonly ciphers: readonly string[];
  readonly keyExchanges: readonly string[];
  readonly macs: readonly string[];
  readonly hostKeyAlgorithms: readonly string[];
  readonly tlsCiphers: readonly string[];
  readonly protocols: readonly SecurityPolicyProtocol[];
}

export const DEFAULT_SECURITY_POLICY = 'TransferSecurityPolicy-2024-01';

const gcm = (...bits: number[]): string[] => bits.map((size) => `aes${size}-gcm@openssh.com`);
const ctr = (...bits: number[]): string[] => bits.map((size) => `aes${size}-ctr`);
const CHACHA20 = 'chacha20-poly1305@openssh.com';

const CURVE25519 = ['curve25519-sha256', 'curve25519-sha256@libssh.org'];
const NIST = ['ecdh-sha2-nistp256', 'ecdh-sha2-nistp384', 'ecdh-sha2-nistp521'];
const [GROUP14, GROUP16, GROUP18, EXCHANGE, GROUP14_SHA1] = [
  'diffie-hellman-group14-sha256',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group18-sha512',
  'diffie-hellman-group-exchange-sha256',
  'diffie-hellman-group14-sha1',
];
const MLKEM_25519 = 'mlkem768x25519-sha256';
const ML_KEM = [MLKEM_25519, 'mlkem768nistp256-sha256', 'mlkem1024nistp384-sha384'];
const [KYBER_384, KYBER_25519, KYBER_256, KYBER_521] = [
  'ecdh-nistp384-kyber-768r3-sha384-d00@openquantumsafe.org',
  'x25519-kyber-512r3-sha256-d00@amazon.com',
  'ecdh-nistp256-kyber-512r3-sha256-d00@openquantumsafe.org',
  'ecdh-nistp521-kyber-1024r3-sha512-d00@openquantumsafe.org',
];
const KYBER_NIST = [KYBER_384, KYBER_256, KYBER_521];

const SHA2 = ['hmac-sha2-256', 'hmac-sha2-512'];
const SHA2_ETM = ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com'];

const ECDHE = ['128_GCM_SHA256', '128_CBC_SHA256', '256_GCM_SHA384', '256_CBC_SHA384'].flatMap((rest) =>
  ['ECDSA', 'RSA'].map((signature) => `TLS_ECDHE_${signature}_WITH_AES_${rest}`),
);
const PLAIN_RSA = ['TLS_RSA_WITH_AES_128_CBC_SHA256', 'TLS_RSA_WITH_AES_256_CBC_SHA256'];

const ECDSA_KEYS = ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'];
const HOST_KEYS = ['rsa-sha2-256', 'rsa-sha2-512', ...ECDSA_KEYS, 'ssh-ed25519'];
/** The old name of RSA stands for signatures with SHA-1. */
const HOST_KEYS_SHA1 = [...HOST_KEYS, 'ssh-rsa'];
const CONNECTOR_HOST_KEYS = ['rsa-sha2-256', 'rsa-sha2-512', ...ECDSA_KEYS];

const server = (
  name: string,
  lists: Pick<SecurityPolicy, 'ciphers' | 'keyExchanges' | 'macs'> & Partial<SecurityPolicy>,
): SecurityPolicy => ({
  name: `TransferSecurityPolicy-${name}`,
  isFips: name.includes('FIPS'),
  isForConnectors: false,
  hostKeyAlgorithms: HOST_KEYS,
  tlsCiphers: ECDHE,
  protocols: ['SFTP', 'FTPS'],
  ...lists,
});

const connector = (
  name: string,
  lists: Pick<SecurityPolicy, 'ciphers' | 'keyExchanges' | 'macs' | 'hostKeyAlgorithms'>,
): SecurityPolicy => ({
  name: `TransferSFTPConnectorSecurityPolicy-${name}`,
  isFips: name.includes('FIPS'),
  isForConnectors: true,
  tlsCiphers: [],
  protocols: ['SFTP'],
  ...lists,
});

const OF_2018 = {
  ciphers: [...ctr(128, 192, 256), ...gcm(128, 256)],
  keyExchanges: [...CURVE25519, ...NIST, EXCHANGE, GROUP16, GROUP18, GROUP14, GROUP14_SHA1],
  macs: [
    ...['umac-64-etm@openssh.com', 'umac-128-etm@openssh.com', ...SHA2_ETM, 'hmac-sha1-etm@openssh.com'],
    ...['umac-64@openssh.com', 'umac-128@openssh.com', ...SHA2, 'hmac-sha1'],
  ],
  tlsCiphers: [...ECDHE, ...PLAIN_RSA],
};
const OF_2020 = {
  ciphers: OF_2018.ciphers,
  keyExchanges: [...NIST, EXCHANGE, GROUP16, GROUP18, GROUP14],
  macs: ['umac-128-etm@openssh.com', ...SHA2_ETM, 'umac-128@openssh.com', ...SHA2],
};
const OF_2022 = {
  ciphers: [...gcm(256, 128), ...ctr(256, 192)],
  keyExchanges: [...CURVE25519, GROUP16, GROUP18, EXCHANGE],
  macs: [...SHA2_ETM.toReversed(), ...SHA2.toReversed()],
};
const OF_2024 = {
  ciphers: [...gcm(128, 256), ...ctr(128, 256, 192)],
  keyExchanges: [...NIST, ...CURVE25519, GROUP18, GROUP16, EXCHANGE],
  macs: SHA2_ETM,
};
const FIPS_2024 = { ...OF_2024, keyExchanges: [...NIST, GROUP18, GROUP16, EXCHANGE] };
const OF_2025 = {
  ciphers: [...gcm(256, 128), ...ctr(128, 256, 192)],
  keyExchanges: [...ML_KEM, ...NIST, ...CURVE25519, GROUP16, GROUP18, EXCHANGE],
  macs: SHA2_ETM,
};

/**
 * Every policy that the vendor documents, in the order of its lists:
 * https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html
 * There 2024-01 has the hybrids of the draft Kyber, as the two experimental ones do, and all from 2025 on have some of ML-KEM. What
 * of a list is not implemented is described and never offered (`sftp/ssh/algorithms.ts`).
 */
export const SECURITY_POLICIES: readonly SecurityPolicy[] = [
  server('2018-11', {
    ...OF_2018,
    ciphers: [CHACHA20, ...OF_2018.ciphers],
    hostKeyAlgorithms: HOST_KEYS_SHA1,
  }),
  server('2020-06', {
    ...OF_2020,
    ciphers: [CHACHA20, ...OF_2020.ciphers],
    hostKeyAlgorithms: HOST_KEYS_SHA1,
  }),
  server('2022-03', OF_2022),
  server('2023-05', { ...OF_2022, macs: SHA2_ETM.toReversed() }),
  server('2024-01', {
    ...OF_2024,
    keyExchanges: [KYBER_384, KYBER_25519, KYBER_256, KYBER_521, ...OF_2024.keyExchanges],
  }),
  server('2025-03', OF_2025),
  server('FIPS-2020-06', {
    ...OF_2020,
    macs: [...SHA2_ETM, ...SHA2],
    hostKeyAlgorithms: HOST_KEYS_SHA1,
  }),
  server('FIPS-2023-05', {
    ciphers: OF_2022.ciphers,
    keyExchanges: [GROUP16, GROUP18, EXCHANGE],
    macs: SHA2_ETM,
    hostKeyAlgorithms: HOST_KEYS_SHA1,
  }),
  server('FIPS-2024-01', { ...FIPS_2024, hostKeyAlgorithms: HOST_KEYS_SHA1 }),
  server('FIPS-2024-05', FIPS_2024),
  server('FIPS-2025-03', {
    ciphers: [...gcm(256, 128), ...ctr(256, 192, 128)],
    keyExchanges: [...ML_KEM, ...NIST, EXCHANGE, GROUP16, GROUP18],
    macs: SHA2_ETM.toReversed(),
  }),
  server('PQ-SSH-Experimental-2023-04', {
    ...OF_2022,
    ciphers: [...gcm(256, 128), ...ctr(256, 192)],
    keyExchanges: [KYBER_25519, ...KYBER_NIST, ...OF_2022.keyExchanges],
    macs: SHA2_ETM.toReversed(),
  }),
  server('PQ-SSH-FIPS-Experimental-2023-04', {
    ciphers: OF_2022.ciphers,
    keyExchanges: [...KYBER_NIST, ...NIST, GROUP16, GROUP18, EXCHANGE],
    macs: SHA2_ETM,
    hostKeyAlgorithms: HOST_KEYS_SHA1,
  }),
  server('Restricted-2018-11', OF_2018),
  server('Restricted-2020-06', OF_2020),
  server('Restricted-2024-06', OF_2024),
  server('SshAuditCompliant-2025-02', {
    ...OF_2024,
    keyExchanges: [MLKEM_25519, ...CURVE25519, GROUP18, GROUP16, EXCHANGE],
  }),
  server('AS2Restricted-2025-07', OF_2025),
  connector('2023-07', {
    ciphers: [...ctr(128, 192, 256), ...gcm(128, 256)],
    keyExchanges: [...CURVE25519, GROUP14_SHA1, GROUP16, GROUP18, EXCHANGE],
    macs: [...SHA2_ETM.toReversed(), ...SHA2.toReversed(), 'hmac-sha1', 'hmac-sha1-96'],
    hostKeyAlgorithms: [...CONNECTOR_HOST_KEYS, 'ssh-rsa'],
  }),
  connector('2024-03', {
    ciphers: [...gcm(128, 256), ...ctr(192, 256)],
    keyExchanges: [...CURVE25519, GROUP16, GROUP18, EXCHANGE],
    macs: [...SHA2_ETM.toReversed(), ...SHA2.toReversed()],
    hostKeyAlgorithms: CONNECTOR_HOST_KEYS,
  }),
  connector('FIPS-2024-10', {
    ciphers: gcm(128, 256),
    keyExchanges: NIST,
    macs: SHA2.toReversed(),
    hostKeyAlgorithms: ['rsa-sha2-256', 'rsa-sha2-512', 'ecdsa-sha2-nistp256'],
  }),
];

/** Throws ResourceNotFoundException. */
export function findSecurityPolicy(name: string): SecurityPolicy {
  const policy = SECURITY_POLICIES.find((entry) => entry.name === name);
  if (policy === undefined) throw unknown('SecurityPolicy', name);
  return policy;
}

/** As the vendor's answers show it: host key algorithms for connectors alone. */
export function describedSecurityPolicy(policy: SecurityPolicy): DescribedSecurityPolicy {
  const { isForConnectors } = policy;
  return {
    Fips: policy.isFips,
    SecurityPolicyName: policy.name,
    SshCiphers: policy.ciphers,
    SshKexs: policy.keyExchanges,
    SshMacs: policy.macs,
    ...(isForConnectors
      ? { SshHostKeyAlgorithms: policy.hostKeyAlgorithms }
      : { TlsCiphers: policy.tlsCiphers }),
    Type: isForConnectors ? 'CONNECTOR' : 'SERVER',
    Protocols: policy.protocols,
  };
}
