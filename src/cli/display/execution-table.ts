import type { Execution } from '../client/executions.ts';
import { reasonText, statusCell, timeText, tookText } from './execution-text.ts';
import type { Screen } from './screen.ts';
import { type Cell, table } from './table.ts';

interface Column {
  readonly title: string;
  readonly cell: (execution: Execution, now: number) => string | Cell;
  /** Shown only where it says something. */
  readonly isOptional?: true;
}

const COLUMNS: readonly Column[] = [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'STATUS', cell: statusCell },
  { title: 'SUBJECT', cell: ({ subject }) => subject ?? '', isOptional: true },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'TYPE', cell: ({ type }) => type },
  // Where the scope is what gives an execution its type, once is enough.
  { title: 'SCOPE', cell: ({ scope, type }) => (scope === type ? '' : scope), isOptional: true },
  { title: 'SYSTEM', cell: ({ system }) => system },
  { title: 'STARTED', cell: ({ startedAt }) => timeText(startedAt) },
  { title: 'TOOK', cell: tookText },
  { title: 'REASON', cell: reasonText },
];
const EXPENDABLE = ['SYSTEM', 'STARTED', 'SCOPE', 'TYPE', 'TOOK'];

/** A line for each. Names go first on a narrow terminal where all have a subject, which says more. */
export function executionTable(executions: readonly Execution[], now: number, screen: Screen): string {
  const shown = COLUMNS.filter(
    ({ cell, isOptional }) => !isOptional || executions.some((execution) => cell(execution, now) !== ''),
  );
  const titles = shown.map(({ title }) => title);
  const haveSubjects = executions.every(({ subject }) => subject !== null);
  const expendable = [...(haveSubjects ? ['NAME'] : []), ...EXPENDABLE].filter((title) =>
    titles.includes(title),
  );
  const rows = executions.map((execution) => shown.map(({ cell }) => cell(execution, now)));
  return table({ titles, expendable }, rows, screen);
}
