import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { swfModel } from '../../src/apis/swf/model/shapes.gen.ts';
import { transferModel } from '../../src/apis/transfer/model/shapes.gen.ts';
import { SECTIONS } from '../../src/config/schema.ts';
import { loadConfig, OPTIONS } from '../../src/config.ts';
import { LIMITS } from '../../src/limits.ts';
import { startOrrery } from '../support/orrery-process.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { blocks, readDocument } from './documented.ts';

const YAML_PAGES = ['configuration', 'functions', 'limits', 'swf', 'transfer'].map(
  (name) => `docs/${name}.md`,
);
/** What the examples expect to find beside the configuration file. */
const BESIDE = ['landing/', 'efs/', 'home/', 'functions/audit.ts'];

test('every configuration in the documents is accepted', async (t) => {
  const directory = await makeTemporaryDirectory(t);
  for (const name of BESIDE) {
    const path = join(directory.path, name);
    await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) await writeFile(path, '');
  }
  const file = join(directory.path, 'orrery.yaml');
  for (const page of YAML_PAGES) {
    const examples = blocks(page, 'yaml');
    assert.ok(examples.length > 0, `${page} has no example`);
    for (const example of examples) {
      await writeFile(file, example);
      loadConfig({ file, flags: {}, environment: {}, folder: directory.path, limits: LIMITS });
    }
  }
});

test('every setting is documented, with its variable and its default', () => {
  const page = readDocument('docs/configuration.md');
  for (const { name, environment, default: fallback } of OPTIONS) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    assert.ok(row.includes(`\`${environment}\``), `${environment} is missing`);
    assert.ok(row.includes(fallback), `the default of ${name} is missing`);
  }
  for (const name of Object.keys(SECTIONS))
    assert.match(page, new RegExp(`^(?:\\| \`)?${name}\\b`, 'm'), `${name} is missing`);
});

test('every operation of SWF is documented', () => {
  const page = readDocument('docs/swf.md');
  for (const name of Object.keys(swfModel.operations)) assert.ok(page.includes(`\`${name}\``), name);
});

test('every operation of Transfer Family is documented, as served or as not', () => {
  const page = readDocument('docs/transfer.md');
  for (const name of Object.keys(transferModel.operations)) assert.ok(page.includes(`\`${name}\``), name);
});

test('every metric of ours is documented', async (t) => {
  const directory = await makeTemporaryDirectory(t);
  const { endpoint } = await startOrrery(t, { folder: directory.path });
  const metrics = await (await fetch(`${endpoint}/metrics`)).text();
  const names = [...metrics.matchAll(/^# HELP (orrery_\w+)/gm)].map(([, name]) => name);
  assert.ok(names.length > 0);
  const page = readDocument('docs/operations.md');
  for (const name of names) assert.ok(page.includes(`\`${name}\``), name);
});
