import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { CallEnded, type OpenCalls } from './open-calls.ts';

/** The client at the other end of one request. */
export interface Peer {
  readonly address: string;
  /** Nobody is there any more to read an answer. */
  readonly isGone: boolean;
  /** Calls once the request is over: answered, or left by its client before. Gives a function that calls it off. */
  onOver(call: (answered: boolean) => void): () => void;
}

export function peerOf(response: ServerResponse): Peer {
  const { socket } = response;
  return {
    address: socket?.remoteAddress ?? '',
    get isGone() {
      return response.destroyed || socket?.destroyed === true;
    },
    onOver: (call) => {
      const closed = (): void => call(response.writableEnded);
      response.once('close', closed);
      return () => response.removeListener('close', closed);
    },
  };
}

/** Resolves when the whole answer has been taken off our hands, or its client has gone. */
export async function closed(response: ServerResponse): Promise<void> {
  if (!response.closed) await once(response, 'close');
}

/** A signal that aborts when the peer is gone before its answer, or when the server stops. */
export function watchPeer(peer: Peer, open: OpenCalls): AbortSignal {
  const controller = new AbortController();
  const stopping = (): void => controller.abort(new CallEnded('stopping'));
  const gone = (): void => controller.abort(new CallEnded('client-left'));
  if (peer.isGone) gone();
  if (open.stopping) stopping();
  const forget = open.watch(stopping);
  peer.onOver((answered) => {
    forget();
    if (!answered) gone();
  });
  return controller.signal;
}
