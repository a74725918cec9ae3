import { listServerTags } from '../resources/servers.ts';
import type { Server } from '../resources/documents.ts';
import type { Transfer } from '../transfer.ts';
import type { ServerKey } from './listeners.ts';

const COLLECTION = 'transfer-listeners';

/** The tag by which a client says where a server shall listen, as PORT or HOST:PORT. */
export const LISTEN_TAG = 'orrery:listen';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

interface Listener extends ServerKey {
  /** Absent until it has listened. */
  readonly port?: number | undefined;
}

/** Where servers listen: each keeps its port for as long as it exists. */
export class Ports {
  readonly #transfer: Transfer;

  constructor(transfer: Transfer) {
    this.#transfer = transfer;
  }

  /** Every server of every world. */
  known(): readonly ServerKey[] {
    return this.#all().map(({ account, region, id }) => ({ account, region, id }));
  }

  /** Addresses to be tried in turn: the one that the client wants, else the one it had, else what is free in the range. */
  candidates(server: Server): readonly ListenAddress[] {
    const { host, ports } = this.#transfer.settings.sftp;
    const wish = listServerTags(server).find(({ Key }) => Key === LISTEN_TAG);
    if (wish !== undefined) return [readListenTag(wish.Value, host)];
    const taken = new Set(this.#all().map(({ port }) => port));
    const range = Array.from({ length: ports.last - ports.first + 1 }, (_, at) => ports.first + at);
    const free = range.filter((port) => !taken.has(port));
    const own = this.#all().find(({ id }) => id === server.id)?.port;
    return [...(own === undefined ? [] : [own]), ...free].map((port) => ({ host, port }));
  }

  /** Without a port: so that the server is known from its first moment on. */
  remember({ account, region, id }: ServerKey, port?: number): void {
    const { records } = this.#transfer.kernel;
    const known = records.get<Listener>(COLLECTION, id);
    if (known !== undefined && (port === undefined || known.document.port === port)) return;
    records.put<Listener>(COLLECTION, {
      id,
      version: known?.version ?? 0,
      document: { account, region, id, port },
    });
  }

  forget({ id }: ServerKey): void {
    const { records } = this.#transfer.kernel;
    const known = records.get(COLLECTION, id);
    if (known !== undefined) records.remove(COLLECTION, id, known.version);
  }

  #all(): readonly Listener[] {
    return this.#transfer.kernel.records.list<Listener>(COLLECTION).map(({ document }) => document);
  }
}

/** Checked when the tag is set. */
export function readListenTag(text: string, defaultHost: string): ListenAddress {
  const at = text.lastIndexOf(':');
  return { host: at === -1 ? defaultHost : text.slice(0, at), port: Number(text.slice(at + 1)) };
}
