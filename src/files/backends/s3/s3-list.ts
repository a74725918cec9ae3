import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import type { ListedObject, ListPage, ListQuery } from '../../bucket.ts';
import { compareUtf8 } from '../../utf8-order.ts';
import { withoutQuotes } from './s3-metadata.ts';
import type { S3Objects } from './s3-objects.ts';

/** Sorts after all that can follow a prefix. */
const LAST = '\u{10ffff}';

export async function listS3({ endpoint, bucket }: S3Objects, query: ListQuery): Promise<ListPage> {
  const { prefix, delimiter, limit, signal } = query;
  const input = {
    Bucket: bucket,
    Prefix: prefix,
    Delimiter: delimiter,
    MaxKeys: limit,
    StartAfter: startOf(query),
    // XML cannot carry every character.
    EncodingType: 'url' as const,
  };
  const output = await endpoint.call({ shown: prefix, signal }, (client, sdk, options) =>
    client.send(new sdk.ListObjectsV2Command(input), options),
  );
  return pageFrom(output);
}

/** A prefix that was listed must not be listed again for what lies beneath it. */
function startOf({ after, prefix, delimiter }: ListQuery): string | undefined {
  const isPrefix = delimiter !== undefined && after?.endsWith(delimiter) === true && after !== prefix;
  return isPrefix ? after + LAST : after;
}

function pageFrom(output: ListObjectsV2CommandOutput): ListPage {
  const decode = output.EncodingType === 'url' ? decodeForm : (text: string) => text;
  const objects = (output.Contents ?? []).map(({ Key = '', Size = 0, LastModified, ETag }): ListedObject => {
    const modifiedAt = LastModified?.getTime() ?? 0;
    return { key: decode(Key), size: Size, modifiedAt, etag: withoutQuotes(ETag) };
  });
  const prefixes = (output.CommonPrefixes ?? []).map(({ Prefix = '' }) => decode(Prefix));
  const last = [objects.at(-1)?.key, prefixes.at(-1)].filter((each) => each !== undefined).sort(compareUtf8);
  const next = last.at(-1);
  return { objects, prefixes, ...(output.IsTruncated === true && next !== undefined && { next }) };
}

const decodeForm = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
