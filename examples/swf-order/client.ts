import { SWFClient } from '@aws-sdk/client-swf';

const {
  ORRERY_ENDPOINT: endpoint = 'http://127.0.0.1:7400',
  ORRERY_ACCESS_KEY_ID: accessKeyId,
  ORRERY_SECRET_ACCESS_KEY: secretAccessKey,
  ORRERY_DATA: data = 'orrery-data',
} = process.env;

// Without keys in the environment the SDK reads those that the server's first start has made.
process.env.AWS_SHARED_CREDENTIALS_FILE ??= `${data}/credentials`;

/** The AWS client as it is; only its endpoint says that Orrery answers. */
export const client = new SWFClient({
  endpoint,
  region: 'us-east-1',
  ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
});
