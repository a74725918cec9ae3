import { Connection } from './connection.ts';
import type { Reply } from './reply-reader.ts';
import { type Endpoint, requestSigner } from './signed-request.ts';

/** One caller of SWF on a connection of its own. */
export interface SwfCaller {
  /** Sends one operation with a JSON body; any status comes back as it is. */
  call(operation: string, body: string): Promise<Reply>;
  /** The same with values; throws the fault's name and message unless the status is 200. */
  ask(operation: string, input: object): Promise<unknown>;
  close(): void;
}

/** Makes callers that share one signer and one read buffer. */
export function swfClient(endpoint: Endpoint): () => SwfCaller {
  const sign = requestSigner(endpoint);
  const buffer = Buffer.allocUnsafeSlow(65_536);
  return () => {
    const connection = new Connection(endpoint, buffer);
    const call = (operation: string, body: string) => connection.send(sign(operation, body));
    return {
      call,
      ask: async (operation, input) => parsed(operation, await call(operation, JSON.stringify(input))),
      close: () => connection.close(),
    };
  };
}

/** The bare name of a fault, or `HTTP <status>` when the body does not say. */
export function faultName(reply: Reply): string {
  return /"__type"\s*:\s*"(?:[^"]*#)?([^"]+)"/.exec(reply.body)?.[1] ?? `HTTP ${reply.status}`;
}

function parsed(operation: string, reply: Reply): unknown {
  if (reply.status !== 200) throw new Error(`${operation}: ${faultName(reply)} ${reply.body}`);
  return reply.body === '' ? undefined : JSON.parse(reply.body);
}
