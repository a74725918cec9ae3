import { systemClock } from '../../kernel/clock.ts';
import { createClient, type Get } from '../client/client.ts';
import { CONNECTION_OPTIONS, connectionOf } from '../client/connection.ts';
import type { Execution } from '../client/executions.ts';
import { type Invocation, JSON_OPTION, Misuse, type Option } from '../command.ts';
import { executionTable } from '../display/execution-table.ts';
import { screenOf } from '../display/screen.ts';

const FILTERS = [
  'system',
  'status',
  'scope',
  'type',
  'name',
  'tag',
  'since',
  'until',
  'order',
  'cursor',
] as const;

export const name = 'executions';
export const summary = 'list executions, open and closed, newest first';
export const options: readonly Option[] = [
  { flags: '--system <NAME>', meaning: 'of this system only, for example swf' },
  {
    flags: '--status <STATUS>',
    meaning: 'queued, running, succeeded, failed, cancelled, timed-out or terminated',
  },
  { flags: '--scope <NAME>', meaning: 'of this domain or whatever the system has in its place' },
  { flags: '--type <TYPE>', meaning: 'of this type: NAME or NAME/VERSION' },
  { flags: '--name <NAME>', meaning: 'of this name, for example an SWF workflow id' },
  { flags: '--tag <TAG>', meaning: 'with this tag' },
  { flags: '--since <TIME>', meaning: 'started then or later, in ISO 8601' },
  { flags: '--until <TIME>', meaning: 'started then or earlier' },
  { flags: '--order <ORDER>', meaning: 'newest or oldest first' },
  { flags: '--limit <COUNT>', meaning: 'how many at the most (default 50)' },
  { flags: '--cursor <CURSOR>', meaning: 'go on where an earlier list ended' },
  ...CONNECTION_OPTIONS,
  JSON_OPTION,
];

const DEFAULT_LIMIT = 50;
const LARGEST_PAGE = 500;

interface Page {
  readonly executions: readonly Execution[];
  readonly cursor?: string;
}

export async function run(invocation: Invocation): Promise<number> {
  const { options: given, stdout, stderr } = invocation;
  const page = await readAll(createClient(connectionOf(given, process.env)), given);
  if (given.json === true) {
    stdout.write(`${JSON.stringify(page)}\n`);
    return 0;
  }
  const { executions } = page;
  if (executions.length === 0) stderr.write(`orrery: ${sentenceOfNone(given)}\n`);
  else stdout.write(executionTable(executions, systemClock.now(), screenOf(stdout, process.env)));
  if (page.cursor !== undefined) stderr.write(`orrery: there are more; go on with --cursor ${page.cursor}\n`);
  return 0;
}

function sentenceOfNone(given: Invocation['options']): string {
  const isFiltered = FILTERS.some((filter) => filter !== 'order' && given[filter] !== undefined);
  return isFiltered ? 'no execution is like that' : 'there are no executions';
}

async function readAll(get: Get, given: Invocation['options']): Promise<Page> {
  const limit = limitOf(given.limit);
  const filters = Object.fromEntries(FILTERS.map((filter) => [filter, given[filter] as string | undefined]));
  const executions: Execution[] = [];
  let { cursor } = filters;
  do {
    const size = Math.min(LARGEST_PAGE, limit - executions.length);
    const page: Page = await get('executions', { ...filters, cursor, limit: size });
    executions.push(...page.executions);
    cursor = page.cursor;
  } while (cursor !== undefined && executions.length < limit);
  return { executions, ...(cursor !== undefined && { cursor }) };
}

function limitOf(given: string | boolean | undefined): number {
  if (given === undefined) return DEFAULT_LIMIT;
  if (!/^[1-9]\d{0,8}$/.test(String(given))) throw new Misuse('--limit must be a whole number, 1 or more');
  return Number(given);
}
