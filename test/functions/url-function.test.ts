import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { callFunctions } from '../support/call-functions.ts';
import { serveHttp } from '../support/http-server.ts';

const url = (address: string) => ({ kind: 'url', url: address }) as const;

describe('a function behind a URL', () => {
  it('gets the event as a JSON POST and answers with its body', async (test) => {
    const address = await serveHttp(test, ({ request, body }, response) => {
      const { method, headers } = request;
      const type = headers['content-type'];
      const key = headers['idempotency-key'];
      response.end(JSON.stringify({ method, path: request.url, type, key, event: JSON.parse(body) }));
    });
    const functions = callFunctions(test, { echo: url(`${address}/validate?strict=1`) });
    assert.deepEqual(await functions.call('echo', { täg: [1, 'zwei'] }), {
      method: 'POST',
      path: '/validate?strict=1',
      type: 'application/json',
      key: 'key-1',
      event: { täg: [1, 'zwei'] },
    });
  });

  it('answers null when it has nothing to say', async (test) => {
    const address = await serveHttp(test, (_, response) => response.writeHead(204).end());
    assert.equal(await callFunctions(test, { quiet: url(address) }).call('quiet'), null);
  });

  it('fails with the body of an answer that is no success', async (test) => {
    const address = await serveHttp(test, (_, response) =>
      response.writeHead(422).end('{"errorType":"Invalid","errorMessage":"no name"}'),
    );
    assert.deepEqual(await callFunctions(test, { strict: url(address) }).failure('strict'), {
      kind: 'Handled',
      payload: { errorType: 'Invalid', errorMessage: 'no name' },
    });
  });

  it('wraps what it says in another form, and follows no redirection', async (test) => {
    const address = await serveHttp(test, (_, response) =>
      response.writeHead(302, { location: '/elsewhere' }).end('gone <b>away</b>'),
    );
    const { kind, payload } = await callFunctions(test, { moved: url(address) }).failure('moved');
    assert.equal(kind, 'Handled');
    assert.deepEqual(payload, {
      errorType: 'HttpStatus',
      errorMessage: 'The function answered with HTTP status 302: gone <b>away</b>',
      status: 302,
    });
  });

  it('fails when it answers that it has raised something', async (test) => {
    const raised = { errorMessage: 'no seats', errorType: 'BookFlightError' };
    const address = await serveHttp(test, (_, response) =>
      response.setHeader('X-Fc-Error-Type', 'HandledInvocationError').end(JSON.stringify(raised)),
    );
    assert.deepEqual(await callFunctions(test, { f: url(address) }).failure('f'), {
      kind: 'Handled',
      payload: raised,
    });
  });

  it('must answer JSON', async (test) => {
    const address = await serveHttp(test, (_, response) => response.end('<html>'));
    const { kind, payload } = await callFunctions(test, { page: url(address) }).failure('page');
    assert.deepEqual([kind, payload.errorType], ['Unhandled', 'InvalidAnswer']);
    assert.match(String(payload.errorMessage), /<html>/);
  });

  it('must not answer more than allowed', async (test) => {
    const address = await serveHttp(test, (_, response) => response.end(JSON.stringify('x'.repeat(98))));
    const fits = callFunctions(test, { long: url(address) }, { answerBytes: 100 });
    assert.equal(String(await fits.call('long')).length, 98);
    const { kind, payload } = await callFunctions(test, { long: url(address) }, { answerBytes: 99 }).failure(
      'long',
    );
    assert.deepEqual([kind, payload.errorType], ['Unhandled', 'AnswerTooLarge']);
  });

  it('fails when nobody listens, and when the connection breaks off', async (test) => {
    const address = await serveHttp(test, (_, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('{"a"', () => response.destroy());
    });
    const functions = callFunctions(test, { broken: url(address), nobody: url('http://127.0.0.1:1/') });
    const nobody = await functions.failure('nobody');
    assert.deepEqual([nobody.kind, nobody.payload.errorType], ['Unhandled', 'ECONNREFUSED']);
    const broken = await functions.failure('broken');
    assert.deepEqual([broken.kind, broken.payload.errorType], ['Unhandled', 'ECONNRESET']);
  });

  it('loses its connection when the call is aborted', async (test) => {
    const controller = new AbortController();
    const closed = Promise.withResolvers<unknown>();
    const address = await serveHttp(test, ({ request }) => {
      closed.resolve(once(request.socket, 'close'));
      controller.abort(new Error('enough'));
    });
    const functions = callFunctions(test, { slow: url(address) });
    await assert.rejects(functions.call('slow', {}, controller.signal), { message: 'enough' });
    await closed.promise;
  });
});
