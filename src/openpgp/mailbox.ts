/** What has arrived and was not taken yet, in order; one taker at a time. */
export class Mailbox<Item> {
  readonly #items: Item[] = [];
  #waiting: PromiseWithResolvers<Item> | undefined;
  #end: { readonly reason: unknown } | undefined;

  put(item: Item): void {
    if (this.#waiting === undefined) this.#items.push(item);
    else this.#waiting.resolve(item);
    this.#waiting = undefined;
  }

  /** Rejects once it has ended and is empty. */
  take(): Promise<Item> {
    if (this.#items.length > 0) return Promise.resolve(this.#items.shift() as Item);
    if (this.#end !== undefined) return Promise.reject(this.#end.reason);
    this.#waiting = Promise.withResolvers<Item>();
    return this.#waiting.promise;
  }

  end(reason: unknown = new Error('nobody is there any more')): void {
    this.#end ??= { reason };
    this.#waiting?.reject(this.#end.reason);
    this.#waiting = undefined;
  }
}
