/** One HTTP answer; each character of `body` is one byte. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

interface Head {
  readonly status: number;
  readonly bodyStart: number;
  /** Bytes of the body, or undefined for a chunked one. */
  readonly length: number | undefined;
}

/** Collects the bytes of one answer at a time; an answer without a length must be chunked. */
export class ReplyReader {
  #text = '';
  #head: Head | undefined;

  /** Takes what has arrived; gives the answer once it is whole. */
  read(chunk: Buffer): Reply | undefined {
    const arrived = chunk.toString('latin1');
    this.#text = this.#text === '' ? arrived : this.#text + arrived;
    this.#head ??= readHead(this.#text);
    if (!this.#head) return undefined;
    const body = this.#body(this.#head);
    if (body === undefined) return undefined;
    const reply = { status: this.#head.status, body };
    this.reset();
    return reply;
  }

  reset(): void {
    this.#text = '';
    this.#head = undefined;
  }

  #body({ bodyStart, length }: Head): string | undefined {
    if (length === undefined) return readChunks(this.#text, bodyStart);
    return this.#text.length < bodyStart + length
      ? undefined
      : this.#text.slice(bodyStart, bodyStart + length);
  }
}

function readHead(text: string): Head | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end + 2).toLowerCase();
  return { status: Number(head.slice(9, 12)), bodyStart: end + 4, length: contentLength(head) };
}

function contentLength(head: string): number | undefined {
  const name = '\r\ncontent-length:';
  const at = head.indexOf(name);
  if (at >= 0) return Number(head.slice(at + name.length, head.indexOf('\r\n', at + name.length)));
  return head.includes('\r\ntransfer-encoding: chunked') ? undefined : 0;
}

function readChunks(text: string, start: number): string | undefined {
  let body = '';
  let at = start;
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (text.length < next) return undefined;
    if (size === 0) return body;
    body += text.slice(lineEnd + 2, lineEnd + 2 + size);
    at = next;
  }
}
