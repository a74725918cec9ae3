import type { FileTree } from '../../files/file-tree.ts';
import type { Reply } from '../packets/replies.ts';
import type { Handles } from './handles.ts';
import type { ReplyLine } from './reply-line.ts';
import type { Claim } from './request-order.ts';

/** What the requests of one channel work with. */
export interface Workplace {
  readonly tree: FileTree;
  readonly home: string;
  readonly handles: Handles;
  /** SSH software of the client, as it names itself. */
  readonly client: string;
  /** Most bytes that one READ gives or one WRITE brings. */
  readonly dataBytes: number;
  readonly packetBytes: number;
  /** 0 is no limit. */
  readonly handleLimit: number;
  readonly now: () => number;
}

/** A request that has been read and checked. */
export interface Task {
  /** The first it is about, for logs. */
  readonly path: string;
  readonly claim: Claim;
  /** Bytes of files that it holds in memory until it is answered. */
  readonly bytes?: number;
  /** Where the answer has to wait for its turn. */
  readonly line?: ReplyLine;
  readonly run: () => Reply | Promise<Reply>;
}
