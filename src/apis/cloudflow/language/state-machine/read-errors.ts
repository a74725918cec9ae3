import { Fields } from '../fields.ts';
import { retryBeforeCatch } from '../inferred.ts';
import type { CatchRule, RetryRule } from '../plan.ts';
import { AFTER } from './dialects.ts';
import { readTemplateField } from './read-template.ts';
import type { Scope } from './scope.ts';

const DAY = 86_400;
const SECONDS = { most: DAY, isInteger: false };

interface ErrorRules {
  readonly retry: readonly RetryRule[];
  readonly catch: readonly CatchRule[];
}

/** `Retry` and `Catch`, or the older `OnErrors` that was both. */
export function readErrorRules(fields: Fields, scope: Scope): ErrorRules {
  if (!fields.has('OnErrors')) {
    return {
      retry: rules(fields, 'Retry').map(readRetry),
      catch: rules(fields, 'Catch').map((rule) => readCatch(rule, scope)),
    };
  }
  if (fields.has('Retry') || fields.has('Catch')) {
    fields.refuse('OnErrors cannot be there beside Retry or Catch', 'OnErrors');
  }
  const older = rules(fields, 'OnErrors');
  return {
    retry: older.map(readOlderRetry),
    catch: older.filter((rule) => rule.has('Next')).map((rule) => readCatchFields(rule, scope)),
  };
}

function rules(fields: Fields, name: string): readonly Fields[] {
  return (fields.listIfAny(name) ?? []).map((node) => new Fields(node, `${name} of ${fields.subject}`));
}

function readRetry(rule: Fields): RetryRule {
  rule.only('Errors', 'Description', 'MaxAttempts', 'IntervalSeconds', 'BackoffRate', 'MaxBackoffSeconds');
  rule.textIfAny('Description');
  return {
    errors: rule.texts('Errors'),
    maxAttempts: rule.number('MaxAttempts'),
    intervalSeconds: rule.number('IntervalSeconds', SECONDS),
    multiplier: rule.numberIfAny('BackoffRate', { isInteger: false }) ?? 1,
    maxIntervalSeconds: rule.numberIfAny('MaxBackoffSeconds', SECONDS) ?? DAY,
  };
}

function readCatch(rule: Fields, scope: Scope): CatchRule {
  rule.only('Errors', 'Description', 'OutputConstructor', 'Next');
  return readCatchFields(rule, scope);
}

function readCatchFields(rule: Fields, scope: Scope): CatchRule {
  rule.textIfAny('Description');
  const outputConstructor = readTemplateField(rule, 'OutputConstructor', AFTER);
  return {
    errors: rule.texts('Errors'),
    ...(outputConstructor === undefined ? {} : { outputConstructor }),
    next: scope.find(rule, 'Next'),
  };
}

function readOlderRetry(rule: Fields): RetryRule {
  rule.only('Errors', 'Description', 'Retry', 'Next', 'OutputConstructor');
  rule.textIfAny('Description');
  const errors = rule.texts('Errors');
  const retry = rule.mapIfAny('Retry');
  retry?.only('MaxAttempts', 'FixedBackoff', 'Multiplier');
  const read: RetryRule = {
    errors,
    maxAttempts: retry?.number('MaxAttempts') ?? 0,
    intervalSeconds: retry?.numberIfAny('FixedBackoff', SECONDS) ?? 1,
    multiplier: retry?.numberIfAny('Multiplier', { isInteger: false }) ?? 1,
    maxIntervalSeconds: DAY,
  };
  if (rule.has('Next')) return retryBeforeCatch(read);
  return retry === undefined ? rule.refuse('the field Retry or the field Next is missing') : read;
}
