import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { sendContentMd5 } from './content-md5.ts';
import { s3Failure } from './s3-failure.ts';

/** Where a bucket is, as the configuration says it. */
export interface S3Config {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly secretAccessKey?: string | undefined;
  readonly forcePathStyle?: boolean | undefined;
}

type Sdk = typeof import('@aws-sdk/client-s3');

const CONNECTIONS = 100;
const ATTEMPTS = 3;
const CONNECTION_MILLISECONDS = 5_000;
const SILENCE_MILLISECONDS = 60_000;

export interface CallOptions {
  /** Names the object in errors. */
  readonly shown: string;
  readonly signal?: AbortSignal | undefined;
}

/** One client of one endpoint. The SDK is large, and is loaded with the first call. */
export class S3Endpoint {
  readonly config: S3Config;
  #client: Promise<S3Client> | undefined;

  constructor(config: S3Config) {
    this.config = config;
  }

  /** Calls with the SDK and its client; failures become `FilesError`, an abort its reason. */
  async call<T>(
    { shown, signal }: CallOptions,
    send: (client: S3Client, sdk: Sdk, options: { readonly abortSignal?: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const sdk = await import('@aws-sdk/client-s3');
    this.#client ??= Promise.resolve(openClient(sdk, this.config));
    try {
      return await send(await this.#client, sdk, signal === undefined ? {} : { abortSignal: signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw s3Failure(error, shown);
    }
  }

  /** Whether the other's objects can be copied without leaving the service. */
  sees({ config }: S3Endpoint): boolean {
    const mine = this.config;
    return mine.endpoint === config.endpoint && mine.accessKeyId === config.accessKeyId;
  }

  async close(): Promise<void> {
    (await this.#client)?.destroy();
  }
}

function openClient(sdk: Sdk, config: S3Config): S3Client {
  const client = new sdk.S3Client(clientConfig(config));
  sendContentMd5(client);
  return client;
}

function clientConfig(config: S3Config): S3ClientConfig {
  const agent = { keepAlive: true, maxSockets: CONNECTIONS };
  return {
    endpoint: config.endpoint,
    region: config.region ?? 'us-east-1',
    forcePathStyle: config.forcePathStyle ?? false,
    credentials: credentialsOf(config),
    maxAttempts: ATTEMPTS,
    // Many endpoints know no other checksums than those that are prescribed.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      httpAgent: agent,
      httpsAgent: agent,
      connectionTimeout: CONNECTION_MILLISECONDS,
      socketTimeout: SILENCE_MILLISECONDS,
    },
  };
}

function credentialsOf({ accessKeyId, secretAccessKey }: S3Config) {
  if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey };
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = process.env;
  if (!id || !secret) return { accessKeyId: 'none', secretAccessKey: 'none' };
  return { accessKeyId: id, secretAccessKey: secret, ...(token && { sessionToken: token }) };
}
