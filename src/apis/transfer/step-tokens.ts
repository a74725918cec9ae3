import { timingSafeEqual } from 'node:crypto';
import { createHmacSha256 } from '../../wire/signatures/hmac-sha256.ts';

/** Which custom step of an execution, by the execution's UUID and the step's number. */
export interface StepRef {
  readonly workflowId: string;
  readonly executionId: string;
  readonly step: number;
}

/**
 * What custom steps answer with: secrets that need no memory, so that they are in no history and good over restarts.
 * In the vendor's form: a UUID's text in base64.
 */
export interface StepTokens {
  readonly tokenOf: (step: StepRef) => string;
  /** Takes the same time for every wrong one. */
  readonly isTokenOf: (step: StepRef, token: string) => boolean;
}

/** `key` is the installation's. */
export function createStepTokens(key: Buffer): StepTokens {
  const hmac = createHmacSha256(key);
  const tokenOf = ({ workflowId, executionId, step }: StepRef): string =>
    Buffer.from(uuidText(hmac(`transfer-step.${workflowId}.${executionId}.${step}`))).toString('base64');
  return {
    tokenOf,
    isTokenOf: (step, token) => {
      const expected = Buffer.from(tokenOf(step));
      const given = Buffer.from(token);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

/** Hexadecimal digits in a UUID's form; version 8 is for those who make their own. */
function uuidText(digits: string): string {
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}
