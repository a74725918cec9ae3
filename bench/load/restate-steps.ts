import { closedLoop, type LoopOptions } from './closed-loop.ts';
import { Connection } from './connection.ts';
import { type Load, loadBy } from './load.ts';
import { tally } from './tally.ts';
import { orderInput } from './workflow.ts';

export interface IngressOptions extends Omit<LoopOptions, 'once'> {
  readonly ingress: { readonly host: string; readonly port: number };
  readonly workflow: 'three-steps' | 'five-steps';
  /** Makes workflow keys unique for each load against one server. */
  readonly prefix: string;
}

/** The peer's load: each workflow is one request to the ingress under a key of its own, answered when it has ended. */
export function restateSteps(options: IngressOptions): Load {
  const buffer = Buffer.allocUnsafeSlow(65_536);
  const problems = tally();
  const callers = Array.from({ length: options.concurrency }, () => new Connection(options.ingress, buffer));
  let started = 0;
  const once = async (slot: number): Promise<boolean> => {
    started += 1;
    const reply = await (callers[slot] as Connection).send(
      invocation(options, `${options.prefix}-${started}`),
    );
    const isRight = reply.status === 200 && reply.body.includes('reserved');
    if (!isRight) problems.count(`workflow: HTTP ${reply.status} ${reply.body.slice(0, 80)}`);
    return isRight;
  };
  return loadBy(callers, closedLoop({ ...options, once }), problems);
}

function invocation({ ingress, workflow }: IngressOptions, key: string): string {
  return (
    `POST /${workflow}/${key}/run HTTP/1.1\r\nHost: ${ingress.host}:${ingress.port}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${orderInput.length}\r\n\r\n${orderInput}`
  );
}
