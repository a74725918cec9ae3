import type { OpenedObject } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';

/** User metadata under which a mark is kept; never shown. */
const MARK = 'orrery-mark';
const ENCODED = /^=\?utf-8\?b\?([A-Za-z0-9+/=]*)\?=$/i;

type Metadata = Readonly<Record<string, string>>;

/** As headers can carry it: other than ASCII as RFC 2047 says. */
export function toHeaders(metadata: Metadata, mark: string | undefined): Record<string, string> {
  const encoded = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), encode(value)]);
  return { ...Object.fromEntries(encoded), ...(mark !== undefined && { [MARK]: encodeURIComponent(mark) }) };
}

export function fromHeaders(headers: Metadata = {}): Metadata {
  const known = Object.entries(headers).filter(([name]) => name !== MARK);
  return Object.fromEntries(known.map(([name, value]) => [name, decode(value)]));
}

export function markOf(headers: Metadata = {}): string | undefined {
  const mark = headers[MARK];
  return mark === undefined ? undefined : decodeURIComponent(mark);
}

const encode = (value: string): string =>
  /^[\x20-\x7e]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;

function decode(value: string): string {
  const encoded = ENCODED.exec(value)?.[1];
  return encoded === undefined ? value : Buffer.from(encoded, 'base64').toString();
}

export const withoutQuotes = (etag: string | undefined): string => (etag ?? '').replace(/^"|"$/g, '');

/** Throws unavailable for an answer without an entity tag: whatever its status, it does not say that anything was written. */
export function etagOf(answer: { readonly ETag?: string | undefined } | undefined, key: string): string {
  if (answer?.ETag !== undefined) return answer.ETag;
  throw new FilesError('unavailable', `The endpoint does not say what it has written: ${key}`);
}

/** What an answer's headers say of an object. */
export interface Described {
  readonly ContentLength?: number | undefined;
  readonly LastModified?: Date | undefined;
  readonly ETag?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly Metadata?: Metadata | undefined;
}

export function infoFrom(key: string, described: Described): OpenedObject & { readonly etag: string } {
  const { ContentLength: size, LastModified: modified, ETag, VersionId: versionId, Metadata } = described;
  if (size === undefined || modified === undefined) {
    throw new FilesError('unavailable', `The endpoint does not say what it has: ${key}`);
  }
  return {
    key,
    size,
    modifiedAt: modified.getTime(),
    etag: withoutQuotes(ETag),
    metadata: fromHeaders(Metadata),
    ...(versionId !== undefined && { versionId }),
  };
}
