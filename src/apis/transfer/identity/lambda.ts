import { FunctionFailed } from '../../../functions/function-failed.ts';
import { newUuid } from '../../../kernel/ids.ts';
import type { Server } from '../resources/documents.ts';
import type { Transfer } from '../transfer.ts';
import type { Identification, LoginQuestion } from './identified-user.ts';
import { readAnswer } from './provider-answer.ts';
import { TimeUp, withinProviderTime } from './time-limit.ts';

/** Asks the function that the server names, with the vendor's event. A failure of it refuses the login. */
export async function identifyByLambda(
  transfer: Transfer,
  server: Server,
  question: LoginQuestion,
): Promise<Identification> {
  const { userName, password = '', protocol, sourceIp } = question;
  const name = server.IdentityProviderDetails?.Function ?? '';
  const event = JSON.stringify({ username: userName, password, protocol, serverId: server.id, sourceIp });
  const context = { idempotencyKey: newUuid() };
  try {
    const text = await withinProviderTime(transfer, (signal) =>
      transfer.callFunction(name, event, { signal, context }),
    );
    return readAnswer({ text, url: '', statusCode: 200 }, server, question);
  } catch (error) {
    if (!(error instanceof FunctionFailed || error instanceof TimeUp)) throw error;
    const message = `The identity provider has failed: ${error.message}`;
    return { statusCode: 500, url: '', response: '', message };
  }
}
