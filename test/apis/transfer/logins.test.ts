import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { addServer } from '../../../src/apis/transfer/resources/servers.ts';
import { Logins } from '../../../src/apis/transfer/sessions/logins.ts';
import { SessionLog } from '../../../src/apis/transfer/sessions/session-log.ts';
import type { LoginAttempt } from '../../../src/sftp/sftp-server.ts';
import { openTestTransfer, startedServer } from './open-test-transfer.ts';

const KEY = { account: '123456789012', region: 'us-east-1', id: 's-1' };
const SESSION = { sessionId: '0123456789abcdef', sourceIp: '192.0.2.1' };

/** Logins to a server whose identity provider knows everybody by the same key. */
async function open(context: TestContext) {
  const key = Buffer.from('a key');
  const answer = JSON.stringify({
    Role: 'arn:aws:iam::123456789012:role/any',
    PublicKeys: [`ssh-ed25519 ${key.toString('base64')}`],
  });
  const asked: string[] = [];
  const streams: string[] = [];
  const opened = await openTestTransfer(context);
  const transfer = {
    ...opened,
    callFunction: async (_name: string, event: string) => {
      asked.push((JSON.parse(event) as { username: string }).username);
      return answer;
    },
    logs: { ...opened.logs, write: ({ stream }: { stream: string }) => void streams.push(stream) },
  };
  const { id, ...world } = KEY;
  const provider = {
    IdentityProviderType: 'AWS_LAMBDA',
    IdentityProviderDetails: { Function: 'arn:aws:lambda:us-east-1:123456789012:function:users' },
  } as const;
  addServer(transfer, world, { ...startedServer(id), ...provider });
  const logins = new Logins(transfer, KEY, new SessionLog(transfer, KEY));
  const attempt = (userName: string, isProven: boolean) => {
    const method: LoginAttempt['method'] = { kind: 'publickey', type: 'ssh-ed25519', key, isProven };
    return logins.authenticate({ ...SESSION, userName, method, passed: [] });
  };
  return { logins, attempt, asked, streams };
}

test('a provider is asked once for the keys of a user, and again in another session', async (context) => {
  const { logins, attempt, asked } = await open(context);
  assert.equal(await attempt('alice', false), 'more');
  assert.equal(await attempt('alice', false), 'more');
  assert.equal(typeof (await attempt('alice', true)), 'object');
  assert.deepEqual(asked, ['alice']);
  logins.observe({ kind: 'disconnected', ...SESSION, userName: 'alice', reason: 'closed by the client' });
  await attempt('alice', false);
  assert.deepEqual(asked, ['alice', 'alice'], 'what was known has gone with the session');
});

test('whoever has only named a key has no session', async (context) => {
  const { logins, attempt, streams } = await open(context);
  const failure = { kind: 'auth-failure', ...SESSION, userName: 'alice', method: 'publickey' } as const;
  await attempt('alice', false);
  logins.observe({ ...failure, reason: 'wrong signature' });
  assert.deepEqual(streams, ['ERRORS']);
});
