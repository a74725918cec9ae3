import { type RpcParameters, rpcSigner } from './alibaba-request.ts';
import { Connection } from './connection.ts';
import type { Reply } from './reply-reader.ts';
import type { Endpoint } from './signed-request.ts';

/** One caller of CloudFlow on a connection of its own. */
export interface FlowCaller {
  /** Sends one operation; any status comes back as it is. */
  call(action: string, parameters: RpcParameters): Promise<Reply>;
  /** The same, its answer read; throws the error's code and message unless the status is 200. */
  ask(action: string, parameters: RpcParameters): Promise<Readonly<Record<string, unknown>>>;
  close(): void;
}

/** Makes callers that share one signer and one read buffer. */
export function cloudflowClient(endpoint: Endpoint): () => FlowCaller {
  const sign = rpcSigner(endpoint);
  const buffer = Buffer.allocUnsafeSlow(65_536);
  return () => {
    const connection = new Connection(endpoint, buffer);
    const call = (action: string, parameters: RpcParameters) => connection.send(sign(action, parameters));
    return {
      call,
      ask: async (action, parameters) => {
        const reply = await call(action, parameters);
        if (reply.status !== 200) throw new Error(`${action}: ${errorCode(reply)} ${reply.body}`);
        return JSON.parse(reply.body) as Readonly<Record<string, unknown>>;
      },
      close: () => connection.close(),
    };
  };
}

/** The code of an error, or `HTTP <status>` when the body does not say. */
export function errorCode(reply: Reply): string {
  return /"Code":"([^"]+)"/.exec(reply.body)?.[1] ?? `HTTP ${reply.status}`;
}
