import { percentEncode } from './percent-encode.ts';

/** The parts of an HTTP request that a signature covers. `headers` is as Node gives them, names in lower case. */
export interface SignedRequest {
  readonly method: string | undefined;
  /** As sent: path and query, still encoded. */
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
}

export function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

/** Dot segments and doubled slashes go; what remains is encoded once more, as every service but S3 wants it. */
export function canonicalPath(path: string): string {
  if (path === '/' || path === '') return '/';
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(percentEncode(segment));
  }
  if (segments.length === 0) return '/';
  return `/${segments.join('/')}${path.endsWith('/') ? '/' : ''}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names and values decoded, in the order sent. */
export function readQuery(query: string): readonly (readonly [string, string])[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0
        ? [decode(pair), '']
        : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

export function canonicalQuery(query: string): string {
  if (query === '') return '';
  return readQuery(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => order(nameA, nameB) || order(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `name:value` lines, each ended by a line break; an absent header has an empty value. */
export function canonicalHeaders(headers: SignedRequest['headers'], names: readonly string[]): string {
  let lines = '';
  for (const name of names) {
    const value: unknown = headers[name];
    const shown =
      typeof value === 'string' ? collapse(value) : Array.isArray(value) ? value.map(collapse).join(',') : '';
    lines += `${name}:${shown}\n`;
  }
  return lines;
}

const collapse = (value: string): string =>
  value.includes('  ') ? value.trim().replace(/ {2,}/g, ' ') : value;

/** Every value of every header: Node's own object joins some doubled headers and drops others. */
export function allHeaders(rawHeaders: readonly string[]): Record<string, string[]> {
  const all: Record<string, string[]> = Object.create(null);
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const values = all[name] ?? [];
    values.push((rawHeaders[at + 1] ?? '').trim());
    all[name] = values;
  }
  return all;
}
