import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Transfer } from '@aws-sdk/client-transfer';
import { answerStep, type CustomEvent } from './function-calls.ts';

/** Where the function finds the server that calls it, and its keys. */
export interface AnswerTo {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const self = import.meta.url;
const addressFile = (folder: string, pid: number): string => join(folder, `answer-to-${pid}`);
const callsFile = (folder: string): string => join(folder, 'calls');

/** A module whose function writes down each event and answers by the vendor's client; gives its path. */
export function writeAnsweringFunction(folder: string): string {
  const module = join(folder, 'answering.ts');
  writeFileSync(callsFile(folder), '');
  writeFileSync(
    module,
    `import { answering } from ${JSON.stringify(self)};\nexport const handler = answering(import.meta.dirname);\n`,
  );
  return module;
}

/** Tells the function of a server's process where to answer: it waits until it knows. */
export function answerTo(folder: string, pid: number, address: AnswerTo): void {
  writeFileSync(addressFile(folder, pid), JSON.stringify(address), { flush: true });
}

/** Events of all calls so far, of any server. */
export function answeredCalls(folder: string): readonly CustomEvent[] {
  const lines = readFileSync(callsFile(folder), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as CustomEvent);
}

/** Answers SUCCESS, but for files whose names say `fail`, and leaves alone those that say `wait`. */
export function answering(folder: string): (event: CustomEvent) => Promise<void> {
  let client: Transfer | undefined;
  return async (event) => {
    appendFileSync(callsFile(folder), `${JSON.stringify(event)}\n`);
    const name = String(event.fileLocation.key ?? event.fileLocation.path);
    if (name.includes('wait')) return;
    client ??= new Transfer(await readAddress(addressFile(folder, process.pid)));
    await answerStep(client, event, name.includes('fail') ? 'FAILURE' : 'SUCCESS');
  };
}

async function readAddress(file: string): Promise<AnswerTo> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await delay(5);
  return JSON.parse(readFileSync(file, 'utf8')) as AnswerTo;
}
