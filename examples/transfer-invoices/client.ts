import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { TransferClient } from '@aws-sdk/client-transfer';

// The server's function is a client too, and functions do not see variables that begin with ORRERY_.
const { INVOICES_DATA = 'orrery-data', AWS_ENDPOINT_URL: endpoint = 'http://127.0.0.1:7400' } = process.env;

const orrery = {
  endpoint,
  region: 'us-east-1',
  credentials: {
    accessKeyId: writtenKey('aws_access_key_id'),
    secretAccessKey: writtenKey('aws_secret_access_key'),
  },
};

/** The SDK's clients as they are; only the endpoint says that Orrery answers. */
export const transfer = new TransferClient(orrery);
export const secretsManager = new SecretsManagerClient(orrery);

/** Buckets are folders of the server's data directory. */
export const bucketFolder = (bucket: string): string => join(INVOICES_DATA, 'buckets', bucket);

/** A key that the server's first start has made. */
function writtenKey(name: string): string {
  const file = readFileSync(join(INVOICES_DATA, 'credentials'), 'utf8');
  return new RegExp(`^${name} *= *(.+)$`, 'm').exec(file)?.[1] ?? '';
}
