import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { CallEnded, type OpenCalls } from './open-calls.ts';

/** The client at the other end of one request. */
export interface Peer {
  readonly address: string;
  /** Nobody is there any more to read an answer. */
  readonly isGone: boolean;
  /** Tells `watcher` once when the request is over, unless `unwatch` is called before. */
  watch(watcher: PeerWatcher): void;
  unwatch(watcher: PeerWatcher): void;
}

export interface PeerWatcher {
  /** The request has been answered, or its client has left before. */
  over(answered: boolean): void;
}

export function peerOf(response: ServerResponse): Peer {
  const { socket } = response;
  const watchers = new Set<PeerWatcher>();
  response.once('close', () => {
    for (const watcher of watchers) watcher.over(response.writableEnded);
  });
  return {
    address: socket?.remoteAddress ?? '',
    get isGone() {
      return response.destroyed || socket?.destroyed === true;
    },
    watch: (watcher) => void watchers.add(watcher),
    unwatch: (watcher) => void watchers.delete(watcher),
  };
}

/** Resolves when the whole answer has been taken off our hands, or its client has gone. */
export async function closed(response: ServerResponse): Promise<void> {
  if (!response.closed) await once(response, 'close');
}

/** A signal that aborts when the peer is gone before its answer, or when the server stops. */
export function watchPeer(peer: Peer, open: OpenCalls): AbortSignal {
  const controller = new AbortController();
  const watcher = {
    stop: (): void => controller.abort(new CallEnded('stopping')),
    over: (answered: boolean): void => {
      open.unwatch(watcher);
      if (!answered) controller.abort(new CallEnded('client-left'));
    },
  };
  if (peer.isGone) watcher.over(false);
  if (open.stopping) watcher.stop();
  if (controller.signal.aborted) return controller.signal;
  open.watch(watcher);
  peer.watch(watcher);
  return controller.signal;
}
