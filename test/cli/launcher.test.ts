import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const LAUNCHER = join(import.meta.dirname, '../../bin/orrery');

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function launch(file: string, given: readonly string[], path: string): Promise<Result> {
  return new Promise((resolve) => {
    execFile(file, given, { env: { PATH: path } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** A `node` that says its version and, when it is to run something, what it was given. */
function writeNode(file: string, version: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const script = `[ "$1" = --version ] && { echo ${version}; exit; }\necho "${version}" "$@"; echo "pid $$"\n`;
  writeFileSync(file, `#!/bin/sh\n${script}`);
  chmodSync(file, 0o755);
}

describe('bin/orrery', () => {
  let folder = '';
  /** An installed package, in a folder with spaces in its name. */
  let installed = '';
  let link = '';
  const tools = '/usr/bin:/bin';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'orrery launcher '));
    installed = join(folder, 'an app', 'node_modules', 'orrery');
    mkdirSync(join(installed, 'bin'), { recursive: true });
    cpSync(LAUNCHER, join(installed, 'bin', 'orrery'));
    mkdirSync(join(folder, 'an app', 'node_modules', '.bin'));
    link = join(folder, 'an app', 'node_modules', '.bin', 'orrery');
    symlinkSync('../orrery/bin/orrery', link);
    for (const major of [20, 24, 26]) writeNode(join(folder, `node ${major}`, 'node'), `v${major}.1.0`);
  });

  after(() => rmSync(folder, { recursive: true }));

  /** The PATH with the fake Node of this major version before the machine's own. */
  const withNode = (major: number): string => `${join(folder, `node ${major}`)}:${tools}`;

  it('runs the sources in the repository', async () => {
    const result = await launch(LAUNCHER, ['version'], tools);
    assert.deepEqual([result.code, result.stderr], [0, '']);
    assert.match(result.stdout, /^orrery \d/);
  });

  it('runs what is installed through a chain of links, with all arguments as they are', async () => {
    const second = join(folder, 'second link');
    symlinkSync(link, second);
    const { stdout } = await launch(second, ['serve', '--data', 'a b'], withNode(24));
    const program = join(installed, 'dist', 'cli', 'cli.js');
    assert.match(stdout, /^v24\.1\.0 (?:--\S+ )+/);
    assert.ok(stdout.includes(` ${program} serve --data a b\n`), stdout);
  });

  it('takes a newer Node', async () => {
    assert.match((await launch(link, ['version'], withNode(26))).stdout, /^v26/);
  });

  it('says so when Node is too old', async () => {
    const { code, stdout, stderr } = await launch(link, ['version'], withNode(20));
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^orrery needs Node 24 or newer; the one on the PATH is Node 20\.\n/);
  });

  it('prefers the node package beside it to the PATH', async () => {
    writeNode(join(installed, '..', 'node', 'bin', 'node'), 'v25.0.0');
    try {
      assert.match((await launch(link, ['version'], withNode(20))).stdout, /^v25/);
    } finally {
      rmSync(join(installed, '..', 'node'), { recursive: true });
    }
  });

  it('becomes the program, so that signals reach it under the same process id', async () => {
    const child = execFile(link, ['version'], { env: { PATH: withNode(24) } });
    let stdout = '';
    child.stdout?.on('data', (text: string) => {
      stdout += text;
    });
    await new Promise((resolve) => child.on('close', resolve));
    assert.ok(stdout.endsWith(`pid ${child.pid}\n`), `${stdout} is not of process ${child.pid}`);
  });

  it('is reached by signals through npm start', async () => {
    const repository = join(folder, 'a repository');
    mkdirSync(join(repository, 'bin'), { recursive: true });
    const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    writeFileSync(join(repository, 'package.json'), JSON.stringify({ scripts: { start: scripts.start } }));
    const program = `process.on('SIGTERM', () => { console.log('stopped'); process.exit(0); });
      setInterval(() => {}, 1_000_000);
      console.log('given ' + process.argv.slice(2).join(' '));`;
    writeFileSync(join(repository, 'program.js'), program);
    writeFileSync(
      join(repository, 'bin', 'orrery'),
      `#!/bin/sh\nexec '${process.execPath}' program.js "$@"\n`,
    );
    chmodSync(join(repository, 'bin', 'orrery'), 0o755);

    const child = spawn('npm', ['start', '--', '--listen', 'x'], { cwd: repository });
    let stdout = '';
    child.stdout.on('data', (text: Buffer) => {
      stdout += text;
      if (text.includes('given')) child.kill('SIGTERM');
    });
    await new Promise((resolve) => child.on('close', resolve));
    assert.match(stdout, /given serve --listen x\n(.*\n)*stopped\n$/);
    assert.equal(child.exitCode, 0);
  });
});
