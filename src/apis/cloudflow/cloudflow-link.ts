import type { Cloudflow } from './cloudflow.ts';

/** How machines and effects, which the kernel needs to exist, come by what needs the kernel to exist. */
export class CloudflowLink {
  readonly #opened = Promise.withResolvers<Cloudflow>();
  #current: Cloudflow | undefined;

  open(cloudflow: Cloudflow): void {
    this.#current = cloudflow;
    this.#opened.resolve(cloudflow);
  }

  get current(): Cloudflow | undefined {
    return this.#current;
  }

  get opened(): Promise<Cloudflow> {
    return this.#opened.promise;
  }
}
