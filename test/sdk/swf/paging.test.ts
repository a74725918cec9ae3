import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete, marker } from '../../apis/swf/machine/decisions.ts';
import { domain, everything, openWorld, type SdkWorld } from './sdk-world.ts';
import { refuses } from './swf-client.ts';

interface Page {
  readonly items: readonly unknown[];
  readonly next: string | undefined;
}

interface Paging {
  readonly maximumPageSize?: number;
  readonly reverseOrder?: boolean;
  readonly nextPageToken?: string;
}

type ReadPage = (paging: Paging) => Promise<Page>;

/** Makes six things to be listed, and reads pages of them. */
type Listing = (world: SdkWorld) => Promise<ReadPage>;

const retention = { workflowExecutionRetentionPeriodInDays: '9' };
/** Open for longer than a token lives. */
const lasting = { executionStartToCloseTimeout: '31536000' };
const six = ['a', 'b', 'c', 'd', 'e', 'f'];

const listings: Readonly<Record<string, Listing>> = {
  ListDomains: async ({ swf }) => {
    await swf.deprecateDomain({ name: domain });
    for (const name of ['c', 'a', 'f', 'b', 'e', 'd']) await swf.registerDomain({ name, ...retention });
    return async (paging) => {
      const page = await swf.listDomains({ registrationStatus: 'REGISTERED', ...paging });
      return { items: page.domainInfos?.map(({ name }) => name) ?? [], next: page.nextPageToken };
    };
  },
  ListWorkflowTypes: async ({ swf }) => {
    for (const version of ['c', 'a', 'f', 'b', 'e', 'd'])
      await swf.registerWorkflowType({ domain, name: 'N', version });
    return async (paging) => {
      const request = { domain, name: 'N', registrationStatus: 'REGISTERED' as const };
      const page = await swf.listWorkflowTypes({ ...request, ...paging });
      return {
        items: page.typeInfos?.map((info) => info.workflowType?.version) ?? [],
        next: page.nextPageToken,
      };
    };
  },
  ListActivityTypes: async ({ swf }) => {
    for (const version of ['c', 'a', 'f', 'b', 'e', 'd'])
      await swf.registerActivityType({ domain, name: 'N', version });
    return async (paging) => {
      const request = { domain, name: 'N', registrationStatus: 'REGISTERED' as const };
      const page = await swf.listActivityTypes({ ...request, ...paging });
      return {
        items: page.typeInfos?.map((info) => info.activityType?.version) ?? [],
        next: page.nextPageToken,
      };
    };
  },
  // Newest first is the order of executions, so the oldest is f.
  ListOpenWorkflowExecutions: async (world) => {
    for (const workflowId of six.toReversed()) {
      await world.start(lasting, workflowId);
      await world.advance(1_000);
    }
    return async (paging) => {
      const page = await world.swf.listOpenWorkflowExecutions({
        domain,
        startTimeFilter: everything,
        ...paging,
      });
      return {
        items: page.executionInfos?.map((info) => info.execution?.workflowId) ?? [],
        next: page.nextPageToken,
      };
    };
  },
  ListClosedWorkflowExecutions: async (world) => {
    for (const workflowId of six.toReversed()) {
      await world.start(lasting, workflowId);
      await world.decide(complete());
      await world.advance(1_000);
    }
    return async (paging) => {
      const page = await world.swf.listClosedWorkflowExecutions({
        domain,
        closeTimeFilter: everything,
        ...paging,
      });
      return {
        items: page.executionInfos?.map((info) => info.execution?.workflowId) ?? [],
        next: page.nextPageToken,
      };
    };
  },
  GetWorkflowExecutionHistory: async (world) => {
    const execution = await world.start(lasting);
    await world.decide(marker('m'), marker('n'));
    return async (paging) => {
      const page = await world.swf.getWorkflowExecutionHistory({ domain, execution, ...paging });
      return {
        items: page.events?.map(({ eventId }) => six[Number(eventId) - 1]) ?? [],
        next: page.nextPageToken,
      };
    };
  },
};

async function readAll(read: ReadPage, paging: Paging): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  let next: string | undefined;
  do {
    const page = await read({ ...paging, ...(next !== undefined && { nextPageToken: next }) });
    pages.push([...page.items]);
    next = page.next;
  } while (next !== undefined);
  return pages;
}

for (const [operation, listing] of Object.entries(listings)) {
  test(`pages of ${operation}`, async (context) => {
    const read = await listing(await openWorld(context));
    const down = six.toReversed();
    const cases = [
      ['absent size', {}, [six]],
      ['size 0', { maximumPageSize: 0 }, [six]],
      ['a last page that is not full', { maximumPageSize: 4 }, [six.slice(0, 4), six.slice(4)]],
      ['a last page that is exactly full', { maximumPageSize: 3 }, [six.slice(0, 3), six.slice(3)]],
      ['one page that is exactly full', { maximumPageSize: 6 }, [six]],
      ['pages of one', { maximumPageSize: 1 }, six.map((item) => [item])],
      [
        'reversed: the tail comes first',
        { maximumPageSize: 4, reverseOrder: true },
        [down.slice(0, 4), down.slice(4)],
      ],
      ['reversed in one', { reverseOrder: true }, [down]],
    ] as const;
    for (const [what, paging, expected] of cases) {
      assert.deepEqual(await readAll(read, paging), expected, what);
    }
  });

  test(`page tokens of ${operation}`, async (context) => {
    const world = await openWorld(context);
    const read = await listing(world);
    const { next = '' } = await read({ maximumPageSize: 2 });
    const wrong: Readonly<Record<string, Paging>> = {
      'the token of another query': { nextPageToken: next, reverseOrder: true },
      'a token with a letter changed': { nextPageToken: `${next[0] === 'p' ? 'q' : 'p'}${next.slice(1)}` },
      'a token cut short': { nextPageToken: next.slice(0, -1) },
      'a token that is none': { nextPageToken: 'none' },
    };
    for (const [what, paging] of Object.entries(wrong)) {
      await context.test(what, () => refuses(read(paging), 'ValidationException', 'Invalid token'));
    }
    assert.deepEqual(
      (await read({ nextPageToken: next, maximumPageSize: 1 })).items,
      ['c'],
      'pages may change size',
    );
    await world.advance(24 * 3_600_000 - 10_000);
    assert.deepEqual((await read({ nextPageToken: next })).items, six.slice(2), 'a token may be used again');
    await world.advance(20_000);
    const late = 'Specified token has exceeded its maximum lifetime';
    await refuses(read({ nextPageToken: next }), 'ValidationException', late);
  });
}
