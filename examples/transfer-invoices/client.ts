import { readFileSync } from 'node:fs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { TransferClient } from '@aws-sdk/client-transfer';

/** Where the server keeps what it keeps; buckets are folders below it. */
export const dataDirectory = process.env.ORRERY_DATA ?? 'orrery-data';

const {
  ORRERY_ENDPOINT: endpoint = 'http://127.0.0.1:7400',
  ORRERY_ACCESS_KEY_ID: accessKeyId = writtenKey('aws_access_key_id'),
  ORRERY_SECRET_ACCESS_KEY: secretAccessKey = writtenKey('aws_secret_access_key'),
} = process.env;

const orrery = { endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } };

/** The SDK's clients as they are; only the endpoint says that Orrery answers. */
export const transfer = new TransferClient(orrery);
export const secretsManager = new SecretsManagerClient(orrery);

/** A key that the server's first start has made. */
function writtenKey(name: string): string {
  const file = readFileSync(`${dataDirectory}/credentials`, 'utf8');
  return new RegExp(`^${name} *= *(.+)$`, 'm').exec(file)?.[1] ?? '';
}
