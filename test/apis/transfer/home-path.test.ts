import assert from 'node:assert/strict';
import { test } from 'node:test';
import { homePath } from '../../../src/apis/transfer/sessions/home-mounts.ts';
import type { SessionUser } from '../../../src/apis/transfer/sessions/session-user.ts';
import { FilesError, type FilesReason } from '../../../src/files/files-error.ts';
import { createMemoryTree } from '../../support/memory-tree.ts';

const USER: SessionUser = {
  userName: 'alice',
  role: 'arn:aws:iam::000000000000:role/any',
  homeDirectory: '/reports',
  homeDirectoryType: 'LOGICAL',
};

/** Where a user with mappings starts whose home directory cannot be looked at for that reason. */
function homeAfter(reason: FilesReason): Promise<string> {
  const tree = createMemoryTree();
  tree.before = () => Promise.reject(new FilesError(reason, 'It was not seen'));
  return homePath(USER, async () => tree);
}

test('a home directory that is none is passed over', async () => {
  for (const reason of ['not-found', 'not-a-directory', 'denied'] as const)
    assert.equal(await homeAfter(reason), '/', reason);
});

test('a storage that does not answer moves nobody elsewhere', async () => {
  for (const reason of ['unavailable', 'throttled'] as const)
    assert.equal(await homeAfter(reason), '/reports', reason);
});
