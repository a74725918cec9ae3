import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { parameters } from '../../src/apis/cloudflow/model/parameters.ts';
import { type FnfClient, fnfClient } from '../support/fnf-client.ts';
import { serveHttp } from '../support/http-server.ts';
import { plainEnvironment, startOrrery } from '../support/orrery-process.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { blocks, ROOT, readDocument } from './documented.ts';

const PAGE = 'docs/cloudflow.md';
const RATES = 'http://127.0.0.1:9000';
const KEY = { accessKeyId: 'LOCAL', accessKeySecret: 'a long secret' };

/** A definition and what its executions come to, as the page has them one below the other. */
interface Example {
  readonly title: string;
  readonly definition: string;
  readonly runs: readonly { readonly input: string; readonly outcome: string }[];
}

function examples(): Example[] {
  const sections = readDocument(PAGE).split(/^### /m).slice(1);
  return sections.flatMap((section) => {
    const [title = ''] = section.split('\n');
    const pairs = section.matchAll(/^```yaml\n((?:(?!^```$).)*)^```\n\n```text\n(.*?)^```$/gms);
    return [...pairs].map(([, definition = '', text = '']) => ({ title, definition, runs: runsOf(text) }));
  });
}

function runsOf(text: string): Example['runs'] {
  const runs = [...text.matchAll(/^input {3}(.*)\n((?:output|error) .*)$/gm)];
  assert.equal(runs.length * 2, text.split('\n').filter(Boolean).length, `not understood: ${text}`);
  return runs.map(([, input = '', outcome = '']) => ({ input, outcome }));
}

/** The name that a state machine must have, else one made of the title. */
function flowName({ title, definition }: Example): string {
  const [, name] = /^Name: (.+)$/m.exec(definition) ?? [];
  return name ?? title.toLowerCase().replaceAll(/[^a-z]+/g, '-');
}

async function outcomeOf(fnf: FnfClient, name: string, input: string): Promise<string> {
  const { Name } = await fnf.startExecution({ FlowName: name, Input: input });
  const execution = { FlowName: name, ExecutionName: Name };
  const { Status, Output } = await fnf.describeExecution(
    { ...execution, WaitTimeSeconds: 60 },
    { timeout: 70_000 },
  );
  if (Status === 'Succeeded') return `output  ${Output}`;
  const { Events } = await fnf.getExecutionHistory({ ...execution, Limit: 1000 });
  const { Type, EventDetail } = (Events as { Type: string; EventDetail: string }[]).at(-1) ?? {};
  assert.equal(Type, 'ExecutionFailed');
  const { error, cause } = JSON.parse(EventDetail ?? '');
  return `error   ${error}: ${cause}`;
}

/** The service that HTTP tasks of the page ask. */
function serveRates(test: TestContext): Promise<string> {
  return serveHttp(test, ({ request, body }, response) => {
    response.sendDate = false;
    response.setHeader('connection', 'close');
    if (request.url !== '/rates') response.writeHead(404, { 'content-length': 0 }).end();
    else {
      assert.deepEqual([request.headers['x-shop'], body], ['tea', '{"currency":"EUR"}']);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"rate":1.5}');
    }
  });
}

/** A server with the functions and the configuration of the page. */
async function serveDocumented(test: TestContext): Promise<string> {
  const directory = await makeTemporaryDirectory(test);
  const modules = blocks(PAGE, 'js').flatMap((block) => {
    const [, path] = /^\/\/ (functions\/\S+)$/m.exec(block) ?? [];
    return path === undefined ? [] : [{ path: join(directory.path, path), block }];
  });
  assert.ok(modules.length > 0);
  for (const { path, block } of modules) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, block);
  }
  const configuration = blocks(PAGE, 'yaml').filter((block) =>
    /^(?:functions|cloudflow|roles|buckets):/.test(block),
  );
  await writeFile(join(directory.path, 'orrery.yaml'), configuration.join(''));
  const [orders = ''] = blocks(PAGE, 'csv');
  await mkdir(join(directory.path, 'shop', 'in'), { recursive: true });
  await writeFile(join(directory.path, 'shop', 'in', 'orders.csv'), orders);
  const { endpoint } = await startOrrery(test, {
    folder: directory.path,
    flags: ['--config', 'orrery.yaml'],
    environment: {
      ORRERY_ACCESS_KEY_ID: KEY.accessKeyId,
      ORRERY_SECRET_ACCESS_KEY: KEY.accessKeySecret,
    },
  });
  return endpoint;
}

test('every flow of docs/cloudflow.md does what it says', { timeout: 120_000 }, async (test) => {
  const fnf = fnfClient({ endpoint: await serveDocumented(test), ...KEY });
  const rates = await serveRates(test);
  const all = examples();
  const definitions = blocks(PAGE, 'yaml').filter((block) =>
    /^(?:Type: StateMachine|type: flow)$/m.test(block),
  );
  assert.deepEqual(
    all.map(({ definition }) => definition),
    definitions,
    'a flow without its runs',
  );
  for (const example of all) {
    const name = flowName(example);
    await fnf.createFlow({ Name: name, Description: '', Type: 'FDL', Definition: example.definition });
    for (const { input, outcome } of example.runs) {
      const given = input.replace(RATES, rates);
      assert.equal(await outcomeOf(fnf, name, given), outcome, example.title);
    }
  }
});

test('the programs of docs/cloudflow.md, one after the other, print what they say', async (test) => {
  const endpoint = await serveDocumented(test);
  const programs = blocks(PAGE, 'js').filter((block) => !block.startsWith('// functions/'));
  const imports = programs.flatMap((block) => block.match(/^import .*$/gm) ?? []);
  const written = [...imports, ...programs.map((block) => block.replaceAll(/^import .*$/gm, ''))].join('\n');
  const program = written.replaceAll('127.0.0.1:7400', new URL(endpoint).host);
  assert.notEqual(program, written);
  const env = {
    ...plainEnvironment(),
    ORRERY_ACCESS_KEY_ID: KEY.accessKeyId,
    ORRERY_SECRET_ACCESS_KEY: KEY.accessKeySecret,
  };
  const evaluate = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, evaluate, { cwd: ROOT, env });
  const promised = [...written.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, line]) => `${line}\n`);
  assert.ok(promised.length > 0);
  assert.equal(stdout, promised.join(''));
});

test('every operation of CloudFlow is documented', () => {
  const page = readDocument(PAGE);
  for (const name of Object.keys(parameters)) assert.ok(page.includes(`\`${name}\``), name);
});
