import type { IncomingHttpHeaders } from 'node:http';

/** What an API may be spoken to in. */
export type Protocol = 'aws-json' | 'aws-query' | 'alibaba-rpc';

/** As much of a request as its head tells. */
export interface RequestHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

const RPC_QUERY = /[?&](?:Action|Signature|AccessKeyId)=/;

/**
 * The protocol of a request as far as its head tells; undefined for a path of Orrery's own. A form to `/` may name its
 * action in its body, and only its body can tell.
 */
export function protocolOf(request: RequestHead, hasRpc: boolean): Protocol | undefined {
  const { method, url = '', headers } = request;
  if (headers['x-amz-target'] !== undefined) return 'aws-json';
  if (isAwsQuery(request)) return 'aws-query';
  if (hasRpc && mayBeRpc(request)) return 'alibaba-rpc';
  return method === 'POST' && isRoot(url) ? 'aws-json' : undefined;
}

const isRoot = (url: string): boolean => url === '' || url === '/';

const isAwsQuery = ({ method, url = '', headers }: RequestHead): boolean =>
  method === 'POST' && isRoot(url) && isSignedForAws(headers) && isForm(headers['content-type']);

const isSignedForAws = ({ authorization }: IncomingHttpHeaders): boolean =>
  authorization?.startsWith('AWS4-') === true;

function mayBeRpc({ method, url = '', headers }: RequestHead): boolean {
  if (!isRoot(url) && !url.startsWith('/?')) return false;
  if (isSignedForAws(headers)) return false;
  if (method === 'POST' && isForm(headers['content-type'])) return true;
  return (method === 'GET' || method === 'POST') && saysRpc(url, headers);
}

const saysRpc = (url: string, headers: IncomingHttpHeaders): boolean =>
  headers['x-acs-action'] !== undefined || RPC_QUERY.test(url);

const isForm = (type = ''): boolean => /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type);
