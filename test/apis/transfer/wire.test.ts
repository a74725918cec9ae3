import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openMemoryStore } from '../../../src/stores/memory/memory-store.ts';
import { HOST_KEYS } from '../../sdk/transfer/transfer-client.ts';
import { makeFaulty } from '../../support/faulty-store.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { type RawAnswer, RawCaller } from '../../support/raw-call.ts';
import { type ServerOptions, startServer } from '../../support/start-server.ts';
import { transferParts } from '../../support/transfer-parts.ts';

interface Wire {
  call(operation: string, body: string | object, headers?: Record<string, string>): Promise<RawAnswer>;
  takeErrors(): readonly unknown[];
}

async function openWire(context: TestContext, options: ServerOptions = {}): Promise<Wire> {
  const clock = createFixedClock(1_497_371_587_073);
  const server = await startServer({ clock, transfer: transferParts(), ...options });
  const caller = new RawCaller(server, 'transfer');
  context.after(async () => {
    caller.close();
    await server.stop();
  });
  return {
    call: (operation, body, headers = {}) =>
      caller.call({
        target: `TransferService.${operation}`,
        body,
        headers: { 'content-type': 'application/x-amz-json-1.1', ...headers },
      }),
    takeErrors: server.takeErrors,
  };
}

const faultOf = ({ status, headers, body }: RawAnswer) => {
  assert.equal(headers['content-type'], 'application/x-amz-json-1.1');
  assert.match(String(headers['x-amzn-requestid']), /^[0-9a-f-]{36}$/);
  const { __type: type, ...members } = JSON.parse(body);
  assert.equal(headers['x-amzn-errortype'], type);
  return { status, type, ...members };
};

test('answers have the vendor’s headers, times in seconds, and no body where there is nothing to say', async (t) => {
  const wire = await openWire(t);
  const made = await wire.call('CreateServer', { HostKey: HOST_KEYS.ed25519 });
  assert.equal(made.status, 200);
  assert.equal(made.headers['content-type'], 'application/x-amz-json-1.1');
  assert.match(String(made.headers['x-amzn-requestid']), /^[0-9a-f-]{36}$/);
  assert.equal('x-amzn-errortype' in made.headers, false);
  const { ServerId } = JSON.parse(made.body);
  assert.deepEqual((await wire.call('StopServer', { ServerId })).body, '');
  const { HostKeys: keys } = JSON.parse((await wire.call('ListHostKeys', { ServerId })).body);
  assert.equal(keys[0].DateImported, 1_497_371_587.073);
});

test('faults have the members of the model, in the model’s spelling', async (t) => {
  const wire = await openWire(t);
  const ServerId = 's-0123456789abcdef0';
  assert.deepEqual(faultOf(await wire.call('DescribeServer', { ServerId })), {
    status: 400,
    type: 'ResourceNotFoundException',
    Message: 'Unknown server',
    Resource: ServerId,
    ResourceType: 'Server',
  });
  assert.deepEqual(faultOf(await wire.call('ListServers', { NextToken: 'x' })), {
    status: 400,
    type: 'InvalidNextTokenException',
    Message: 'The NextToken is not one that this list gave not long ago',
  });
  assert.deepEqual(faultOf(await wire.call('DescribeServer', { ServerId: 's-1' })), {
    status: 400,
    type: 'InvalidRequestException',
    Message:
      "2 validation errors detected: Value 's-1' at 'serverId' failed to satisfy constraint: Member must have length greater than or equal to 19; Value 's-1' at 'serverId' failed to satisfy constraint: Member must satisfy regular expression pattern: s-([0-9a-f]{17})",
  });
  assert.deepEqual(faultOf(await wire.call('DescribeServer', '{"ServerId":')), {
    status: 400,
    type: 'SerializationException',
    Message: 'Unable to parse the body as JSON',
  });
  assert.deepEqual(faultOf(await wire.call('DescribeEverything', {})), {
    status: 400,
    type: 'UnknownOperationException',
    Message: '',
  });
  assert.deepEqual(faultOf(await wire.call('DescribeServer', { ServerId: 7 })), {
    status: 400,
    type: 'SerializationException',
    Message: 'NUMBER_VALUE cannot be converted to String',
  });
});

test('the type of an error is in a header too, in whichever lane the request was read', async (t) => {
  const wire = await openWire(t);
  const { headers } = await wire.call('DescribeServer', {}, { expect: '100-continue' });
  assert.equal(headers['x-amzn-errortype'], 'InvalidRequestException');
});

test('an operation that does not exist is unknown; a signature for another service is refused', async (t) => {
  const wire = await openWire(t);
  const { status, body } = await wire.call('MakeCoffee', {});
  assert.deepEqual([status, JSON.parse(body).__type.replace(/.*#/, '')], [400, 'UnknownOperationException']);
  const server = await startServer({ transfer: transferParts() });
  const caller = new RawCaller(server, 'swf');
  t.after(async () => {
    caller.close();
    await server.stop();
  });
  const refused = await caller.call({ target: 'TransferService.ListServers', body: {} });
  assert.deepEqual([refused.status, JSON.parse(refused.body).__type], [400, 'InvalidSignatureException']);
});

test('a store that cannot write is a ServiceUnavailableException, and nothing was made', async (t) => {
  const store = makeFaulty(openMemoryStore());
  const wire = await openWire(t, { store });
  store.breakDown();
  const { status, type } = faultOf(await wire.call('CreateServer', { HostKey: HOST_KEYS.ed25519 }));
  assert.deepEqual([status, type], [500, 'ServiceUnavailableException']);
  assert.ok(wire.takeErrors().length > 0);
  store.mend();
});

test('texts that are hard to match cost no time', async (t) => {
  const wire = await openWire(t);
  const spaces = `ssh-rsa A${' '.repeat(2000)}\nx`;
  const ofUser = { ServerId: 's-0123456789abcdef0', UserName: 'alice' };
  const hard: readonly (readonly [string, object])[] = [
    ['ImportSshPublicKey', { ...ofUser, SshPublicKeyBody: spaces }],
    ['CreateUser', { ...ofUser, Role: `arn:${'role/'.repeat(100_000)} ` }],
    ['CreateServer', { LoggingRole: `arn:${'role/'.repeat(100_000)} ` }],
    [
      'CreateWorkflow',
      { Steps: [{ Type: 'DELETE', DeleteStepDetails: { SourceFileLocation: `\${${'a'.repeat(200)}!` } }] },
    ],
  ];
  for (const [operation, body] of hard) {
    const { status } = await wire.call(operation, body);
    assert.equal(status, 400);
  }
});
