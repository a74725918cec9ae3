import type { HttpAnswer } from '../../../http-client/exchange.ts';
import { HttpFailed } from '../../../http-client/http-failed.ts';
import { signGet } from '../../../wire/signatures/sign-get.ts';
import type { Server } from '../resources/documents.ts';
import type { Transfer } from '../transfer.ts';
import type { Identification, LoginQuestion, ServerPlace } from './identified-user.ts';
import { readAnswer } from './provider-answer.ts';
import { TimeUp, withinProviderTime } from './time-limit.ts';

/**
 * Asks over HTTP: GET <Url>/servers/<server>/users/<user>/config, signed for API Gateway, the password in a header of
 * its own. Any other status than 200 refuses the login.
 */
export async function identifyByApiGateway(
  transfer: Transfer,
  { world, server }: ServerPlace,
  question: LoginQuestion,
): Promise<Identification> {
  const url = urlOf(server, question);
  try {
    const { status, body } = await ask(transfer, { url, region: world.region }, question);
    if (status === 200)
      return readAnswer({ text: body, url: url.href, statusCode: status }, server, question);
    const message = `The identity provider has answered with HTTP status ${status}`;
    return { statusCode: status, url: url.href, response: '', message };
  } catch (error) {
    if (!(error instanceof HttpFailed || error instanceof TimeUp)) throw error;
    const message = `The identity provider was not reached: ${error.message}`;
    return { statusCode: 500, url: url.href, response: '', message };
  }
}

function urlOf(server: Server, { userName, protocol, sourceIp }: LoginQuestion): URL {
  const base = (server.IdentityProviderDetails?.Url ?? '').replace(/\/+$/, '');
  const url = new URL(`${base}/servers/${server.id}/users/${encodeURIComponent(userName)}/config`);
  url.searchParams.set('protocol', protocol);
  url.searchParams.set('sourceIp', sourceIp);
  return url;
}

function ask(
  transfer: Transfer,
  { url, region }: { readonly url: URL; readonly region: string },
  { password }: LoginQuestion,
): Promise<HttpAnswer> {
  const { clock, sendHttp, settings } = transfer;
  const key = settings.providerKey;
  const headers = {
    accept: 'application/json',
    // Headers carry bytes: those of UTF-8.
    ...(password && { password: Buffer.from(password).toString('latin1') }),
    ...(key && signGet(url, { ...key, region, service: 'execute-api' }, clock.now())),
  };
  return withinProviderTime(transfer, (signal) =>
    sendHttp({ url: url.href, method: 'GET', headers }, signal),
  );
}
