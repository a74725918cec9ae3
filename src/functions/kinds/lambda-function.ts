import type { InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { jsonAnswer, tooLarge } from '../answer.ts';
import type { Callable, CallOptions, FunctionSettings } from '../call-function.ts';
import type { LambdaConfig } from '../function-config.ts';
import { FunctionFailed, functionFailed } from '../function-failed.ts';

const CONNECTIONS = 1000;

/** Invokes a function of a Lambda endpoint, whose word on failures is passed on. */
export function lambdaFunction({ lambda }: LambdaConfig, { answerBytes }: FunctionSettings): Callable {
  let opened: Promise<LambdaClient> | undefined;
  const invoke = async (event: string, options: CallOptions): Promise<InvokeCommandOutput> => {
    const { InvokeCommand } = await import('@aws-sdk/client-lambda');
    opened ??= openClient(lambda);
    const command = new InvokeCommand({
      FunctionName: lambda.functionName,
      Payload: Buffer.from(event),
      ClientContext: Buffer.from(JSON.stringify({ custom: options.context })).toString('base64'),
    });
    try {
      return await (await opened).send(command, { abortSignal: options.signal });
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  };
  return {
    call: async (event, options) => {
      const { FunctionError: kind, Payload } = await invoke(event, options);
      const answer = Payload?.transformToString() ?? '';
      if (kind !== undefined) throw raised(kind, answer);
      if (answerBytes > 0 && (Payload?.length ?? 0) > answerBytes) throw tooLarge(answerBytes);
      return jsonAnswer(answer);
    },
    stop: async () => (await opened)?.destroy(),
  };
}

/** The client is large, and many installations need none. */
async function openClient(lambda: LambdaConfig['lambda']): Promise<LambdaClient> {
  const { LambdaClient } = await import('@aws-sdk/client-lambda');
  const agent = { keepAlive: true, maxSockets: CONNECTIONS };
  return new LambdaClient({
    endpoint: lambda.endpoint,
    region: lambda.region ?? 'us-east-1',
    credentials: credentialsOf(lambda),
    requestHandler: { httpAgent: agent, httpsAgent: agent },
  });
}

/** Local endpoints accept any key; asking the cloud's metadata service for one would only cost time. */
function credentialsOf({ accessKeyId, secretAccessKey }: LambdaConfig['lambda']): {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
} {
  if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey };
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = process.env;
  if (!id || !secret) return { accessKeyId: 'none', secretAccessKey: 'none' };
  return { accessKeyId: id, secretAccessKey: secret, ...(token && { sessionToken: token }) };
}

function raised(kind: string, payload: string): FunctionFailed {
  const message = `The function failed: ${kind}`;
  return new FunctionFailed({ kind, message, payload, source: { by: 'function' } });
}

/** What the service itself answers, such as ResourceNotFoundException; undefined when it was not reached. */
function refusalOf(error: unknown): FunctionFailed | undefined {
  if (!(error instanceof Error) || !('$fault' in error)) return undefined;
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? (error.$fault === 'client' ? 400 : 500);
  const source = { by: 'service', status, code: error.name } as const;
  return functionFailed(error.name, { errorType: error.name, errorMessage: error.message }, source);
}
