import type { Server } from '../resources/documents.ts';
import { removeRecord, writeRecord } from '../resources/records.ts';
import { LISTEN_TAG, tagValue } from '../resources/tags.ts';
import type { Transfer } from '../transfer.ts';

const COLLECTION = 'transfer-listeners';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

interface Listener {
  readonly port: number;
}

/** Where servers listen: each keeps its port for as long as it exists. */
export class Ports {
  readonly #transfer: Transfer;

  constructor(transfer: Transfer) {
    this.#transfer = transfer;
  }

  /** Addresses to be tried in turn: the one that the client wants, else the one it had, else what is free in the range. */
  candidates(server: Server): readonly ListenAddress[] {
    const { host, ports } = this.#transfer.settings.sftp;
    const wish = tagValue(server.Tags, LISTEN_TAG);
    if (wish !== undefined) return [readAddress(wish, host)];
    const { records } = this.#transfer.kernel;
    const taken = new Set(records.list<Listener>(COLLECTION).map(({ document }) => document.port));
    const range = Array.from({ length: ports.last - ports.first + 1 }, (_, at) => ports.first + at);
    const free = range.filter((port) => !taken.has(port));
    const own = records.get<Listener>(COLLECTION, server.id)?.document.port;
    return [...(own === undefined ? [] : [own]), ...free].map((port) => ({ host, port }));
  }

  remember(id: string, port: number): void {
    writeRecord<Listener>(this.#transfer, COLLECTION, { id, document: { port } });
  }

  forget(id: string): void {
    removeRecord(this.#transfer, COLLECTION, id);
  }
}

/** A tag's value has been checked when it was set. */
function readAddress(text: string, defaultHost: string): ListenAddress {
  const at = text.lastIndexOf(':');
  const host = at === -1 ? defaultHost : text.slice(0, at).replace(/^\[|\]$/g, '');
  return { host, port: Number(text.slice(at + 1)) };
}
