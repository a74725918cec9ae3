import type { CompletedPart } from '@aws-sdk/client-s3';
import { FilesError } from '../../files-error.ts';
import { etagOf } from './s3-metadata.ts';
import type { S3Objects } from './s3-objects.ts';

/** Parts of an upload: 10,000 of them hold the 5 TiB that an object may have, and small uploads have small ones. */
export const partBytes = (number: number): number => (8 << 20) + 17 * number * number;

const PARTS = 10_000;

export interface MultipartOptions {
  readonly key: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tagging?: string | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** An upload in parts. It ends by `complete` or `abort`. */
export class Multipart {
  readonly #objects: S3Objects;
  readonly #key: string;
  readonly #uploadId: string;
  readonly #parts: CompletedPart[] = [];

  private constructor(objects: S3Objects, key: string, uploadId: string) {
    this.#objects = objects;
    this.#key = key;
    this.#uploadId = uploadId;
  }

  static async begin(objects: S3Objects, options: MultipartOptions): Promise<Multipart> {
    const { key, metadata, tagging, headers, signal } = options;
    const input = { Bucket: objects.bucket, Key: key, Metadata: metadata, Tagging: tagging, ...headers };
    const { UploadId } = await objects.endpoint.call({ shown: key, signal }, (client, sdk, sending) =>
      client.send(new sdk.CreateMultipartUploadCommand(input), sending),
    );
    if (UploadId === undefined) throw new FilesError('unavailable', `The endpoint began no upload: ${key}`);
    return new Multipart(objects, key, UploadId);
  }

  async put(number: number, body: Uint8Array, signal?: AbortSignal): Promise<void> {
    const input = { ...this.#part(number), Body: body };
    const put = await this.#objects.endpoint.call({ shown: this.#key, signal }, (client, sdk, options) =>
      client.send(new sdk.UploadPartCommand(input), options),
    );
    this.#parts.push({ PartNumber: number, ETag: etagOf(put, this.#key) });
  }

  async putCopy(number: number, source: PartSource, signal?: AbortSignal): Promise<void> {
    const input = { ...this.#part(number), ...source };
    const { CopyPartResult } = await this.#objects.endpoint.call(
      { shown: this.#key, signal },
      (client, sdk, options) => client.send(new sdk.UploadPartCopyCommand(input), options),
    );
    this.#parts.push({ PartNumber: number, ETag: etagOf(CopyPartResult, this.#key) });
  }

  #part(number: number) {
    if (number > PARTS) throw new FilesError('invalid', `The object is too large: ${this.#key}`);
    return { Bucket: this.#objects.bucket, Key: this.#key, UploadId: this.#uploadId, PartNumber: number };
  }

  async complete({
    ifAbsent,
    signal,
  }: {
    readonly ifAbsent: boolean;
    readonly signal?: AbortSignal | undefined;
  }) {
    const { endpoint, bucket } = this.#objects;
    const Parts = this.#parts.toSorted((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
    const input = {
      Bucket: bucket,
      Key: this.#key,
      UploadId: this.#uploadId,
      MultipartUpload: { Parts },
      ...(ifAbsent && { IfNoneMatch: '*' }),
    };
    const completed = await endpoint.call({ shown: this.#key, signal }, (client, sdk, options) =>
      client.send(new sdk.CompleteMultipartUploadCommand(input), options),
    );
    return { ETag: etagOf(completed, this.#key), VersionId: completed.VersionId };
  }

  /** Leaves nothing of it behind; whether that worked is the endpoint's to tidy up after. */
  async abort(): Promise<void> {
    const { endpoint, bucket } = this.#objects;
    const input = { Bucket: bucket, Key: this.#key, UploadId: this.#uploadId };
    try {
      await endpoint.call({ shown: this.#key }, (client, sdk) =>
        client.send(new sdk.AbortMultipartUploadCommand(input)),
      );
    } catch (error) {
      // What failed is told by whoever aborts; lifecycle rules of the bucket end uploads that nobody completes.
      if (!(error instanceof FilesError)) throw error;
    }
  }
}

export interface PartSource {
  readonly CopySource: string;
  readonly CopySourceIfMatch: string;
  readonly CopySourceRange: string;
}
