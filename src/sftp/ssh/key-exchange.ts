import type { DiffieHellmanGroup } from 'node:crypto';
import type { GroupRequest } from './group-exchange.ts';

/** A key exchange that ssh2 does not serve: what of it is its own. */
export type KeyExchange = OneAnswer | OwnGroup;

/** The client sends its share, the server answers. */
export interface OneAnswer {
  readonly kind: 'answer';
  readonly hash: string;
  /** Throws when the client's share is not one. */
  answer(share: Buffer): Answer;
}

export interface Answer {
  /** The server's. */
  readonly share: Buffer;
  readonly secret: Buffer;
}

/** Diffie-Hellman in a group that the client has a say in (RFC 4419). */
export interface OwnGroup {
  readonly kind: 'group';
  readonly hash: string;
  /** Undefined when there is none for that client. */
  choose(request: GroupRequest): DiffieHellmanGroup | undefined;
}
