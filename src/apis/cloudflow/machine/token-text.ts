/** A task as its token names it. */
export interface TokenParts {
  readonly flow: string;
  readonly executionName: string;
  readonly executionId: string;
  /** The StepEntered event of its step. */
  readonly taskEventId: number;
}

/** What the MAC of a task token is made of; a token is the base64 of this, `#` and the MAC. */
export function taskTokenText({ flow, executionName, executionId, taskEventId }: TokenParts): string {
  return `v1#${flow}#${executionName}#${executionId}#${taskEventId}`;
}

export function sealTokenText(text: string, mac: string): string {
  return Buffer.from(`${text}#${mac}`).toString('base64');
}
