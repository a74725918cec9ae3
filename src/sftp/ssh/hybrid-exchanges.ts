import crypto, {
  createECDH,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
} from 'node:crypto';
import type { Answer, OneAnswer } from './key-exchange.ts';

interface Half {
  /** Of the client's share. */
  readonly bytes: number;
  /** Throws when the share is none. */
  answer(share: Buffer): Answer;
}

/** Node takes a public key as a SubjectPublicKeyInfo, with the same start for all of one size, and checks it as FIPS 203 demands. */
function mlKem(bytes: number, start: string): Half {
  const prefix = Buffer.from(start, 'hex');
  return {
    bytes,
    answer: (share) => {
      const key = createPublicKey({ key: Buffer.concat([prefix, share]), format: 'der', type: 'spki' });
      const { ciphertext, sharedKey } = crypto.encapsulate(key);
      return { share: Buffer.from(ciphertext), secret: Buffer.from(sharedKey) };
    },
  };
}

const ML_KEM_768 = mlKem(1184, '308204b2300b0609608648016503040402038204a100');
const ML_KEM_1024 = mlKem(1568, '30820632300b06096086480165030404030382062100');

const X25519: Half = {
  bytes: 32,
  answer: (share) => {
    const form = { kty: 'OKP', crv: 'X25519' };
    const theirs = createPublicKey({ key: { ...form, x: share.toString('base64url') }, format: 'jwk' });
    const { publicKey, privateKey } = generateKeyPairSync('x25519');
    const ours = Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url');
    // Node refuses points of low order.
    return { share: ours, secret: diffieHellman({ privateKey, publicKey: theirs }) };
  },
};

const UNCOMPRESSED = 4;

function nist(curve: string, bytes: number): Half {
  return {
    bytes,
    answer: (share) => {
      if (share[0] !== UNCOMPRESSED) throw new Error('the point is not in the uncompressed form');
      const keys = createECDH(curve);
      return { share: keys.generateKeys(), secret: keys.computeSecret(share) };
    },
  };
}

/** Both halves one after the other, ML-KEM first; the secret is a string of bytes, not a number: draft-ietf-sshm-mlkem-hybrid-kex. */
function hybrid(hash: string, quantum: Half, classical: Half): OneAnswer {
  const bytes = quantum.bytes + classical.bytes;
  return {
    kind: 'answer',
    hash,
    answer: (share) => {
      if (share.length !== bytes) throw new Error(`the share has ${share.length} bytes, not ${bytes}`);
      const one = quantum.answer(share.subarray(0, quantum.bytes));
      const other = classical.answer(share.subarray(quantum.bytes));
      return {
        share: Buffer.concat([one.share, other.share]),
        secret: createHash(hash).update(one.secret).update(other.secret).digest(),
      };
    },
  };
}

/** It came with Node 24.7, and needs an OpenSSL that has it too. */
function hasMlKem(): boolean {
  try {
    ML_KEM_768.answer(Buffer.alloc(ML_KEM_768.bytes));
    return true;
  } catch {
    return false;
  }
}

/** None where Node knows no ML-KEM. */
export const HYBRIDS: readonly (readonly [string, OneAnswer])[] = hasMlKem()
  ? [
      ['mlkem768x25519-sha256', hybrid('sha256', ML_KEM_768, X25519)],
      ['mlkem768nistp256-sha256', hybrid('sha256', ML_KEM_768, nist('prime256v1', 65))],
      ['mlkem1024nistp384-sha384', hybrid('sha384', ML_KEM_1024, nist('secp384r1', 97))],
    ]
  : [];
