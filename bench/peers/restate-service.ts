import { createServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createRequire } from 'node:module';

/** What we use of the SDK, so that nothing here needs it installed to be type-checked. */
interface RestateSdk {
  workflow(definition: { readonly name: string; readonly handlers: object }): unknown;
  endpoint(): RestateEndpoint;
}

interface RestateEndpoint {
  bind(service: unknown): RestateEndpoint;
  setLogger(logger: () => void): RestateEndpoint;
  http2Handler(): (request: Http2ServerRequest, response: Http2ServerResponse) => void;
}

interface WorkflowContext {
  run(name: string, action: () => Promise<string>): Promise<string>;
}

const result = JSON.stringify({ reserved: true, shelf: 'A-17', at: Array(2).fill('2020-01-01T00:00:00Z') });
const step = async () => result;

/** A workflow of so many durable steps. */
function steps(count: number) {
  return async (context: WorkflowContext): Promise<string> => {
    let answer = '';
    for (let at = 0; at < count; at += 1) answer = await context.run(`step-${at}`, step);
    return answer;
  };
}

/** Serves workflows of three and of five steps on a free port of the loopback and prints the port. */
function serve(): void {
  const sdk = createRequire(import.meta.url)('@restatedev/restate-sdk') as RestateSdk;
  const workflow = (name: string, count: number) => sdk.workflow({ name, handlers: { run: steps(count) } });
  const endpoint = sdk
    .endpoint()
    .setLogger(() => {})
    .bind(workflow('three-steps', 3))
    .bind(workflow('five-steps', 5));
  const server = createServer(endpoint.http2Handler());
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address && typeof address === 'object') process.stdout.write(`service ready on ${address.port}\n`);
  });
}

process.once('SIGTERM', () => process.exit(0));
serve();
