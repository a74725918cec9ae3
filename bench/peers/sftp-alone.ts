import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/kernel/clock.ts';
import { listenSftp } from '../../src/sftp/listen-sftp.ts';
import { IMPLEMENTED } from '../../src/sftp/ssh/algorithms.ts';
import { directoryTree } from './directory-tree.ts';

const { values } = parseArgs({
  options: {
    directory: { type: 'string', default: '.' },
    'host-key': { type: 'string', default: '' },
    'user-key': { type: 'string', default: '' },
  },
});

/** SFTP over a directory and nothing else but a page that says that the process is alive; prints the two ports. */
async function serve(): Promise<void> {
  const [, body = ''] = readFileSync(values['user-key'], 'utf8').split(' ');
  const allowed = Buffer.from(body, 'base64');
  const login = { openTree: async () => directoryTree(values.directory), home: '/' };
  const { port } = await listenSftp({
    host: '127.0.0.1',
    port: 0,
    settings: { hostKeys: [readFileSync(values['host-key'], 'utf8')], algorithms: IMPLEMENTED },
    limits: {
      loginMilliseconds: 120_000,
      idleMilliseconds: 1_800_000,
      unresponsiveMilliseconds: 300_000,
      authenticationAttempts: 6,
      sessions: 10_000,
      channels: 10,
      handles: 1000,
      packetBytes: 256 * 1024,
    },
    authenticate: async ({ method }) =>
      method.kind === 'publickey' && allowed.equals(method.key) ? login : undefined,
    observe: () => {},
    newSessionId: () => randomBytes(8).toString('hex'),
    random: randomBytes,
    now: systemClock.now,
    after: (milliseconds, call) => systemClock.at(systemClock.now() + milliseconds, call),
  });
  const http = createServer((_request, response) => response.end('alive'));
  http.listen(0, '127.0.0.1', () => {
    process.stdout.write(`sftp ready on ${port}, http on ${(http.address() as AddressInfo).port}\n`);
  });
}

process.once('SIGTERM', () => process.exit(0));
await serve();
