import { type CipherGCM, createCipheriv, createHash, type Hash, hash } from 'node:crypto';
import { read as readFile } from 'node:fs';
import { promisify } from 'node:util';

const read = promisify(readFile);

/** What is longer has a tag as S3 gives to objects that came in parts; AWS's own tools send it in parts of this size. */
const LONGEST_MD5 = 8 * 1024 * 1024;
const PIECE = 1 << 20;

/**
 * Of one content, whose bytes come in order: its MD5 in hexadecimal, or, where it is longer than 8 MiB, a fingerprint and the number of
 * parts, as in `…-2`. The fingerprint is the GMAC under a key that everybody knows: each byte counts in its
 * 128 bits, but it is no defence against somebody who makes two contents of one tag. MD5 is none either, and takes eight times as long.
 */
export class EntityTag {
  readonly #md5: Hash = createHash('md5');
  readonly #gmac = createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12));
  #size = 0;

  /** How many bytes it has seen. */
  get size(): number {
    return this.#size;
  }

  update(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#size <= LONGEST_MD5) this.#md5.update(bytes);
    this.#gmac.setAAD(bytes);
  }

  /** To be asked once. */
  digest(): string {
    if (this.#size <= LONGEST_MD5) return this.#md5.digest('hex');
    return `${tagOf(this.#gmac)}-${Math.ceil(this.#size / LONGEST_MD5)}`;
  }
}

function tagOf(gmac: CipherGCM): string {
  gmac.final();
  return gmac.getAuthTag().toString('hex');
}

/** The entity tag of a file that is being written; known as long as all of it came in order. */
export class WrittenTag {
  #tag: EntityTag | undefined;

  add(bytes: Uint8Array, position: number): void {
    if (position === 0) this.#tag = new EntityTag();
    if (position === this.#tag?.size) this.#tag.update(bytes);
    else this.#tag = undefined;
  }

  /** The content has been changed in another way. */
  forget(): void {
    this.#tag = undefined;
  }

  /** Undefined where it does not cover a content of that size. To be asked once. */
  digest(size: number): string | undefined {
    return this.#tag?.size === size ? this.#tag.digest() : undefined;
  }
}

/** Of a content that is in memory, of up to 8 MiB. */
export const entityTagOf = (content: Uint8Array): string => hash('md5', content);

/** Of what a descriptor holds from its start on. */
export async function entityTagOfFile(fd: number, signal?: AbortSignal): Promise<string> {
  const tag = new EntityTag();
  const piece = Buffer.allocUnsafe(PIECE);
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await read(fd, piece, 0, PIECE, tag.size);
    if (bytesRead === 0) return tag.digest();
    tag.update(piece.subarray(0, bytesRead));
  }
}
