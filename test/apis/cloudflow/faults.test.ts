import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cloudflowFault } from '../../../src/apis/cloudflow/faults.ts';
import { NoSuchExecution, Unavailable, VersionConflict } from '../../../src/kernel/errors.ts';

const FAULTS: readonly (readonly [error: Error, status: number, code: string])[] = [
  [new VersionConflict('two at a time'), 409, 'ConcurrentUpdateError'],
  [new NoSuchExecution('x'), 412, 'PreconditionFailed'],
  [new Unavailable('the disk is full'), 500, 'InternalServerError'],
  [new TypeError('unforeseen'), 500, 'InternalServerError'],
];
for (const [error, status, code] of FAULTS) {
  test(`${error.name} is ${code}`, () => {
    const fault = cloudflowFault(error);
    assert.deepEqual([fault.status, fault.type], [status, code]);
    assert.ok(!fault.message.includes(error.message));
  });
}
