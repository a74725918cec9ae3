import { PageTokens } from '../../wire/page-tokens.ts';
import type { AwsApi, Call, Operation } from '../api.ts';
import { invalidNextToken, secretsManagerFault } from './faults.ts';
import { secretsManagerModel } from './model/shapes.gen.ts';
import { API, mustBeSecretId } from './names.ts';
import { operations } from './operations.ts';
import { requestPermission } from './permissions.ts';
import type { SecretsManager } from './secrets-manager.ts';

export interface SecretsManagerOptions extends Omit<SecretsManager, 'pageTokens'> {
  /** Seals tokens; the same for the lifetime of the store. */
  readonly tokenKey: Buffer;
}

/** AWS Secrets Manager, API version 2017-10-17: https://docs.aws.amazon.com/secretsmanager/latest/apireference/ */
export function createSecretsManager({ tokenKey, ...parts }: SecretsManagerOptions): AwsApi {
  const manager: SecretsManager = {
    ...parts,
    pageTokens: new PageTokens(tokenKey, parts.now, invalidNextToken),
  };
  return {
    name: API,
    protocol: 'aws-json-1.1',
    model: secretsManagerModel,
    targetPrefixes: ['secretsmanager'],
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, served(manager, operation)]),
    ),
    permission: (operation, input, call) => requestPermission(manager, { operation, input }, call),
    fault: secretsManagerFault,
  };
}

/** No answer, be it a fault, leaves before all that it may rest on is durable. */
function served(manager: SecretsManager, operation: (typeof operations)[keyof typeof operations]): Operation {
  const run = operation as (manager: SecretsManager, input: unknown, call: Call) => object | undefined;
  return async (input, call) => {
    try {
      if (input.SecretId !== undefined) mustBeSecretId(input.SecretId);
      return run(manager, input, call);
    } finally {
      await manager.kernel.durable();
    }
  };
}
