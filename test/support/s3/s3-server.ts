import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleS3 } from './s3-operations.ts';
import { checkSigned, readS3Request, type S3Answer, S3Refusal, type S3Request } from './s3-request.ts';
import { StoredObjects } from './stored-objects.ts';

export const ACCESS_KEY = { accessKeyId: 'TESTS3', secretAccessKey: 'secret of the tests' };

/** What is to go wrong with a request: refused by a status, not answered, or done and not answered. */
export type Fault = Refused | 'cut' | 'cut-after' | undefined;

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message?: string;
  /** What follows the error in the answer. */
  readonly tail?: string;
}

export interface S3Server {
  readonly url: string;
  /** Requests that came, as `METHOD /bucket/key?query`. */
  readonly requests: string[];
  /** Uploads in parts that are neither completed nor aborted. */
  readonly openUploads: number;
  /** Asked before each request is served; may make it wait. */
  fault: (request: S3Request) => Fault | Promise<Fault>;
  close(): Promise<void>;
}

/** A server that stores objects in memory and speaks as much of S3 as our client uses. */
export async function startS3Server(
  bucketNames: readonly string[],
  { isVersioned = false, isLikeCeph = false } = {},
): Promise<S3Server> {
  const buckets = new Map(bucketNames.map((name) => [name, new StoredObjects(isVersioned)]));
  const world = { isLikeCeph, buckets, uploads: new Map() };
  const requests: string[] = [];
  const server = createServer(async (incoming, response) => {
    try {
      const request = await readS3Request(incoming);
      requests.push(`${request.method} ${incoming.url}`);
      const fault = await started.fault(request);
      if (fault === 'cut') return void incoming.socket.destroy();
      if (typeof fault === 'object') return void send(response, request.method, refusal(fault));
      checkSigned(request, ACCESS_KEY.accessKeyId);
      const answer = handleS3(world, request);
      if (fault === 'cut-after') return void incoming.socket.destroy();
      send(response, request.method, answer);
    } catch (error) {
      if (error instanceof S3Refusal) send(response, incoming.method ?? '', refusal(error));
      else incoming.socket.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const started: S3Server = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get openUploads() {
      return world.uploads.size;
    },
    fault: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return started;
}

const refusal = ({ status, code, message = 'refused by the test', tail = '' }: Refused): S3Answer => ({
  status,
  body: `<Error><Code>${code}</Code><Message>${message}: ${code}</Message></Error>${tail}`,
});

function send(response: ServerResponse, method: string, { status, headers = {}, body = '' }: S3Answer): void {
  const bytes = Buffer.from(body);
  const hasBody = status !== 204;
  response.writeHead(status, { ...headers, ...(hasBody && { 'content-length': bytes.length }) });
  response.end(method === 'HEAD' || !hasBody ? undefined : bytes);
}
