import { foreignEndpoint } from './foreign-endpoint.ts';
import { ACCESS_KEY, startS3Server } from './s3-server.ts';
import type { TestEndpoint } from './test-endpoint.ts';

export interface EndpointOptions {
  readonly isVersioned?: boolean;
  /** Of our own server; others are what they are. */
  readonly isLikeCeph?: boolean;
}

/** An endpoint that tests are to be run against in place of servers of our own. */
export const FOREIGN = process.env.ORRERY_TEST_S3_ENDPOINT;

/**
 * Opens buckets of a server of our own or, where `ORRERY_TEST_S3_ENDPOINT` has a URL, at that endpoint, under names of their
 * own. Its keys are those of `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, its region that of `AWS_REGION`.
 */
export async function openEndpoint(
  names: readonly string[],
  options: EndpointOptions = {},
): Promise<TestEndpoint> {
  if (FOREIGN !== undefined) return foreignEndpoint(FOREIGN, names, options.isVersioned ?? false);
  const server = await startS3Server(names, options);
  return {
    place: (bucket) => ({ endpoint: server.url, bucket, forcePathStyle: true, ...ACCESS_KEY }),
    openUploads: async () => server.openUploads,
    close: () => server.close(),
  };
}
