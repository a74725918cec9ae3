import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { functionEnvironment } from '../function-environment.ts';
import { FunctionFailed, functionFailed, notRun } from '../function-failed.ts';
import type { FromModule, ModuleData, ToModule } from './module-runner.ts';

/** A thread that has loaded one module. */
export class ModuleThread {
  readonly #worker: Worker;
  readonly #started = Promise.withResolvers<void>();
  #answered: PromiseWithResolvers<string> | undefined;
  #failure: FunctionFailed | undefined;
  #isUsable = true;

  constructor(data: ModuleData, print: (text: string) => void) {
    const script = new URL(`./module-runner${extname(import.meta.url)}`, import.meta.url);
    this.#worker = new Worker(script, {
      workerData: data,
      env: functionEnvironment(),
      // Standard output is the server's own.
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.on('data', (chunk: Buffer) => print(chunk.toString().trimEnd()));
    }
    this.#worker.on('message', (message: FromModule) => this.#receive(message));
    this.#worker.on('error', (error) => this.#fail(notRun(error)));
    this.#worker.on('exit', (code) => this.#fail(exited(code)));
  }

  /** Resolves when it has loaded the module, or cannot. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  /** Whether it can take another call. */
  get isUsable(): boolean {
    return this.#isUsable && this.#answered === undefined;
  }

  /** One call at a time. */
  call(message: ToModule): Promise<string> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const answered = Promise.withResolvers<string>();
    this.#answered = answered;
    this.#worker.postMessage(message);
    return answered.promise;
  }

  async end(): Promise<void> {
    this.#isUsable = false;
    await this.#worker.terminate();
  }

  #receive(message: FromModule): void {
    if (typeof message === 'string') {
      this.#takeAnswered()?.resolve(message);
    } else if (message.kind === 'started') {
      this.#started.resolve();
    } else {
      if (message.kind === 'unusable') this.#isUsable = false;
      this.#takeAnswered()?.reject(failureOf(message));
    }
  }

  #takeAnswered(): PromiseWithResolvers<string> | undefined {
    const answered = this.#answered;
    this.#answered = undefined;
    return answered;
  }

  #fail(failure: FunctionFailed): void {
    this.#isUsable = false;
    this.#failure ??= failure;
    this.#takeAnswered()?.reject(failure);
    this.#started.resolve();
  }
}

function exited(code: number): FunctionFailed {
  return functionFailed('Unhandled', {
    errorType: 'Exit',
    errorMessage: `The function ended its thread with code ${code}`,
  });
}

/** What the handler threw is its own word; that there is none is not. */
function failureOf({
  kind,
  message,
  payload,
}: Exclude<FromModule, string | { kind: 'started' }>): FunctionFailed {
  const isOwn = kind === 'failed';
  return new FunctionFailed({
    kind: isOwn ? 'Handled' : 'Unhandled',
    message,
    payload,
    source: { by: isOwn ? 'function' : 'runner' },
  });
}
