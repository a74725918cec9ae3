import { Fields } from '../fields.ts';
import type { LegacyTask, RetryRule } from '../plan.ts';
import { toJson } from '../source-node.ts';
import { isInputPath, readInputPath } from './read-input-path.ts';
import { readMappingList } from './read-mappings.ts';
import type { Siblings } from './siblings.ts';

const PATTERNS = ['requestResponse', 'sync', 'waitForCallback'] as const;
const DAY = 86_400;

type Task = Omit<LegacyTask, 'type' | 'name' | 'end' | 'inputMappings' | 'outputMappings'>;

export function readTask(fields: Fields, siblings: Siblings): Task {
  const timeoutSeconds = fields.numberIfAny('timeoutSeconds', { least: 1 });
  const serviceParams = readServiceParams(fields.mapIfAny('serviceParams'));
  const errorMappings = readMappingList(fields, 'errorMappings');
  if (errorMappings !== undefined && !fields.has('catch')) {
    fields.refuse('errorMappings can only be there beside catch', 'errorMappings');
  }
  return {
    resource: readResource(fields),
    pattern: fields.has('pattern') ? fields.word('pattern', PATTERNS) : 'requestResponse',
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(serviceParams === undefined ? {} : { serviceParams }),
    retry: rules(fields, 'retry').map(readRetry),
    catch: rules(fields, 'catch').map((rule) => readCatch(rule, siblings)),
    ...(errorMappings === undefined ? {} : { errorMappings }),
  };
}

function readResource(fields: Fields): LegacyTask['resource'] {
  if (fields.oneOf('resourceArn', 'action') === 'resourceArn') {
    const arn = fields.text('resourceArn');
    return arn.startsWith('acs:')
      ? { arn }
      : fields.refuse("resourceArn must begin with 'acs:'", 'resourceArn');
  }
  const action = fields.text('action');
  return /^[\w-]+:\w+$/.test(action)
    ? { action }
    : fields.refuse('action must be of the form product:Api', 'action');
}

function readServiceParams(fields: Fields | undefined): Task['serviceParams'] {
  if (fields === undefined) return undefined;
  return [...fields.entries()].map(([name, { node }]) => {
    const value = toJson(node);
    const isPath = typeof value === 'string' && isInputPath(value);
    return [name, isPath ? readInputPath(fields, name) : { kind: 'literal', value }];
  });
}

function rules(fields: Fields, name: string): readonly Fields[] {
  return (fields.listIfAny(name) ?? []).map((node) => new Fields(node, `${name} of ${fields.subject}`));
}

function readRetry(rule: Fields): RetryRule {
  rule.only('errors', 'intervalSeconds', 'maxAttempts', 'multiplier', 'maxIntervalSeconds');
  const seconds = { most: DAY, isInteger: false };
  return {
    errors: rule.texts('errors'),
    intervalSeconds: rule.numberIfAny('intervalSeconds', seconds) ?? 1,
    maxAttempts: rule.numberIfAny('maxAttempts') ?? 3,
    multiplier: rule.numberIfAny('multiplier', { isInteger: false }) ?? 2,
    maxIntervalSeconds: rule.numberIfAny('maxIntervalSeconds', seconds) ?? DAY,
  };
}

function readCatch(rule: Fields, siblings: Siblings): Task['catch'][number] {
  rule.only('errors', 'goto');
  return { errors: rule.texts('errors'), goto: siblings.find(rule, 'goto') };
}
