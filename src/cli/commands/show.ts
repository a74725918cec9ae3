import { systemClock } from '../../kernel/clock.ts';
import { createClient } from '../client/client.ts';
import { CONNECTION_OPTIONS, connectionOf } from '../client/connection.ts';
import { type Execution, executionPath, type Reference, readSteps, type Step } from '../client/executions.ts';
import { type Invocation, JSON_OPTION, type Option } from '../command.ts';
import { statusCell, timeText, tookText, valueText } from '../display/execution-text.ts';
import { type Screen, screenOf } from '../display/screen.ts';
import { stepLines } from '../display/step-lines.ts';
import { printable, truncate } from '../display/text-width.ts';

export const name = 'show';
export const summary = 'show one execution: what it does, what came of it, what it waits for, and its steps';
export const options: readonly Option[] = [...CONNECTION_OPTIONS, JSON_OPTION];
export const parameters = [{ name: 'ID', meaning: 'id as `orrery executions` shows it' }];

type Fact = readonly [label: string, value: string];

const LABEL_WIDTH = 13;

export async function run({ options: given, parameters: [id = ''], stdout }: Invocation): Promise<number> {
  const get = createClient(connectionOf(given, process.env));
  const execution = await get<Execution>(executionPath(id));
  const { steps } = await readSteps(get, id);
  const screen = screenOf(stdout, process.env);
  const record = steps.length === 0 ? execution : { ...execution, steps };
  stdout.write(
    given.json === true
      ? `${JSON.stringify(record)}\n`
      : describe(execution, screen) + stepsText(steps, screen),
  );
  return 0;
}

function stepsText(steps: readonly Step[], screen: Screen): string {
  if (steps.length === 0) return '';
  return ['steps', ...stepLines(steps, { now: systemClock.now(), screen }), ''].join('\n');
}

function describe(execution: Execution, screen: Screen): string {
  const { text, colour } = statusCell(execution);
  const status = `${screen.paint(text, colour)} (${printable(execution.vendorStatus)})`;
  const head = `${'status'.padEnd(LABEL_WIDTH)}${status}, ${tookText(execution, systemClock.now())}\n`;
  return lines(identityOf(execution), screen) + head + lines(factsOf(execution), screen);
}

function identityOf(execution: Execution): Fact[] {
  const { id, system, account, region, scope, name, run, subject, type } = execution;
  return [
    ['id', id],
    ['system', `${system}, account ${account}, region ${region}`],
    ...(subject === null ? [] : [['subject', subject] as const]),
    ...(scope === type ? [] : [['scope', scope] as const]),
    ['name', name],
    ...(run === id || run === name ? [] : [['run', run] as const]),
    ['type', type],
  ];
}

function factsOf(execution: Execution): Fact[] {
  const { startedAt, endedAt, input, output, error, progress, open, waitingFor, parent, tags } = execution;
  const counts = Object.entries(open).filter(([, count]) => count > 0);
  const total = progress.total === null ? '' : ` of ${progress.total}`;
  return [
    ['started', timeText(startedAt)],
    ...(endedAt === null ? [] : [['ended', timeText(endedAt)] as const]),
    ['progress', `${progress.done}${total} ${progress.unit}`],
    ...(counts.length === 0
      ? []
      : [['open', counts.map(([what, count]) => `${what} ${count}`).join(', ')] as const]),
    ...listed(
      'waiting for',
      waitingFor.map(({ text }) => text),
    ),
    ...(error === null ? [] : [['error', `${error.type}: ${error.message}`] as const]),
    ...(input === null ? [] : [['input', valueText(input)] as const]),
    ...(output === null ? [] : [['output', valueText(output)] as const]),
    ...(parent === null ? [] : [['parent', referenceText(parent)] as const]),
    ...listed('children', execution.children.map(referenceText)),
    ...(tags.length === 0 ? [] : [['tags', tags.join(', ')] as const]),
  ];
}

/** The label stands before the first only. */
const listed = (label: string, values: readonly string[]): Fact[] =>
  values.map((value, place) => [place === 0 ? label : '', value]);

const referenceText = ({ id, name: called }: Reference): string =>
  id === null ? called : `${called} (${id})`;

function lines(facts: readonly Fact[], { width }: Screen): string {
  return facts
    .map(([label, value]) => {
      const text = printable(value);
      return `${label.padEnd(LABEL_WIDTH)}${width === undefined ? text : truncate(text, width - LABEL_WIDTH)}\n`;
    })
    .join('');
}
