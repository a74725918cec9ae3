import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '..');
/** Installing fetches what the package depends on. */
const INSTALLING = 300_000;

const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

function run(file: string, given: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, given, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${file} ${given.join(' ')}: ${error.message}\n${stdout}\n${stderr}`));
    });
  });
}

/** The first line on standard output; fails when the process ends before it. */
function firstLine(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    server.stderr?.on('data', (text: Buffer) => {
      stderr += text;
    });
    server.stdout?.on('data', (text: Buffer) => {
      stdout += text;
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
    });
    server.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready\n${stderr}`)));
  });
}

function ended(
  server: ChildProcess,
): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  return new Promise((resolve) => server.once('exit', (code, signal) => resolve({ code, signal })));
}

describe('the package, packed and installed elsewhere', { timeout: INSTALLING }, () => {
  let folder = '';
  let packed: Packed = { filename: '', files: [] };
  let orrery = '';

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'orrery package '));
    const output = await run('npm', ['pack', '--json', '--pack-destination', folder], ROOT);
    // The build may speak before npm prints its JSON.
    [packed] = JSON.parse(output.slice(output.search(/^\[/m))) as [Packed];
    const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock'];
    await run('npm', ['install', '--prefix', folder, ...flags, join(folder, packed.filename)], folder);
    orrery = join(folder, 'node_modules', '.bin', 'orrery');
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the program and its papers, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    for (const path of ['bin/orrery', 'dist/cli/cli.js', 'LICENSE', 'CHANGELOG.md', 'package.json']) {
      assert.ok(paths.includes(path), `${path} is missing`);
    }
    const strangers = paths.filter(
      (path) => !/^(bin\/|dist\/|docs\/|LICENSE$|[A-Z]+\.md$|package\.json$)/.test(path),
    );
    assert.deepEqual(strangers, []);
    assert.deepEqual(
      paths.filter((path) => path.startsWith('dist/') && path.endsWith('.ts')),
      [],
    );
  });

  it('prints its version', async () => {
    for (const asked of ['version', '--version'])
      assert.match(await run(orrery, [asked], folder), /^orrery \d+\.\d+\.\d+\n$/);
  });

  it('serves until it is told to stop', async () => {
    const given = ['serve', '--listen', '127.0.0.1:0', '--data', join(folder, 'data')];
    const server = spawn(orrery, given, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = ended(server);
    try {
      assert.match(await firstLine(server), /^orrery ready on http:\/\/127\.0\.0\.1:\d+$/);
      server.kill('SIGTERM');
      assert.deepEqual(await end, { code: 0, signal: null });
    } finally {
      server.kill('SIGKILL');
      await end;
    }
  });
});
