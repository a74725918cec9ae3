import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnsweringFiles, AnswerTo } from './answering-function.ts';
import type { CustomEvent } from './function-calls.ts';

const source = new URL('./answering-function.ts', import.meta.url).href;
/** What the module below takes from it. */
const NAME: keyof typeof import('./answering-function.ts') = 'answering';

const filesIn = (folder: string): AnsweringFiles => ({
  calls: join(folder, 'calls'),
  answerTo: join(folder, 'answer-to'),
});

/** A module whose function writes down each event and answers by the vendor's client; gives its path. */
export function writeAnsweringFunction(folder: string): string {
  const module = join(folder, 'answering.ts');
  const files = filesIn(folder);
  writeFileSync(files.calls, '');
  writeFileSync(
    module,
    `import { ${NAME} } from ${JSON.stringify(source)};\nexport const handler = ${NAME}(${JSON.stringify(files)});\n`,
  );
  return module;
}

/** Tells the function of a server's process where to answer: it waits until it knows. */
export function answerTo(folder: string, pid: number, address: AnswerTo): void {
  writeFileSync(`${filesIn(folder).answerTo}-${pid}`, JSON.stringify(address), { flush: true });
}

/** Events of all calls so far, of any server. */
export function answeredCalls(folder: string): readonly CustomEvent[] {
  const lines = readFileSync(filesIn(folder).calls, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as CustomEvent);
}
