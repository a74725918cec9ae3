import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Command } from '../../src/cli/command.ts';
import { runCommandLine } from '../../src/cli/command-line.ts';
import * as version from '../../src/cli/commands/version.ts';

const echo: Command = {
  name: 'echo',
  summary: 'say it again',
  options: [
    { flags: '--json', meaning: 'as JSON' },
    { flags: '--at-place <PLACE>', meaning: 'where', variable: 'ORRERY_TEST_PLACE' },
  ],
  parameters: [{ name: 'WORD', meaning: 'what to say' }],
  run: ({ options, parameters, stdout }) => {
    stdout.write(`${JSON.stringify(options)} ${parameters.join(' ')}\n`);
    return parameters[0] === 'three' ? 3 : 0;
  },
};

const fail: Command = {
  name: 'fail',
  summary: 'fail',
  options: [],
  run: () => {
    throw new Error('no such thing');
  },
};

async function run(...given: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const result = { code: 0, stdout: '', stderr: '' };
  const stdout = { write: (text: string) => (result.stdout += text) };
  const stderr = { write: (text: string) => (result.stderr += text) };
  result.code = await runCommandLine([version, echo, fail], given, { stdout, stderr });
  return result;
}

describe('the command line', () => {
  it('hands options and parameters to the command', async () => {
    const result = await run('echo', '--json', '--at-place', 'home', 'hello');
    assert.deepEqual(result, { code: 0, stdout: '{"json":true,"atPlace":"home"} hello\n', stderr: '' });
  });

  it('exits with what the command gives', async () => {
    assert.equal((await run('echo', 'three')).code, 3);
  });

  it('prints what a command throws, and exits with 1', async () => {
    assert.deepEqual(await run('fail'), { code: 1, stdout: '', stderr: 'orrery: no such thing\n' });
  });

  const misuses: readonly (readonly [readonly string[], RegExp])[] = [
    [['dance'], /unknown command 'dance'/],
    [['echo', '--loud', 'hello'], /unknown option '--loud'/],
    [['echo'], /missing required argument 'WORD'/],
    [['echo', 'one', 'two'], /too many arguments/],
    [['echo', 'one', '--at-place'], /argument missing/],
    [[], /Usage: orrery/],
  ];
  for (const [given, expected] of misuses) {
    it(`exits with 2 for: orrery ${given.join(' ')}`, async () => {
      const { code, stdout, stderr } = await run(...given);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, expected);
    });
  }

  it('lists its commands in the help', async () => {
    const { code, stdout } = await run('help');
    assert.equal(code, 0);
    assert.match(stdout, /version .*print the version/);
    assert.match(stdout, /echo .*say it again/);
  });
});

describe('orrery version', () => {
  it('prints the version as text or JSON', async () => {
    assert.match((await run('version')).stdout, /^orrery \d+\.\d+\.\d+\n$/);
    assert.match((await run('version', '--json')).stdout, /^\{"version":"\d+\.\d+\.\d+"\}\n$/);
  });
});
