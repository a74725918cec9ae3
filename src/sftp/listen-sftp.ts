import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { SftpServer, SftpServerOptions, SftpSettings } from './sftp-server.ts';
import { BufferGarbage } from './ssh/buffer-garbage.ts';
import { Connection } from './ssh/connection.ts';
import { PacketRoom } from './ssh/packet-room.ts';
import { openSshSide, type SshSide } from './ssh/ssh-side.ts';
import { Turns } from './ssh/turns.ts';

/** Well below what RFC 4344 lets one key encrypt: 2^32 blocks, or 2^31 packets of the shortest kind. */
const REKEY_BYTES = 2 ** 34;

/** Rejects when the settings cannot be used or the address cannot be had. `rekeyBytes` as in `ConnectionOptions`. */
export async function listenSftp(
  options: SftpServerOptions,
  rekeyBytes: number = REKEY_BYTES,
): Promise<SftpServer> {
  const listener = new Listener(options, rekeyBytes);
  await listener.listen();
  return listener;
}

class Listener implements SftpServer {
  readonly #options: SftpServerOptions;
  readonly #rekeyBytes: number;
  readonly #sockets: Server;
  readonly #connections = new Set<Connection>();
  /** ssh2 names a client by its address alone. */
  readonly #byPeer = new Map<string, Connection>();
  readonly #turns: Turns;
  readonly #garbage = new BufferGarbage();
  readonly #room: PacketRoom;
  #side: SshSide;
  #address: AddressInfo | undefined;

  constructor(options: SftpServerOptions, rekeyBytes: number) {
    this.#options = options;
    this.#rekeyBytes = rekeyBytes;
    this.#turns = new Turns(options);
    this.#room = new PacketRoom(options.random);
    this.#side = this.#openSide(options.settings);
    this.#sockets = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  get host(): string {
    return this.#address?.address ?? this.#options.host;
  }

  get port(): number {
    return this.#address?.port ?? this.#options.port;
  }

  async listen(): Promise<void> {
    const { host, port } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#sockets.once('error', reject).listen({ host, port }, resolve);
    await promise;
    this.#sockets.removeListener('error', reject);
    // Accepting may fail for a moment, as when the process has no descriptor left; it goes on by itself.
    this.#sockets.on('error', () => {});
    this.#address = this.#sockets.address() as AddressInfo;
  }

  configure(settings: SftpSettings): void {
    this.#side = this.#openSide(settings);
  }

  async stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#sockets.close(() => resolve());
    const all = [...this.#connections];
    for (const connection of all) connection.end('the server stops');
    await Promise.all(all.map(({ finished }) => finished));
    await promise;
  }

  #openSide(settings: SftpSettings): SshSide {
    const side = openSshSide(settings, this.#options.limits);
    side.server.on('connection', (ssh, info) => {
      const connection = this.#byPeer.get(peerName(info.ip, info.port));
      if (connection === undefined) ssh.end();
      else connection.speak(ssh, info);
    });
    return side;
  }

  #accept(socket: Socket): void {
    const { limits, observe, newSessionId } = this.#options;
    const { remoteAddress, remotePort } = socket;
    if (remoteAddress === undefined || remotePort === undefined) {
      socket.destroy();
      return;
    }
    const sourceIp = remoteAddress.replace(/^::ffff:(?=\d+\.)/, '');
    const sessionId = newSessionId();
    if (limits.sessions > 0 && this.#connections.size >= limits.sessions) {
      socket.destroy();
      observe({ kind: 'rejected', sessionId, sourceIp, reason: 'too many sessions' });
      return;
    }
    const side = this.#side;
    const connection = new Connection({
      socket,
      side,
      sessionId,
      sourceIp,
      server: this.#options,
      turns: this.#turns,
      garbage: this.#garbage,
      room: this.#room,
      rekeyBytes: this.#rekeyBytes,
    });
    this.#keep(connection, peerName(remoteAddress, remotePort));
    side.server.injectSocket(socket);
  }

  #keep(connection: Connection, peer: string): void {
    this.#connections.add(connection);
    this.#byPeer.set(peer, connection);
    void connection.finished.then(() => {
      this.#connections.delete(connection);
      if (this.#byPeer.get(peer) === connection) this.#byPeer.delete(peer);
    });
  }
}

function peerName(address: string, port: number): string {
  return `${address} ${port}`;
}
