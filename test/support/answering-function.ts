import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Transfer } from '@aws-sdk/client-transfer';
import { answerStep, type CustomEvent } from './function-calls.ts';

/** Where the function finds the server that calls it, and its keys. */
export interface AnswerTo {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface AnsweringFiles {
  /** Each event becomes a line of it. */
  readonly calls: string;
  /** With `-` and the process id of a server behind it, the file that tells where to answer. */
  readonly answerTo: string;
}

/** Answers SUCCESS, but for files whose names say `fail`, and leaves alone those that say `wait`. */
export function answering({ calls, answerTo }: AnsweringFiles): (event: CustomEvent) => Promise<void> {
  let client: Transfer | undefined;
  return async (event) => {
    appendFileSync(calls, `${JSON.stringify(event)}\n`);
    const name = String(event.fileLocation.key ?? event.fileLocation.path);
    if (name.includes('wait')) return;
    client ??= new Transfer(await readAddress(`${answerTo}-${process.pid}`));
    await answerStep(client, event, name.includes('fail') ? 'FAILURE' : 'SUCCESS');
  };
}

async function readAddress(file: string): Promise<AnswerTo> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await delay(5);
  return JSON.parse(readFileSync(file, 'utf8')) as AnswerTo;
}
