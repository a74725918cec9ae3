import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ExecutionRecord } from '../../../../src/server/admin/executions/execution-record.ts';
import { type Caller, createCaller } from '../../../support/caller.ts';
import { createFixedClock, type FixedClock } from '../../../support/fixed-clock.ts';
import { type OrderWorkflow, registerOrders } from '../../../support/order-workflow.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';
import { makeTemporaryDirectory, type TemporaryDirectory } from '../../../support/temporary-directory.ts';

interface Page {
  readonly executions: readonly ExecutionRecord[];
  readonly cursor?: string;
}

async function list(caller: Caller, query = ''): Promise<Page> {
  const { status, body } = await caller.get<Page>(`executions${query === '' ? '' : `?${query}`}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

const names = ({ executions }: Page): string[] => executions.map(({ name }) => name);

/** Every page from `query` on; `between` runs before each further page. */
async function listAll(
  caller: Caller,
  query: string,
  between = async (): Promise<void> => {},
): Promise<string[]> {
  const found: string[] = [];
  let page = await list(caller, query);
  found.push(...names(page));
  while (page.cursor !== undefined) {
    await between();
    page = await list(caller, `${query}&cursor=${page.cursor}`);
    found.push(...names(page));
  }
  return found;
}

for (const store of ['memory', 'sqlite'] as const) {
  describe(`GET /api/v1/executions, ${store} store`, () => {
    let server: TestServer;
    let directory: TemporaryDirectory;
    let clock: FixedClock;
    let caller: Caller;
    let orders: OrderWorkflow;
    const startTimes: string[] = [];

    /** One execution a second: a1 … a4 in orders (a1 completed, a3 terminated), b1 in refunds, c1 in another region. */
    before(async () => {
      directory = await makeTemporaryDirectory();
      clock = createFixedClock(Date.parse('2026-01-02T03:00:00Z'));
      server = await startServer({ clock, ...(store === 'sqlite' && { dataDirectory: directory.path }) });
      caller = createCaller(server);
      orders = await registerOrders(caller);
      const refunds = await registerOrders(caller, 'refunds');
      const abroad = await registerOrders(createCaller(server, { region: 'eu-west-1' }));
      const starts: readonly [OrderWorkflow, string, object][] = [
        [orders, 'a1', { tagList: ['red'] }],
        [orders, 'a2', { tagList: ['red', 'big'] }],
        [refunds, 'b1', {}],
        [orders, 'a3', { tagList: ['blue'] }],
        [abroad, 'c1', {}],
        [orders, 'a4', {}],
      ];
      for (const [workflow, name, more] of starts) {
        startTimes.push(new Date(clock.now()).toISOString());
        await workflow.start(name, more);
        clock.advance(1_000);
      }
      await orders.complete();
      await orders.terminate('a3');
    });
    after(async () => {
      await server.stop();
      await directory.remove();
    });

    it('lists open and closed ones of all scopes and regions, newest first', async () => {
      const page = await list(caller);
      assert.deepEqual(names(page), ['a4', 'c1', 'a3', 'b1', 'a2', 'a1']);
      assert.equal(page.cursor, undefined);
      const [, abroad] = page.executions;
      assert.deepEqual([abroad?.region, abroad?.scope], ['eu-west-1', 'orders']);
    });

    it('gives the records that a look at each gives', async () => {
      const { executions } = await list(caller);
      for (const record of executions) {
        assert.deepEqual((await caller.get(`executions/${record.id}`)).body, record);
      }
    });

    const filters: readonly (readonly [query: string, expected: string])[] = [
      ['order=oldest', 'a1 a2 b1 a3 c1 a4'],
      ['system=swf&scope=refunds', 'b1'],
      ['scope=nowhere', ''],
      ['status=running', 'a4 c1 b1 a2'],
      ['status=succeeded', 'a1'],
      ['status=terminated', 'a3'],
      ['status=failed', ''],
      ['type=Order', 'a4 c1 a3 b1 a2 a1'],
      ['type=Order/1.0&scope=orders', 'a4 c1 a3 a2 a1'],
      ['type=Order/2.0', ''],
      ['type=Ord', ''],
      ['name=a3', 'a3'],
      ['name=a2', 'a2'],
      ['tag=red', 'a2 a1'],
      ['tag=red&status=running', 'a2'],
      ['since=2026-01-02T03:00:04Z', 'a4 c1'],
      ['until=2026-01-02T03:00:01.000Z', 'a2 a1'],
      [`since=${Date.parse('2026-01-02T03:00:01Z')}&until=2026-01-02T03:00:03Z`, 'a3 b1 a2'],
      ['since=2026-01-02', 'a4 c1 a3 b1 a2 a1'],
      ['limit=2', 'a4 c1'],
    ];
    for (const [query, expected] of filters) {
      it(`answers ${query}`, async () => {
        assert.equal(names(await list(caller, query)).join(' '), expected);
      });
    }

    for (const order of ['newest', 'oldest'] as const) {
      for (const limit of [1, 2, 3, 5, 6]) {
        it(`pages ${order} first by ${limit} without doubles or gaps`, async () => {
          const expected = ['a4', 'c1', 'a3', 'b1', 'a2', 'a1'];
          const found = await listAll(caller, `order=${order}&limit=${limit}`);
          assert.deepEqual(found, order === 'newest' ? expected : expected.reverse());
        });
      }
    }

    it('keeps its place while executions start and close', async () => {
      const all = names(await list(caller));
      let turn = 0;
      const found = await listAll(caller, 'limit=1', async () => {
        turn += 1;
        await orders.start(`n${turn}`);
        if (turn === 2) await orders.terminate('a2');
      });
      assert.deepEqual(found, all);
    });

    it('pages through executions that started in the same millisecond', async () => {
      clock.advance(1_000);
      const since = clock.now();
      for (let i = 0; i < 7; i++) await orders.start(`same-${i}`);
      for (const i of [1, 4]) await orders.terminate(`same-${i}`);
      const found = await listAll(caller, `since=${since}&limit=2`);
      assert.deepEqual(
        found.toSorted(),
        [0, 1, 2, 3, 4, 5, 6].map((i) => `same-${i}`),
      );
    });

    const misuses = [
      'system=sqs',
      'status=OPEN',
      'order=up',
      'limit=0',
      'limit=501',
      'limit=many',
      'since=yesterday',
      'until=2026-13-45',
      'cursor=bogus',
      'color=red',
    ];
    for (const misuse of misuses) {
      it(`refuses ${misuse}`, async () => {
        const { status, body } = await caller.get<{ error: { type: string } }>(`executions?${misuse}`);
        assert.deepEqual([status, body.error.type], [400, 'bad-parameter']);
      });
    }

    it('shows what is closed once its retention has passed no more', async () => {
      clock.advance(2 * 86_400_000);
      assert.deepEqual(names(await list(caller, 'status=terminated')), []);
    });
  });
}
