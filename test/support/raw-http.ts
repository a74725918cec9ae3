import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** One connection that sends bytes as given and reads the answers one by one. */
export interface RawConnection {
  readonly socket: Socket;
  send(text: string): void;
  /** The next answer with a Content-Length; rejects when the connection ends before. */
  receive(): Promise<RawResponse>;
  /** Resolves when the server has closed, with what was left unread. */
  closed(): Promise<string>;
}

export async function openConnection(port: number): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let unread = '';
  let wake = (): void => undefined;
  let over = false;
  socket.setEncoding('latin1').on('data', (text: string) => {
    unread += text;
    wake();
  });
  const end = (): void => {
    over = true;
    wake();
  };
  socket.on('close', end).on('error', end);
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return {
    socket,
    send: (text) => {
      socket.write(text);
    },
    receive: async () => {
      // To look into a text that grows makes a copy of it: not before it is long enough.
      let needed = 0;
      for (;;) {
        const found = unread.length >= needed ? takeResponse(unread) : needed;
        if (typeof found !== 'number') {
          unread = found.rest;
          return found.response;
        }
        needed = found;
        if (over) throw new Error(`the connection ended; unread: ${JSON.stringify(unread.slice(0, 1000))}`);
        await change();
      }
    },
    closed: async () => {
      while (!over) await change();
      return unread;
    },
  };
}

/** The first response, or how long the text must at least be to hold it. */
function takeResponse(text: string): { response: RawResponse; rest: string } | number {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return text.length + 1;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 2),
    ]),
  );
  const start = end + 4;
  const length = Number(headers.get('content-length'));
  if (text.length < start + length) return start + length;
  const body = Buffer.from(text.slice(start, start + length), 'latin1').toString();
  return {
    response: { status: Number(first.split(' ')[1]), headers, body },
    rest: text.slice(start + length),
  };
}

/** The bytes of a request with a body. */
export function requestText(
  method: string,
  path: string,
  { headers, body }: { headers: Record<string, string>; body: string },
): string {
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}
