import type { Fields } from '../fields.ts';
import type { TaskState } from '../plan.ts';
import { BEFORE } from './dialects.ts';
import { readNumberOrExpression } from './read-number-or-expression.ts';
import { readTemplateField } from './read-template.ts';

const MODES = ['RequestComplete', 'WaitForSystemCallback', 'WaitForCustomCallback'] as const;
const WEEK = 604_800;

export const TASK_FIELDS: readonly string[] = ['Action', 'TaskMode', 'Parameters', 'Timeout', 'Timeout.$'];

/** What is said of a task that waits where none may. */
const NO_CALLBACKS = 'TaskMode can only be RequestComplete in express mode';

type Task = Pick<TaskState, 'product' | 'api' | 'mode' | 'parameters' | 'timeoutSeconds'>;

export function readTask(fields: Fields, { mayWait }: { readonly mayWait: boolean }): Task {
  const timeoutSeconds = readNumberOrExpression(fields, 'Timeout', { most: WEEK, mayBeText: true });
  return {
    ...readAction(fields),
    mode: readMode(fields, mayWait),
    parameters: readTemplateField(fields, 'Parameters', BEFORE) ?? { kind: 'literal', value: {} },
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}

function readMode(fields: Fields, mayWait: boolean): Task['mode'] {
  const mode = fields.has('TaskMode') ? fields.word('TaskMode', MODES) : 'RequestComplete';
  return mayWait || mode === 'RequestComplete' ? mode : fields.refuse(NO_CALLBACKS, 'TaskMode');
}

function readAction(fields: Fields): Pick<Task, 'product' | 'api'> {
  const [, product, api] = /^([\w-]+):(\w+)$/.exec(fields.text('Action')) ?? [];
  if (product !== undefined && api !== undefined) return { product, api };
  return fields.refuse('Action must be of the form Product:Api', 'Action');
}
