import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { StepRecord } from '../../../../src/apis/api.ts';
import { runCommand, useServer } from '../../../cli/run-command.ts';
import { type Caller, createCaller, until } from '../../../support/caller.ts';
import { type FnfClient, fnfClient } from '../../../support/fnf-client.ts';
import { registerOrders } from '../../../support/order-workflow.ts';
import { credentials, startServer, type TestServer } from '../../../support/start-server.ts';

const LOOPS = 200;

interface Answer {
  readonly steps: readonly StepRecord[];
  readonly events: number;
}

/** More events than are read from the store at once. */
const Definition = `
version: v1
type: flow
steps:
  - type: foreach
    name: each
    iterationMapping: { collection: $.items, item: item }
    steps:
      - { type: pass, name: mark, outputMappings: [{ target: seen, source: $input.item }] }
  - { type: wait, name: rest, duration: 3600 }
`;

describe('GET /api/v1/executions/{id}/steps', () => {
  let server: TestServer;
  let caller: Caller;
  let fnf: FnfClient;
  let id = '';

  before(async () => {
    server = await startServer();
    caller = createCaller(server);
    const { accessKeyId, secretAccessKey: accessKeySecret } = credentials;
    fnf = fnfClient({ endpoint: server.endpoint, accessKeyId, accessKeySecret });
    await fnf.createFlow({ Name: 'loop', Description: '', Type: 'FDL', Definition });
    const items = Array.from({ length: LOOPS }, (_, place) => place);
    await fnf.startExecution({ FlowName: 'loop', ExecutionName: 'e', Input: JSON.stringify({ items }) });
    const { body } = await caller.get<{ executions: { id: string }[] }>('executions?system=cloudflow');
    id = body.executions[0]?.id ?? '';
  });
  after(() => server.stop());

  it('gives the whole tree of a flow', async () => {
    const { status, body } = await caller.get<Answer>(`executions/${id}/steps`);
    assert.equal(status, 200);
    const [each, rest] = body.steps;
    assert.deepEqual([each?.status, each?.steps.length, rest?.status], ['succeeded', LOOPS, 'running']);
    const { id: _, startedAt, endedAt, ...mark } = each?.steps.at(-1)?.steps[0] ?? ({} as StepRecord);
    assert.ok(startedAt !== undefined && endedAt !== null);
    assert.deepEqual(
      { ...mark, input: JSON.parse(mark.input ?? '').item },
      {
        name: 'mark',
        status: 'succeeded',
        attempts: 0,
        input: LOOPS - 1,
        output: `{"seen":${LOOPS - 1}}`,
        error: null,
        steps: [],
      },
    );
  });

  it('gives only what has changed after an event', async () => {
    const all = await caller.get<Answer>(`executions/${id}/steps`);
    const { events } = all.body;
    const late = await caller.get<Answer>(`executions/${id}/steps?since=${events - 3}`);
    assert.deepEqual(
      late.body.steps.map(({ name, steps }) => [name, steps.length]),
      [
        ['each', 0],
        ['rest', 0],
      ],
    );
    assert.deepEqual(late.body.steps[1], all.body.steps[1]);
    assert.deepEqual((await caller.get<Answer>(`executions/${id}/steps?since=${events}`)).body, {
      steps: [],
      events,
    });
    assert.equal((await caller.get(`executions/${id}/steps?since=x`)).status, 400);
  });

  it('gives none where executions have no steps', async () => {
    const orders = await registerOrders(caller);
    const order = await orders.start('order-1');
    const { body } = await caller.get(`executions/${order}/steps`);
    assert.deepEqual(body, { steps: [], events: 2 });
    assert.equal((await caller.get(`executions/${order}/steps?from=1`)).status, 400);
    assert.equal((await caller.get('executions/unknown/steps')).status, 404);
  });

  it('is what show prints', async () => {
    useServer(server.endpoint, credentials);
    const shown = runCommand(['show', id]);
    assert.equal(await shown.code, 0);
    const lines = shown.stdout.split('\n');
    const begin = lines.indexOf('steps');
    assert.match(lines[begin + 1] ?? '', /^ {2}each +succeeded +\d+ s {2}\{"items":\[0,/);
    assert.match(lines[begin + 2] ?? '', /^ {4}iteration 0 +succeeded /);
    assert.match(lines[begin + 3] ?? '', /^ {6}mark +succeeded .* → \{"seen":0\}$/);
    assert.match(lines[begin + 2 + 2 * LOOPS] ?? '', /^ {2}rest +running /);
    const narrow = runCommand(['show', id], { columns: 60 });
    await narrow.code;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours
    const plain = narrow.stdout.replaceAll(/\u001b\[\d*m/g, '').split('\n');
    for (const line of plain) assert.ok(line.length <= 60, line);
    const json = runCommand(['show', id, '--json']);
    await json.code;
    assert.equal(JSON.parse(json.stdout).steps.length, 2);
  });

  it('is what watch draws in a terminal, and prints at the end elsewhere', async () => {
    useServer(server.endpoint, credentials);
    const drawn = runCommand(['watch', id], { columns: 80 });
    const lines = runCommand(['watch', id]);
    await until(() => /rest +\S*running/.test(drawn.stdout), 'the step that waits is drawn');
    await until(() => lines.stdout.includes('waiting: step rest: waits until'), 'it says what it waits for');
    assert.match(drawn.stdout, /waiting: step rest: waits until .*Z, in /);
    await fnf.stopExecution({ FlowName: 'loop', ExecutionName: 'e', Error: 'Enough', Cause: 'of it' });
    assert.deepEqual([await drawn.code, await lines.code], [3, 3]);
    const [rest = '', end = ''] = lines.stdout.trimEnd().split('\n').slice(-2);
    assert.match(rest, /^ {2}rest +cancelled /);
    assert.match(end, /^terminated after .* Enough: of it$/);
  });
});
